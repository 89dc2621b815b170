#include "simulators/protocols/escpos_screen.hpp"

namespace cartwright::simulators {

DisplayGlass::Area EscposScreen::area() const {
  for (const Window& window : windows_) {
    if (window.open && window.area.holds(column(), row())) return window.area;
  }
  return whole();
}

void EscposScreen::clear() {
  blank(area());
  home();
}

void EscposScreen::clear_line() {
  const Area in = area();
  blank({in.left, row(), in.right, row()});
  to_left_end();
}

void EscposScreen::open_window(int number, int left, int top, int right, int bottom) {
  if (number < 1 || number > 4) return;
  const Area screen = whole();
  const Area wanted{left - 1, top - 1, right - 1, bottom - 1};
  if (wanted.left > wanted.right || wanted.top > wanted.bottom ||
      !screen.holds(wanted.left, wanted.top) || !screen.holds(wanted.right, wanted.bottom)) {
    return;
  }
  for (std::size_t i = 0; i < windows_.size(); ++i) {
    const Area& other = windows_[i].area;
    const bool apart = other.right < wanted.left || other.left > wanted.right ||
                       other.bottom < wanted.top || other.top > wanted.bottom;
    if (windows_[i].open && i + 1 != static_cast<std::size_t>(number) && !apart) return;
  }
  windows_[static_cast<std::size_t>(number) - 1] = {true, wanted};
  place(wanted.left, wanted.top);
}

void EscposScreen::close_window(int number) {
  if (number >= 1 && number <= 4) windows_[static_cast<std::size_t>(number) - 1].open = false;
}

}  // namespace cartwright::simulators
