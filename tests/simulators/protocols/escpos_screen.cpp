#include "simulators/protocols/escpos_screen.hpp"

namespace cartwright::simulators {

EscposScreen::EscposScreen(int rows, int columns)
    : rows_(static_cast<std::size_t>(rows), Row(static_cast<std::size_t>(columns), U' ')) {}

EscposScreen::Area EscposScreen::whole() const {
  return {0, 0, static_cast<int>(rows_[0].size()) - 1, static_cast<int>(rows_.size()) - 1};
}

EscposScreen::Area EscposScreen::area() const {
  for (const Window& window : windows_) {
    if (window.open && window.area.holds(column_, row_)) return window.area;
  }
  return whole();
}

void EscposScreen::write(char32_t character) {
  const Area in = area();
  if (mode_ != EscposMode::horizontal) {
    at(column_, row_) = character;
    return right();
  }
  if (past_end_) shift_row(in, 1);
  at(column_, row_) = character;
  past_end_ = column_ == in.right;
  if (!past_end_) ++column_;
}

void EscposScreen::clear() {
  const Area in = area();
  for (int row = in.top; row <= in.bottom; ++row) {
    for (int column = in.left; column <= in.right; ++column) at(column, row) = ' ';
  }
  home();
}

void EscposScreen::clear_line() {
  const Area in = area();
  for (int column = in.left; column <= in.right; ++column) at(column, row_) = ' ';
  to_left_end();
}

void EscposScreen::set_mode(EscposMode mode) {
  mode_ = mode;
  past_end_ = false;
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
  column_ = wanted.left;
  row_ = wanted.top;
  past_end_ = false;
}

void EscposScreen::close_window(int number) {
  if (number >= 1 && number <= 4) windows_[static_cast<std::size_t>(number) - 1].open = false;
}

void EscposScreen::move_to(int column, int row) {
  if (!whole().holds(column - 1, row - 1)) return;
  column_ = column - 1;
  row_ = row - 1;
  past_end_ = false;
}

void EscposScreen::left() {
  const Area in = area();
  past_end_ = false;
  if (column_ > in.left) {
    --column_;
    return;
  }
  if (mode_ == EscposMode::horizontal) return shift_row(in, -1);
  column_ = in.right;
  if (row_ > in.top) {
    --row_;
  } else if (mode_ == EscposMode::vertical) {
    shift_rows(in, -1);
  } else {
    row_ = in.bottom;
  }
}

void EscposScreen::right() {
  const Area in = area();
  past_end_ = false;
  if (column_ < in.right) {
    ++column_;
    return;
  }
  if (mode_ == EscposMode::horizontal) return shift_row(in, 1);
  column_ = in.left;
  if (row_ < in.bottom) {
    ++row_;
  } else if (mode_ == EscposMode::vertical) {
    shift_rows(in, 1);
  } else {
    row_ = in.top;
  }
}

void EscposScreen::up() {
  const Area in = area();
  if (mode_ == EscposMode::horizontal) return;
  if (row_ > in.top) {
    --row_;
  } else if (mode_ == EscposMode::vertical) {
    shift_rows(in, -1);
  } else {
    row_ = in.bottom;
  }
}

void EscposScreen::down() {
  const Area in = area();
  if (mode_ == EscposMode::horizontal) return;
  if (row_ < in.bottom) {
    ++row_;
  } else if (mode_ == EscposMode::vertical) {
    shift_rows(in, 1);
  } else {
    row_ = in.top;
  }
}

void EscposScreen::home() {
  const Area in = area();
  column_ = in.left;
  row_ = in.top;
  past_end_ = false;
}

void EscposScreen::to_left_end() {
  column_ = area().left;
  past_end_ = false;
}

void EscposScreen::to_right_end() {
  column_ = area().right;
  past_end_ = false;
}

void EscposScreen::to_bottom() {
  const Area in = area();
  column_ = in.left;
  row_ = in.bottom;
  past_end_ = false;
}

// 1: to the left, -1: to the right; what is left free becomes blank.
void EscposScreen::shift_row(const Area& in, int by) {
  if (by > 0) {
    for (int i = in.left; i < in.right; ++i) at(i, row_) = at(i + 1, row_);
    at(in.right, row_) = ' ';
  } else {
    for (int i = in.right; i > in.left; --i) at(i, row_) = at(i - 1, row_);
    at(in.left, row_) = ' ';
  }
}

// 1: upwards, -1: downwards.
void EscposScreen::shift_rows(const Area& in, int by) {
  const int first = by > 0 ? in.top : in.bottom;
  const int last = by > 0 ? in.bottom : in.top;
  for (int column = in.left; column <= in.right; ++column) {
    for (int row = first; row != last; row += by) at(column, row) = at(column, row + by);
    at(column, last) = ' ';
  }
}

std::string_view EscposScreen::mode_name() const {
  if (mode_ == EscposMode::vertical) return "vertical";
  return mode_ == EscposMode::overwrite ? "overwrite" : "horizontal";
}

}  // namespace cartwright::simulators
