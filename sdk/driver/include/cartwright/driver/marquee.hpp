#pragma once

// A text that runs through a row of a display, from right to left, over and over.

#include <cartwright/driver/glass.hpp>

#include <chrono>

namespace cartwright::driver {

class Marquee {
 public:
  static constexpr std::size_t max_text = 240;

  // Begins at the text's beginning; empty text is none.
  constexpr void start(std::size_t row, const FixedString<max_text>& text,
                       std::chrono::nanoseconds step) {
    row_ = row;
    text_ = text;
    step_ = step;
    offset_ = 0;
    on_ = !text.empty();
  }
  constexpr void stop() { on_ = false; }
  constexpr bool is_on() const { return on_; }
  constexpr std::size_t row() const { return row_; }
  constexpr std::chrono::nanoseconds step_time() const { return step_; }

  // One column on; between two rounds a blank row passes.
  constexpr void step(std::size_t columns) { offset_ = (offset_ + 1) % (text_.size() + columns); }
  // What the row shows now.
  constexpr Glass::Row shown(std::size_t columns) const {
    const std::string_view text = text_;
    Glass::Row row;
    for (std::size_t i = 0; i < columns; ++i) {
      const std::size_t at = (offset_ + i) % (text.size() + columns);
      row.push_back(at < text.size() ? text[at] : ' ');
    }
    return row;
  }

 private:
  FixedString<max_text> text_;
  std::chrono::nanoseconds step_{0};
  std::size_t row_ = 0;
  std::size_t offset_ = 0;
  bool on_ = false;
};

}  // namespace cartwright::driver
