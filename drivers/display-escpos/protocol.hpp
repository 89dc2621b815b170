#pragma once

// What an Epson DM-D display is sent.
//
// Source: EPSON DM-D110 Specification (Standard), 5.4 "Command Details", and the DM Application
// Programming Guide; names of commands as there.

#include <cartwright/driver/escapes.hpp>
#include <cartwright/driver/line_display.hpp>

namespace cartwright::escpos {

using driver::Block;
using driver::CodePage;

// The n of ESC t n; nothing for a page that the display does not have.
constexpr std::optional<std::uint8_t> table_of(CodePage page) {
  switch (page) {
    case CodePage::ascii:
    case CodePage::cp437:
      return 0;
    case CodePage::cp850:
      return 2;
    case CodePage::cp1252:
      return 16;
    case CodePage::cp866:
      return 17;
    case CodePage::cp852:
      return 18;
    case CodePage::cp858:
      return 19;
  }
  return std::nullopt;
}

class Protocol {
 public:
  // Only what has changed is sent; a jump is US $ n m.
  static constexpr bool whole_screens = false;
  static constexpr std::size_t jump_size = 4;

  std::string_view configure(const driver::Settings& settings);

  std::size_t rows() const { return rows_; }
  std::size_t columns() const { return columns_; }
  CodePage page() const { return page_; }
  // The cursor is a line below its column.
  bool has_cursor(std::uint32_t shape) const {
    return shape == CW_CURSOR_NONE || shape == CW_CURSOR_UNDERLINE;
  }
  bool has_modes() const { return true; }

  // ESC = 2: what follows is for the display; ESC @: initialize, which clears the screen.
  void start(Block& bytes) const {
    bytes.append("\x1B=\x02\x1B@");
    resume(bytes);
  }
  // ESC t n: character code table; ESC R 0: ASCII as it is in the USA; US MD1: overwrite mode;
  // US C 0: no cursor.
  void resume(Block& bytes) const {
    bytes.append("\x1Bt");
    bytes.push_back(static_cast<char>(table_of(page_).value_or(0)));
    bytes.append(std::string_view("\x1BR\0", 3));
    bytes.append(setup_);
    bytes.append(std::string_view("\x1F\x01\x1F\x43\0", 5));
  }
  // CLR
  void clear(Block& bytes) const { bytes.append("\x0C"); }

  void put(Block& bytes, std::size_t row, std::size_t column, std::string_view text) const {
    go_to(bytes, row, column);
    bytes.append(text);
  }

  // US X n: 1 to 4 for 20, 40, 60 and 100 %; the next that is as bright as wanted. US E n: 255 is
  // a dark display, 0 one that does not blink.
  void brightness(Block& bytes, std::uint32_t percent) const {
    bytes.append("\x1F\x45");
    bytes.push_back(percent == 0 ? '\xFF' : '\0');
    if (percent == 0) return;
    bytes.append("\x1FX");
    bytes.push_back(percent <= 20   ? '\x01'
                    : percent <= 40 ? '\x02'
                    : percent <= 60 ? '\x03'
                                    : '\x04');
  }

  // US C n: cursor off or on.
  void cursor(Block& bytes, std::size_t row, std::size_t column, std::uint32_t shape) const {
    bytes.append("\x1F\x43");
    bytes.push_back(shape == CW_CURSOR_NONE ? '\0' : '\x01');
    if (shape != CW_CURSOR_NONE) go_to(bytes, row, column);
  }

  // ESC = n: a printer further down the line hears nothing of a write; what follows is its own.
  void wrap(Block& bytes) const {
    if (!shared_) return;
    Block whole;
    whole.append("\x1B=\x02");
    whole.append(bytes);
    whole.append("\x1B=\x01");
    bytes = whole;
  }

 private:
  // US $ n m: to column n of line m, both from 1.
  static void go_to(Block& bytes, std::size_t row, std::size_t column) {
    bytes.append("\x1F$");
    bytes.push_back(static_cast<char>(column + 1));
    bytes.push_back(static_cast<char>(row + 1));
  }

  CodePage page_ = CodePage::cp437;
  bool shared_ = false;
  std::uint32_t rows_ = 2;
  std::uint32_t columns_ = 20;
  driver::FixedString<64> setup_;
};

}  // namespace cartwright::escpos
