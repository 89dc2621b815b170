#pragma once

// The characters of a display: what should be seen, what was sent, and what is not certain because
// its write may still be taken back.

#include <cartwright/driver/fixed.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace cartwright::driver {

// Something that must be sent, and afterwards is not certain until its write has ended.
class Doubt {
 public:
  constexpr void must() { must_ = true; }
  constexpr void sent() {
    in_flight_ = in_flight_ || must_;
    must_ = false;
  }
  constexpr void settle() { in_flight_ = false; }
  constexpr bool any() const { return must_ || in_flight_; }

 private:
  bool must_ = false;
  bool in_flight_ = false;
};

class Glass {
 public:
  static constexpr std::size_t max_rows = 8;
  static constexpr std::size_t max_columns = 80;
  using Row = FixedString<max_columns>;

  // A run of columns of one row, the last one included.
  struct Run {
    std::size_t row = 0;
    std::size_t first = 0;
    std::size_t last = 0;
  };

  constexpr Glass() = default;
  // Both at most the maxima; blank.
  constexpr Glass(std::size_t rows, std::size_t columns) : rows_(rows), columns_(columns) {
    for (Cell& cell : cells_) cell = {' ', ' ', {}};
  }

  constexpr std::size_t rows() const { return rows_; }
  constexpr std::size_t columns() const { return columns_; }

  // --- what should be seen

  // Bytes from a place on; what goes over the row's end is cut. `to_end` blanks the rest of the
  // row.
  constexpr void write(std::size_t row, std::size_t column, std::string_view bytes, bool to_end) {
    clears_ = false;
    for (std::size_t i = column; i < columns_; ++i) {
      const std::size_t at = i - column;
      if (at >= bytes.size() && !to_end) return;
      cell(row, i).wanted = at < bytes.size() ? bytes[at] : ' ';
    }
  }
  constexpr void clear() {
    for (Cell& one : cells_) one.wanted = ' ';
    touch();
    clears_ = true;
  }
  // Everything is sent, whether it differs or not.
  constexpr void touch() {
    for (Cell& one : cells_) one.doubt.must();
  }

  // --- what was sent

  // The display has just started and shows nothing.
  constexpr void power_on() {
    for (Cell& one : cells_) {
      one.shown = ' ';
      one.doubt = {};
    }
  }
  // All that differs is on its way.
  constexpr void sent() {
    for (Cell& one : cells_) {
      if (one.wanted != one.shown) one.doubt.must();
      one.shown = one.wanted;
      one.doubt.sent();
    }
  }
  // No write is on its way any more.
  constexpr void settle() {
    for (Cell& one : cells_) one.doubt.settle();
  }

  // --- what has to be sent

  // The whole screen is best cleared: that was asked for, and something may be on it.
  constexpr bool clears() const { return clears_ && is_dirty(); }
  constexpr bool is_dirty() const {
    for (std::size_t row = 0; row < rows_; ++row) {
      for (std::size_t column = 0; column < columns_; ++column) {
        if (dirty(row, column)) return true;
      }
    }
    return false;
  }
  // The next run of characters to send at or behind a place; gaps of at most `gap` columns, which
  // cost less than a jump, belong to it. False where there is none in this row.
  constexpr bool next_run(std::size_t row, std::size_t from, std::size_t gap, Run& run) const {
    std::size_t first = from;
    while (first < columns_ && !dirty(row, first)) ++first;
    if (first == columns_) return false;
    std::size_t last = first;
    for (std::size_t i = first; i < columns_ && i <= last + gap + 1; ++i) {
      if (dirty(row, i)) last = i;
    }
    run = {row, first, last};
    return true;
  }
  constexpr Row text(const Run& run) const {
    Row bytes;
    for (std::size_t i = run.first; i <= run.last; ++i) bytes.push_back(cell(run.row, i).wanted);
    return bytes;
  }

 private:
  struct Cell {
    char wanted = ' ';
    char shown = ' ';
    Doubt doubt;
  };

  constexpr Cell& cell(std::size_t row, std::size_t column) {
    return cells_[row * max_columns + column];
  }
  constexpr const Cell& cell(std::size_t row, std::size_t column) const {
    return cells_[row * max_columns + column];
  }
  constexpr bool dirty(std::size_t row, std::size_t column) const {
    const Cell& one = cell(row, column);
    return one.wanted != one.shown || one.doubt.any();
  }

  std::array<Cell, max_rows * max_columns> cells_{};
  std::size_t rows_ = 0;
  std::size_t columns_ = 0;
  bool clears_ = false;
};

}  // namespace cartwright::driver
