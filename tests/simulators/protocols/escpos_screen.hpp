#pragma once

#include "simulators/protocols/display_glass.hpp"

namespace cartwright::simulators {

// The glass of a DM-D display with its up to four windows, of any number of rows.
class EscposScreen final : public DisplayGlass {
 public:
  EscposScreen(int rows, int columns) : DisplayGlass(rows, columns) {}

  // Of the window that the cursor is in.
  void clear();
  void clear_line();
  // ESC W. Ignored where it lies outside or touches another window.
  void open_window(int number, int left, int top, int right, int bottom);
  void close_window(int number);

 private:
  struct Window {
    bool open = false;
    Area area{};
  };

  Area area() const override;

  std::array<Window, 4> windows_{};
};

}  // namespace cartwright::simulators
