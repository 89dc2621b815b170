#include "simulators/protocols/cd5220_screen.hpp"

namespace cartwright::simulators {

DisplayGlass::Area Cd5220Screen::area() const {
  const bool in_window = mode() == ScrollMode::horizontal && window_.on && window_.row == row();
  return in_window ? Area{window_.first, row(), window_.last, row()} : whole();
}

// A running line ends with the next command: the row is cleared, the cursor goes home.
bool Cd5220Screen::listens() {
  if (show_ == Show::running) {
    show_ = Show::characters;
    blank_row(0);
    home();
  }
  return show_ != Show::string;
}

void Cd5220Screen::write_string(char where, std::u32string_view text) {
  if (where != 'A' && where != 'B' && where != 'D') return;
  if (where == 'D' && show_ == Show::string) return;
  show_ = where == 'D' ? Show::running : Show::string;
  const int row = where == 'B' ? 1 : 0;
  blank_row(row);
  for (int i = 0; i < columns && static_cast<std::size_t>(i) < text.size(); ++i) {
    at(i, row) = text[static_cast<std::size_t>(i)];
  }
}

void Cd5220Screen::clear() {
  blank(whole());
  show_ = Show::characters;
  home();
}

void Cd5220Screen::clear_line() {
  show_ = Show::characters;
  blank_row(row());
  to_left_end();
}

void Cd5220Screen::set_mode(ScrollMode mode) {
  if (mode != ScrollMode::horizontal) window_.on = false;
  DisplayGlass::set_mode(mode);
}

void Cd5220Screen::set_window(bool on, int first, int last, int row) {
  if (!on) {
    window_.on = false;
    return;
  }
  if (first > last || last >= columns || row < 1 || row > 2) return;
  window_ = {true, first, last, row - 1};
}

std::string_view Cd5220Screen::mode_name() const {
  if (show_ == Show::string) return "string";
  if (show_ == Show::running) return "scroll";
  if (mode() == ScrollMode::overwrite) return "normal";
  return window_.on ? "viewport" : DisplayGlass::mode_name();
}

}  // namespace cartwright::simulators
