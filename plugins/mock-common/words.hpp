#pragma once

// What the mock devices share: one message of a scenario link is one happening as text, words
// divided by blanks, a word with blanks in quotes with \", \\ and \xHH (docs/tester-guide.md).

#include <cartwright/driver/driver.hpp>
#include <cartwright/driver/fixed.hpp>

namespace cartwright::mock {

using driver::ByteView;
using driver::Decimal;
using driver::FixedString;

// The words of one message.
class Words {
 public:
  static constexpr std::size_t most_words = 8;
  static constexpr std::size_t longest_message = 4096;

  // Nothing for an open quote, an unknown escape, a control character, more than most_words or
  // nothing at all: such a message is garbage to a mock.
  static std::optional<Words> read(ByteView message) {
    Words words;
    std::string_view text = driver::text_of(message);
    if (text.size() > longest_message) return std::nullopt;
    skip_blanks(text);
    while (!text.empty()) {
      if (words.count_ == most_words || !words.take_word(text)) return std::nullopt;
      skip_blanks(text);
    }
    return words.count_ == 0 ? std::nullopt : std::optional(words);
  }

  // The happening's name, and how many words follow it.
  std::string_view action() const { return word(0); }
  std::size_t args() const { return count_ - 1; }
  // The word after the action, from 0; "" where there is none.
  std::string_view arg(std::size_t index) const {
    return index < args() ? word(index + 1) : std::string_view();
  }
  bool is(std::string_view name, std::size_t wanted_args) const {
    return action() == name && args() == wanted_args;
  }

 private:
  static void skip_blanks(std::string_view& text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  }
  std::string_view word(std::size_t index) const {
    const std::size_t from = index == 0 ? 0 : ends_[index - 1];
    return text_.view().substr(from, ends_[index] - from);
  }
  bool take_word(std::string_view& text) {
    const bool taken = text.front() == '"' ? take_quoted(text) : take_plain(text);
    ends_[count_++] = text_.size();
    return taken;
  }
  bool take_plain(std::string_view& text) {
    while (!text.empty() && text.front() != ' ' && text.front() != '\t') {
      const char c = text.front();
      if (is_control(c) || c == '"' || !text_.push_back(c)) return false;
      text.remove_prefix(1);
    }
    return true;
  }
  bool take_quoted(std::string_view& text) {
    text.remove_prefix(1);
    while (!text.empty() && text.front() != '"') {
      char c = text.front();
      if (is_control(c)) return false;
      text.remove_prefix(1);
      if (c == '\\' && !take_escape(text, c)) return false;
      if (!text_.push_back(c)) return false;
    }
    if (text.empty()) return false;
    text.remove_prefix(1);
    return text.empty() || text.front() == ' ' || text.front() == '\t';
  }
  static bool take_escape(std::string_view& text, char& c) {
    if (text.starts_with('"') || text.starts_with('\\')) {
      c = text.front();
      text.remove_prefix(1);
      return true;
    }
    if (text.size() < 3 || text[0] != 'x') return false;
    const int high = hex_digit(text[1]);
    const int low = hex_digit(text[2]);
    c = static_cast<char>(high * 16 + low);
    text.remove_prefix(3);
    return high >= 0 && low >= 0;
  }
  static int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
  }
  static bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

  FixedString<longest_message> text_;
  std::array<std::size_t, most_words> ends_{};
  std::size_t count_ = 0;
};

// A fault that shows the beginning of what could not be read, as hexadecimal where it is no plain
// text.
inline void garbage(driver::Fx& fx, std::string_view what, ByteView message) {
  FixedString<160> text;
  text.append(what);
  text.append(": ");
  constexpr std::size_t shown = 24;
  for (std::size_t i = 0; i < message.size() && i < shown; ++i) {
    const std::uint8_t byte = message[i];
    if (byte >= 0x20 && byte < 0x7f) {
      text.push_back(static_cast<char>(byte));
    } else {
      constexpr std::string_view digits = "0123456789abcdef";
      text.append("\\x");
      text.push_back(digits[byte >> 4]);
      text.push_back(digits[byte & 15]);
    }
  }
  if (message.size() > shown) text.append("...");
  fx.fault(text);
}

// "2s", "250ms", "1.5min" in whole milliseconds; nothing for anything else or more than a day.
inline std::optional<std::chrono::milliseconds> read_delay(std::string_view text) {
  std::int64_t unit_ms = 0;
  if (text.ends_with("ms")) {
    unit_ms = 1;
    text.remove_suffix(2);
  } else if (text.ends_with("min")) {
    unit_ms = 60'000;
    text.remove_suffix(3);
  } else if (text.ends_with('s')) {
    unit_ms = 1'000;
    text.remove_suffix(1);
  }
  const auto number = driver::parse_decimal(text);
  if (unit_ms == 0 || !number || number->mantissa < 0 || number->mantissa > 1'000'000'000'000) {
    return std::nullopt;
  }
  std::int64_t ms = number->mantissa * unit_ms;
  for (std::int32_t i = number->exponent; i < 0; ++i) ms /= 10;
  if (ms > 86'400'000) return std::nullopt;
  return std::chrono::milliseconds(ms);
}

}  // namespace cartwright::mock
