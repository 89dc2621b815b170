#pragma once

// What a CD5220 display is sent. Pure: a screen in, bytes out.
//
// Source: CD5220 customer display, user's manual, 6.1 "CD5220 standard mode command list".

#include <cartwright/driver/code_page.hpp>
#include <cartwright/driver/fixed.hpp>

#include <array>
#include <cstdint>
#include <string_view>

namespace cartwright::cd5220 {

using driver::CodePage;

inline constexpr std::size_t rows = 2;
inline constexpr std::size_t columns = 20;

using Line = driver::FixedString<columns>;
using Screen = std::array<Line, rows>;
using Command = driver::FixedString<128>;

// The first two of `lines` (UTF-8, divided by LF) in the display's characters.
constexpr Screen read_screen(std::string_view lines, CodePage page) {
  Screen screen;
  for (Line& line : screen) {
    const std::size_t end = lines.find('\n');
    std::string_view text = lines.substr(0, end);
    if (text.ends_with('\r')) text.remove_suffix(1);
    line = driver::encode_line<columns>(page, text);
    lines.remove_prefix(end == std::string_view::npos ? lines.size() : end + 1);
  }
  return screen;
}

namespace detail {

constexpr void append_padded(Command& command, const Line& line) {
  command.append(line);
  for (std::size_t i = line.size(); i < columns; ++i) command.push_back(' ');
}

}  // namespace detail

// ESC l x y: the cursor to column x of row y, then the row. Every column is written, so nothing of
// the old screen stays and nothing flickers.
constexpr Command write_at_cursor(const Screen& screen) {
  Command command;
  for (std::size_t row = 0; row < rows; ++row) {
    command.append("\x1Bl\x01");
    command.push_back(static_cast<char>(row + 1));
    detail::append_padded(command, screen[row]);
  }
  return command;
}

// ESC Q A text CR: the upper line, ESC Q B text CR: the lower. The display is then in string mode,
// where it knows these two, CLR and CAN alone.
constexpr Command write_strings(const Screen& screen) {
  Command command;
  for (std::size_t row = 0; row < rows; ++row) {
    command.append(row == 0 ? "\x1BQA" : "\x1BQB");
    detail::append_padded(command, screen[row]);
    command.push_back('\r');
  }
  return command;
}

// CLR: also ends string mode.
inline constexpr std::string_view clear = "\x0C";
// CLR and ESC @: as after power-on. In string mode ESC @ alone would not be heard.
inline constexpr std::string_view initialize = "\x0C\x1B@";
// ESC DC1: overwrite mode.
inline constexpr std::string_view overwrite_mode = "\x1B\x11";
// ESC _ 0
inline constexpr std::string_view cursor_off{"\x1B_\0", 3};

// ESC * n, n from 1 to 4; the display has no darkness, so 0 % is its lowest level.
constexpr Command set_brightness(std::uint32_t percent) {
  std::uint32_t level = (percent + 24) / 25;
  if (level < 1) level = 1;
  if (level > 4) level = 4;
  Command command;
  command.append("\x1B*");
  command.push_back(static_cast<char>(level));
  return command;
}

}  // namespace cartwright::cd5220
