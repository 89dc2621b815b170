#include "simulators/protocols/line_display.hpp"

#include <cartwright/driver/utf8.hpp>

namespace cartwright::simulators {

void DisplayPower::take(std::uint8_t byte) {
  if (command_.empty() && byte >= 0x20) return write(byte);
  command_ += static_cast<char>(byte);
  if (command_.size() < command_size()) return;
  obey();
  command_.clear();
}

std::size_t DisplayPower::download_size(std::size_t lanes, unsigned widths) const {
  std::size_t at = 5;
  if (command_.size() < at) return at;
  for (int c = byte(3); c <= byte(4); ++c) {
    if (at >= command_.size()) return at + 1;
    at += 1 + lanes * (byte(at) % widths);
  }
  return at;
}

bool DisplayPower::move(DisplayGlass& glass, std::string_view command) {
  if (command == "\b") {
    glass.left();
  } else if (command == "\t") {
    glass.right();
  } else if (command == "\n") {
    glass.down();
  } else if (command == "\r") {
    glass.to_left_end();
  } else if (command == "\v") {
    glass.home();
  } else if (command == "\x1F\n") {
    glass.up();
  } else if (command == "\x1F\r") {
    glass.to_right_end();
  } else if (command == "\x1F\x42") {
    glass.to_bottom();
  } else if (command == "\x1F\x01") {
    glass.set_mode(ScrollMode::overwrite);
  } else if (command == "\x1F\x02") {
    glass.set_mode(ScrollMode::vertical);
  } else if (command == "\x1F\x03") {
    glass.set_mode(ScrollMode::horizontal);
  } else {
    return false;
  }
  return true;
}

Bytes LineDisplay::bytes_in(ByteView bytes, nanoseconds now) {
  power_->now = now;
  for (const std::byte byte : bytes) power_->take(static_cast<std::uint8_t>(byte));
  return {};
}

Bytes LineDisplay::happen(const link::Happening& what, nanoseconds) {
  refuse_action(what, "display");
}

Bytes LineDisplay::due(nanoseconds now) {
  power_->now = now;
  return {};
}

void LineDisplay::reboot(nanoseconds now) {
  power_ = power_on_();
  power_->now = now;
}

std::vector<std::string> LineDisplay::screen() const {
  std::vector<std::string> lines;
  for (const auto& row : power_->seen()) {
    std::string line;
    for (const char32_t character : row) line += driver::to_utf8(character).view();
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace cartwright::simulators
