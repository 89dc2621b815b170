#include "simulators/protocols/cd5220_screen.hpp"

#include <algorithm>

namespace cartwright::simulators {

// A running line ends with the next command: the row is cleared, the cursor goes home.
bool Cd5220Screen::listens() {
  if (show_ == Show::running) {
    show_ = Show::characters;
    rows_[0] = blank();
    column_ = row_ = 0;
  }
  return show_ != Show::string;
}

void Cd5220Screen::write(std::uint8_t character) {
  if (!listens()) return;
  if (mode_ == ScrollMode::horizontal) {
    if (past_end_) scroll_left();
    rows_[static_cast<std::size_t>(row_)][static_cast<std::size_t>(column_)] = character;
    past_end_ = column_ == right_end();
    if (!past_end_) ++column_;
    return;
  }
  rows_[static_cast<std::size_t>(row_)][static_cast<std::size_t>(column_)] = character;
  right();
}

void Cd5220Screen::write_string(char where, std::string_view text) {
  if (where != 'A' && where != 'B' && where != 'D') return;
  if (where == 'D' && show_ == Show::string) return;
  show_ = where == 'D' ? Show::running : Show::string;
  Row row = blank();
  std::copy_n(text.begin(), std::min<std::size_t>(text.size(), columns), row.begin());
  rows_[where == 'B' ? 1 : 0] = row;
}

void Cd5220Screen::clear() {
  rows_ = {blank(), blank()};
  show_ = Show::characters;
  column_ = row_ = 0;
  past_end_ = false;
}

void Cd5220Screen::clear_line() {
  show_ = Show::characters;
  rows_[static_cast<std::size_t>(row_)] = blank();
  column_ = left_end();
  past_end_ = false;
}

void Cd5220Screen::set_mode(ScrollMode mode) {
  mode_ = mode;
  if (mode != ScrollMode::horizontal) window_.on = false;
  past_end_ = false;
}

void Cd5220Screen::move_to(int column, int row) {
  if (column < 1 || column > columns || row < 1 || row > 2) return;
  column_ = column - 1;
  row_ = row - 1;
  past_end_ = false;
}

void Cd5220Screen::set_window(bool on, int first, int last, int row) {
  if (!on) {
    window_.on = false;
    return;
  }
  if (first > last || last >= columns || row < 1 || row > 2) return;
  window_ = {true, first, last, row - 1};
}

void Cd5220Screen::left() {
  past_end_ = false;
  if (column_ > left_end()) {
    --column_;
  } else if (mode_ == ScrollMode::horizontal) {
    scroll_right();
  } else {
    if (mode_ == ScrollMode::vertical && row_ == 0) rows_ = {blank(), rows_[0]};
    row_ = mode_ == ScrollMode::vertical ? 0 : 1 - row_;
    column_ = columns - 1;
  }
}

void Cd5220Screen::right() {
  past_end_ = false;
  if (column_ < right_end()) {
    ++column_;
  } else if (mode_ == ScrollMode::horizontal) {
    scroll_left();
  } else {
    if (mode_ == ScrollMode::vertical && row_ == 1) rows_ = {rows_[1], blank()};
    row_ = mode_ == ScrollMode::vertical ? 1 : 1 - row_;
    column_ = 0;
  }
}

void Cd5220Screen::up() {
  if (mode_ == ScrollMode::vertical && row_ == 0) {
    rows_ = {blank(), rows_[0]};
  } else if (mode_ != ScrollMode::horizontal) {
    row_ = 1 - row_;
  }
}

void Cd5220Screen::down() {
  if (mode_ == ScrollMode::vertical && row_ == 1) {
    rows_ = {rows_[1], blank()};
  } else if (mode_ != ScrollMode::horizontal) {
    row_ = 1 - row_;
  }
}

void Cd5220Screen::scroll_left() {
  Row& row = rows_[static_cast<std::size_t>(row_)];
  std::copy(row.begin() + left_end() + 1, row.begin() + right_end() + 1, row.begin() + left_end());
  row[static_cast<std::size_t>(right_end())] = ' ';
}

void Cd5220Screen::scroll_right() {
  Row& row = rows_[static_cast<std::size_t>(row_)];
  std::copy_backward(row.begin() + left_end(), row.begin() + right_end(),
                     row.begin() + right_end() + 1);
  row[static_cast<std::size_t>(left_end())] = ' ';
}

std::string_view Cd5220Screen::mode_name() const {
  if (show_ == Show::string) return "string";
  if (show_ == Show::running) return "scroll";
  if (mode_ == ScrollMode::vertical) return "vertical";
  if (mode_ == ScrollMode::overwrite) return "normal";
  return window_.on ? "viewport" : "horizontal";
}

std::array<unsigned, 2> Cd5220Screen::cursor() const {
  return {static_cast<unsigned>(column_) + 1, static_cast<unsigned>(row_) + 1};
}

}  // namespace cartwright::simulators
