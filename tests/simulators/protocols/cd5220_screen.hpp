#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace cartwright::simulators {

// What happens at the end of a row; kept while a string or a running line is shown.
enum class ScrollMode : std::uint8_t { overwrite, vertical, horizontal };

// The glass of a CD5220: characters, cursor, modes. Columns and rows count from 1, as in the
// manual.
class Cd5220Screen {
 public:
  static constexpr int columns = 20;
  using Row = std::array<std::uint8_t, columns>;

  Cd5220Screen() { clear(); }

  // False in string mode, where ESC Q A, ESC Q B, CLR and CAN alone are heard.
  bool listens();

  void write(std::uint8_t character);
  // ESC Q: 'A' the upper row, 'B' the lower, 'D' a text that runs through the upper row.
  void write_string(char where, std::string_view text);
  void clear();
  void clear_line();
  void set_mode(ScrollMode mode);
  void move_to(int column, int row);
  // ESC W. The published captures count the window's columns from 0, against the manual.
  void set_window(bool on, int first, int last, int row);
  void left();
  void right();
  void up();
  void down();
  void to_left_end() { column_ = left_end(); }
  void to_right_end() { column_ = right_end(); }

  const std::array<Row, 2>& rows() const { return rows_; }
  std::string_view mode_name() const;
  std::array<unsigned, 2> cursor() const;

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

  static constexpr Row blank() {
    Row row{};
    row.fill(' ');
    return row;
  }
  bool in_window() const {
    return mode_ == ScrollMode::horizontal && window_.on && window_.row == row_;
  }
  int left_end() const { return in_window() ? window_.first : 0; }
  int right_end() const { return in_window() ? window_.last : columns - 1; }
  void scroll_left();
  void scroll_right();

  std::array<Row, 2> rows_{blank(), blank()};
  Show show_ = Show::characters;
  ScrollMode mode_ = ScrollMode::overwrite;
  Window window_;
  int column_ = 0;
  int row_ = 0;
  bool past_end_ = false;  // horizontal: the next character pushes the others to the left
};

}  // namespace cartwright::simulators
