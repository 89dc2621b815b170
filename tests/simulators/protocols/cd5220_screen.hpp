#pragma once

#include "simulators/protocols/display_glass.hpp"

namespace cartwright::simulators {

// The glass of a CD5220: two rows of twenty columns, a window in one of them, strings and a running
// line.
class Cd5220Screen final : public DisplayGlass {
 public:
  static constexpr int columns = 20;

  Cd5220Screen() : DisplayGlass(2, columns) {}

  // False in string mode, where ESC Q A, ESC Q B, CLR and CAN alone are heard.
  bool listens();

  // ESC Q: 'A' the upper row, 'B' the lower, 'D' a text that runs through the upper row.
  void write_string(char where, std::u32string_view text);
  void clear();
  void clear_line();
  void set_mode(ScrollMode mode) override;
  // ESC W. The published captures count the window's columns from 0, against the manual.
  void set_window(bool on, int first, int last, int row);
  // Those of the screen, in a window too.
  void home() override { move_to(1, 1); }
  void to_bottom() override { move_to(1, 2); }

  std::string_view mode_name() const override;

  unsigned brightness = 4;
  unsigned blink = 0;
  bool cursor_visible = false;

 private:
  enum class Show : std::uint8_t { characters, string, running };
  struct Window {
    bool on = false;
    int first = 0;
    int last = columns - 1;
    int row = 0;
  };

  Area area() const override;
  void blank_row(int row) { blank({0, row, columns - 1, row}); }

  Show show_ = Show::characters;
  Window window_;
};

}  // namespace cartwright::simulators
