#include "simulators/protocols/display_glass.hpp"

namespace cartwright::simulators {

DisplayGlass::Area DisplayGlass::whole() const {
  return {0, 0, static_cast<int>(rows_[0].size()) - 1, static_cast<int>(rows_.size()) - 1};
}

void DisplayGlass::write(char32_t character) {
  const Area in = area();
  if (mode_ != ScrollMode::horizontal) {
    at(column_, row_) = character;
    return right();
  }
  if (past_end_) shift_row(in, 1);
  at(column_, row_) = character;
  past_end_ = column_ == in.right;
  if (!past_end_) ++column_;
}

void DisplayGlass::set_mode(ScrollMode mode) {
  mode_ = mode;
  past_end_ = false;
}

void DisplayGlass::place(int column, int row) {
  column_ = column;
  row_ = row;
  past_end_ = false;
}

void DisplayGlass::blank(const Area& in) {
  for (int row = in.top; row <= in.bottom; ++row) {
    for (int column = in.left; column <= in.right; ++column) at(column, row) = ' ';
  }
}

void DisplayGlass::move_to(int column, int row) {
  if (whole().holds(column - 1, row - 1)) place(column - 1, row - 1);
}

void DisplayGlass::left() {
  const Area in = area();
  past_end_ = false;
  if (column_ > in.left) {
    --column_;
    return;
  }
  if (mode_ == ScrollMode::horizontal) return shift_row(in, -1);
  column_ = in.right;
  up();
}

void DisplayGlass::right() {
  const Area in = area();
  past_end_ = false;
  if (column_ < in.right) {
    ++column_;
    return;
  }
  if (mode_ == ScrollMode::horizontal) return shift_row(in, 1);
  column_ = in.left;
  down();
}

void DisplayGlass::up() {
  const Area in = area();
  if (mode_ == ScrollMode::horizontal) return;
  if (row_ > in.top) {
    --row_;
  } else if (mode_ == ScrollMode::vertical) {
    shift_rows(in, -1);
  } else {
    row_ = in.bottom;
  }
}

void DisplayGlass::down() {
  const Area in = area();
  if (mode_ == ScrollMode::horizontal) return;
  if (row_ < in.bottom) {
    ++row_;
  } else if (mode_ == ScrollMode::vertical) {
    shift_rows(in, 1);
  } else {
    row_ = in.top;
  }
}

void DisplayGlass::home() {
  const Area in = area();
  place(in.left, in.top);
}

void DisplayGlass::to_left_end() {
  place(area().left, row_);
}

void DisplayGlass::to_right_end() {
  place(area().right, row_);
}

void DisplayGlass::to_bottom() {
  const Area in = area();
  place(in.left, in.bottom);
}

// 1: to the left, -1: to the right; what is left free becomes blank.
void DisplayGlass::shift_row(const Area& in, int by) {
  const int first = by > 0 ? in.left : in.right;
  const int last = by > 0 ? in.right : in.left;
  for (int column = first; column != last; column += by) {
    at(column, row_) = at(column + by, row_);
  }
  at(last, row_) = ' ';
}

// 1: upwards, -1: downwards.
void DisplayGlass::shift_rows(const Area& in, int by) {
  const int first = by > 0 ? in.top : in.bottom;
  const int last = by > 0 ? in.bottom : in.top;
  for (int column = in.left; column <= in.right; ++column) {
    for (int row = first; row != last; row += by) at(column, row) = at(column, row + by);
    at(column, last) = ' ';
  }
}

std::string_view DisplayGlass::mode_name() const {
  if (mode_ == ScrollMode::vertical) return "vertical";
  return mode_ == ScrollMode::overwrite ? "overwrite" : "horizontal";
}

}  // namespace cartwright::simulators
