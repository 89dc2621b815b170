#pragma once

// UTF-8 as commands carry it, read and written without locale or library.

#include <cartwright/driver/fixed.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace cartwright::driver {

inline constexpr char32_t replacement_character = 0xFFFD;

// Takes the first character off `text`, which must not be empty. A byte that begins no well-formed
// character (RFC 3629: overlong forms and surrogates are none) is taken alone and gives U+FFFD.
constexpr char32_t take_character(std::string_view& text) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const std::uint8_t first = byte(0);
  std::size_t size = 1;
  char32_t value = first;
  char32_t least = 0;
  if (first >= 0xF0 && first <= 0xF4) {
    size = 4, value = first & 0x07u, least = 0x10000;
  } else if (first >= 0xE0) {
    size = 3, value = first & 0x0Fu, least = 0x800;
  } else if (first >= 0xC0) {
    size = 2, value = first & 0x1Fu, least = 0x80;
  } else if (first >= 0x80) {
    least = 0x80000000;  // a byte of a character's middle
  }
  bool sound = first <= 0xF4 && size <= text.size();
  for (std::size_t i = 1; sound && i < size; ++i) {
    sound = (byte(i) & 0xC0u) == 0x80;
    value = (value << 6) | (byte(i) & 0x3Fu);
  }
  sound = sound && value >= least && value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF);
  text.remove_prefix(sound ? size : 1);
  return sound ? value : replacement_character;
}

// A character of the first plane; any other as U+FFFD.
constexpr FixedString<3> to_utf8(char32_t c) {
  if (c > 0xFFFF) c = replacement_character;
  const auto low = [&](int shift) { return static_cast<char>(0x80 | (c >> shift & 0x3F)); };
  FixedString<3> bytes;
  if (c < 0x80) {
    bytes.push_back(static_cast<char>(c));
  } else if (c < 0x800) {
    bytes.push_back(static_cast<char>(0xC0 | c >> 6));
    bytes.push_back(low(0));
  } else {
    bytes.push_back(static_cast<char>(0xE0 | c >> 12));
    bytes.push_back(low(6));
    bytes.push_back(low(0));
  }
  return bytes;
}

}  // namespace cartwright::driver
