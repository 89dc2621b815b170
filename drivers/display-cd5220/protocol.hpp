#pragma once

// What a CD5220 display is sent.
//
// Source: CD5220 customer display, user's manual, 6.1 "CD5220 standard mode command list".

#include <cartwright/driver/escapes.hpp>
#include <cartwright/driver/line_display.hpp>

namespace cartwright::cd5220 {

using driver::Block;

// Every column is written each time, so nothing of the old screen stays and nothing flickers.
class Protocol {
 public:
  static constexpr bool whole_screens = true;
  static constexpr std::size_t jump_size = 4;

  std::string_view configure(const driver::Settings& settings);

  std::size_t rows() const { return 2; }
  std::size_t columns() const { return 20; }
  driver::CodePage page() const { return page_; }
  // The cursor is a line below its column.
  bool has_cursor(std::uint32_t shape) const {
    return shape == CW_CURSOR_NONE || (shape == CW_CURSOR_UNDERLINE && !strings_);
  }
  // In string mode the display knows ESC Q, CLR and CAN alone.
  bool has_modes() const { return !strings_; }

  // CLR and ESC @: as after power-on. In string mode ESC @ alone would not be heard.
  void start(Block& bytes) const {
    bytes.append("\x0C\x1B@");
    resume(bytes);
  }
  // ESC DC1: overwrite mode; ESC _ 0: no cursor.
  void resume(Block& bytes) const {
    bytes.append(setup_);
    bytes.append(std::string_view("\x1B\x11\x1B_\0", 5));
  }
  // CLR: also ends string mode.
  void clear(Block& bytes) const { bytes.append("\x0C"); }

  // ESC l x y, then the text; or ESC Q A text CR for the upper line, ESC Q B text CR for the lower.
  void put(Block& bytes, std::size_t row, std::size_t column, std::string_view text) const {
    if (strings_) {
      bytes.append(row == 0 ? "\x1BQA" : "\x1BQB");
      bytes.append(text);
      bytes.push_back('\r');
    } else {
      go_to(bytes, row, column);
      bytes.append(text);
    }
  }

  // ESC * n, n from 1 to 4; the display has no darkness, so 0 % is its lowest level.
  void brightness(Block& bytes, std::uint32_t percent) const {
    std::uint32_t level = (percent + 24) / 25;
    if (level < 1) level = 1;
    if (level > 4) level = 4;
    bytes.append("\x1B*");
    bytes.push_back(static_cast<char>(level));
  }

  // ESC _ n
  void cursor(Block& bytes, std::size_t row, std::size_t column, std::uint32_t shape) const {
    bytes.append("\x1B_");
    bytes.push_back(shape == CW_CURSOR_NONE ? '\0' : '\x01');
    if (shape != CW_CURSOR_NONE) go_to(bytes, row, column);
  }

  void wrap(Block&) const {}

 private:
  static void go_to(Block& bytes, std::size_t row, std::size_t column) {
    bytes.append("\x1Bl");
    bytes.push_back(static_cast<char>(column + 1));
    bytes.push_back(static_cast<char>(row + 1));
  }

  driver::CodePage page_ = driver::CodePage::cp437;
  bool strings_ = false;
  driver::FixedString<64> setup_;
};

}  // namespace cartwright::cd5220
