#pragma once

// Bytes that people write into a setting: "\r", "\x02", "]C1".

#include <cartwright/driver/fixed.hpp>

#include <cstddef>
#include <optional>
#include <string_view>

namespace cartwright::driver {

namespace detail {

constexpr int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace detail

// Reads \r \n \t \0 \\ and \xHH, so that any byte can be written; every other byte stands for
// itself. Nothing for an escape that it does not know and for more than N bytes.
template <std::size_t N>
constexpr std::optional<FixedString<N>> read_escapes(std::string_view text) {
  FixedString<N> bytes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '\\') {
      if (++i == text.size()) return std::nullopt;
      switch (text[i]) {
        case 'r':
          c = '\r';
          break;
        case 'n':
          c = '\n';
          break;
        case 't':
          c = '\t';
          break;
        case '0':
          c = '\0';
          break;
        case '\\':
          break;
        case 'x': {
          if (i + 2 >= text.size()) return std::nullopt;
          const int high = detail::hex_digit(text[i + 1]);
          const int low = detail::hex_digit(text[i + 2]);
          if (high < 0 || low < 0) return std::nullopt;
          c = static_cast<char>(high * 16 + low);
          i += 2;
          break;
        }
        default:
          return std::nullopt;
      }
    }
    if (!bytes.push_back(c)) return std::nullopt;
  }
  return bytes;
}

}  // namespace cartwright::driver
