#pragma once

// What a mock display shows: rows of UTF-8, a cursor, and a text that runs through a row.

#include <cartwright/driver/driver.hpp>
#include <cartwright/driver/fixed.hpp>

#include <array>

namespace cartwright::mock {

using driver::FixedString;

inline constexpr std::size_t most_rows = 8;
inline constexpr std::size_t most_columns = 80;
inline constexpr std::size_t longest_run = 240;  // characters of a text that runs

using Row = FixedString<most_columns * 4>;
// All rows with a line feed between two, and a line for the cursor.
using Message = FixedString<most_rows*(most_columns * 4 + 1) + 40>;

constexpr bool begins_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
}

// The bytes of the first `columns` characters. A stray continuation byte belongs to the character
// before it.
constexpr std::string_view cut(std::string_view text, std::size_t columns) {
  std::size_t characters = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (begins_character(text[i]) && ++characters > columns) return text.substr(0, i);
    if (i == columns * 4) return text.substr(0, i);
  }
  return text;
}

constexpr std::size_t characters_of(std::string_view text) {
  std::size_t characters = 0;
  for (const char c : text) characters += begins_character(c) ? 1u : 0u;
  return characters;
}

class Screen {
 public:
  struct Cursor {
    std::uint32_t row = 0;
    std::uint32_t column = 0;
    std::uint32_t shape = CW_CURSOR_NONE;
  };

  constexpr Screen() = default;
  constexpr Screen(std::uint32_t rows, std::uint32_t columns) : rows_(rows), columns_(columns) {}

  constexpr std::uint32_t rows() const { return rows_; }
  constexpr std::uint32_t columns() const { return columns_; }
  constexpr bool holds(std::uint32_t row, std::uint32_t column) const {
    return row < rows_ && column < columns_;
  }

  // All rows; missing ones are blank.
  constexpr void show(std::string_view lines) {
    runs_ = false;
    for (std::size_t row = 0; row < rows_; ++row) {
      const std::size_t end = lines.find('\n');
      set(row, lines.substr(0, end));
      lines = end == std::string_view::npos ? std::string_view() : lines.substr(end + 1);
    }
  }

  // From a place on; what stands before and behind stays.
  constexpr void put(std::uint32_t row, std::uint32_t column, std::string_view text) {
    if (runs_ && run_row_ == row) runs_ = false;
    const Row before = lines_[row];
    const std::string_view head = cut(before, column);
    const std::string_view shown = cut(text.substr(0, text.find('\n')), columns_ - column);
    const std::size_t end = column + characters_of(shown);
    const std::string_view behind = before.view().substr(cut(before, end).size());
    Row line;
    line.append(head);
    for (std::size_t i = characters_of(head); i < column; ++i) line.push_back(' ');
    line.append(shown);
    line.append(behind);
    lines_[row] = line;
  }

  constexpr void place(Cursor cursor) { cursor_ = cursor; }

  // From the text's beginning; an empty one leaves the row blank.
  constexpr void run(std::uint32_t row, std::string_view text) {
    run_text_.assign(cut(text.substr(0, text.find('\n')), longest_run));
    run_row_ = row;
    run_offset_ = 0;
    runs_ = !run_text_.empty();
    show_run();
  }
  constexpr bool runs() const { return runs_; }
  // One column on; between two rounds a blank row passes.
  constexpr void step() {
    run_offset_ = (run_offset_ + 1) % (characters_of(run_text_) + columns_);
    show_run();
  }

  constexpr Message message() const {
    Message message;
    for (std::size_t row = 0; row < rows_; ++row) {
      if (row > 0) message.push_back('\n');
      message.append(lines_[row]);
    }
    if (cursor_.shape != CW_CURSOR_NONE) {
      message.append("\ncursor ");
      append_number(message, cursor_.row);
      append_number(message, cursor_.column);
      message.append(cursor_.shape == CW_CURSOR_BLOCK ? "block" : "underline");
    }
    return message;
  }

 private:
  constexpr void set(std::size_t row, std::string_view line) {
    lines_[row].assign(cut(line, columns_));
  }

  // What is left of the text from the offset on, then blanks, then the text again.
  constexpr void show_run() {
    const std::string_view text = run_text_;
    const std::size_t length = characters_of(text);
    Row line;
    std::size_t shown = 0;
    if (run_offset_ < length) {
      const std::string_view rest = cut(text.substr(cut(text, run_offset_).size()), columns_);
      line.append(rest);
      shown = characters_of(rest);
    }
    const std::size_t round = length + columns_;
    for (; shown < columns_ && run_offset_ + shown < round && runs_; ++shown) line.push_back(' ');
    if (runs_) line.append(cut(text, columns_ - shown));
    lines_[run_row_] = line;
  }

  static constexpr void append_number(Message& message, std::uint32_t number) {
    if (number >= 10) message.push_back(static_cast<char>('0' + number / 10 % 10));
    message.push_back(static_cast<char>('0' + number % 10));
    message.push_back(' ');
  }

  std::array<Row, most_rows> lines_{};
  FixedString<longest_run * 4> run_text_;
  std::size_t run_offset_ = 0;
  std::uint32_t run_row_ = 0;
  std::uint32_t rows_ = 2;
  std::uint32_t columns_ = 20;
  Cursor cursor_;
  bool runs_ = false;
};

}  // namespace cartwright::mock
