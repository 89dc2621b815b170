#pragma once

// Messages of the Magellan single cable RS-232 interface. Pure: bytes in, a message out.
//
//   S08 label-id data CR    a label was read
//   S14 status CR           answer to S14: 0 not ready, 1 unstable, 2 over capacity, 3 stable zero,
//                           5 under zero
//   S14 4 digits CR         a stable weight: five digits of kg, WW.WWW, or four of lb, WW.WW
//   S11 digits CR           answer to S11, the same digits
//
// Sources: see README.md.

#include <cartwright/driver/decimal.hpp>
#include <cartwright/driver/input.hpp>

#include <algorithm>

namespace cartwright::magellan {

using driver::ByteView;
using driver::Decimal;

namespace say {
inline constexpr std::string_view reset = "S00\r";
inline constexpr std::string_view enable = "S01\r";
inline constexpr std::string_view disable = "S02\r";
inline constexpr std::string_view weight = "S14\r";  // status, and the weight where there is one
inline constexpr std::string_view good_tone = "S334\r";
}  // namespace say

inline constexpr char status_not_ready = '0';
inline constexpr char status_unstable = '1';
inline constexpr char status_over_capacity = '2';
inline constexpr char status_zero = '3';
inline constexpr char status_weight = '4';
inline constexpr char status_under_zero = '5';

enum class LineKind : std::uint8_t { blank, label, status, weight, other };

struct Line {
  LineKind kind = LineKind::blank;
  std::string_view label;  // with its identifier
  char status = 0;
  Decimal weight;
  bool noise = false;  // bytes in front of it were no message
};

namespace detail {

constexpr std::size_t digits_of(std::uint32_t unit) {
  return unit == CW_UNIT_POUND ? 4 : 5;
}

constexpr bool is_clean(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte >= 0x1C && byte < 0x7F) || byte == '\t';
  });
}

// The digits of a weight, and no others.
inline std::optional<Decimal> read_weight(std::string_view text, std::uint32_t unit) {
  if (text.size() != digits_of(unit)) return std::nullopt;
  Decimal weight;
  weight.exponent = unit == CW_UNIT_POUND ? -2 : -3;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    weight.mantissa = weight.mantissa * 10 + (c - '0');
  }
  return weight;
}

inline Line read_message(std::string_view text, std::uint32_t unit) {
  const std::string_view rest = text.substr(3);
  if (text.starts_with("S08") && !rest.empty()) return {LineKind::label, rest, 0, {}, false};
  if (text.starts_with("S11")) {
    if (const auto weight = read_weight(rest, unit)) {
      return {LineKind::weight, {}, 0, *weight, false};
    }
  }
  if (text.starts_with("S14") && !rest.empty()) {
    const char status = rest.front();
    if (status == status_weight) {
      if (const auto weight = read_weight(rest.substr(1), unit)) {
        return {LineKind::weight, {}, 0, *weight, false};
      }
    } else if (rest.size() == 1 && status >= status_not_ready && status <= status_under_zero) {
      return {LineKind::status, {}, status, {}, false};
    }
  }
  return {LineKind::other, {}, 0, {}, false};
}

constexpr bool begins_message(std::string_view text) {
  return text.starts_with("S08") || text.starts_with("S11") || text.starts_with("S14");
}

}  // namespace detail

// What a line says, its CR not included; LF at its front is the last one's. Noise in front of a
// message is passed over, noise inside makes it none. A label may hold the begin of a message, so
// only the first one counts.
inline Line read_line(std::string_view text, std::uint32_t unit) {
  while (text.starts_with('\n')) text.remove_prefix(1);
  if (text.empty()) return {};
  std::size_t at = 0;
  while (at + 3 <= text.size() && !detail::begins_message(text.substr(at))) ++at;
  const std::string_view message = text.substr(at);
  if (message.size() < 3 || !detail::is_clean(message)) return {LineKind::other, {}, 0, {}, true};
  Line line = detail::read_message(message, unit);
  line.noise = at != 0;
  return line;
}

// An EAN or UPC of this many digits, or with a supplement of two or five, ends its base in a right
// check digit (GS1 General Specifications, 7.9).
constexpr bool has_check_digit(std::string_view digits, std::size_t base) {
  if (digits.size() != base && digits.size() != base + 2 && digits.size() != base + 5) return false;
  int sum = 0;
  for (std::size_t i = 0; i < base; ++i) {
    sum += (digits[i] - '0') * ((base - i) % 2 == 0 ? 3 : 1);
  }
  return sum % 10 == 0;
}

}  // namespace cartwright::magellan
