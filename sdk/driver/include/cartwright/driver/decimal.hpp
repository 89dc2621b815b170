#pragma once

// Weights as scales write them: decimal digits, no floating point.

#include <cartwright/abi/scale.h>

#include <cstdint>
#include <optional>
#include <string_view>

namespace cartwright::driver {

struct Decimal {
  std::int64_t mantissa = 0;
  std::int32_t exponent = 0;  // value = mantissa x 10^exponent
};

// "1.250" is {1250, -3}; sign, spaces before the number and ',' as point are taken. Nothing for
// anything else or more than 18 digits.
constexpr std::optional<Decimal> parse_decimal(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  bool negative = false;
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
    negative = text.front() == '-';
    text.remove_prefix(1);
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  }
  Decimal value;
  int digits = 0;
  bool point = false;
  for (const char c : text) {
    if ((c == '.' || c == ',') && !point) {
      point = true;
    } else if (c >= '0' && c <= '9' && ++digits <= 18) {
      value.mantissa = value.mantissa * 10 + (c - '0');
      if (point) --value.exponent;
    } else {
      return std::nullopt;
    }
  }
  if (digits == 0) return std::nullopt;
  if (negative) value.mantissa = -value.mantissa;
  return value;
}

namespace detail {

__extension__ typedef __int128 Int128;

struct Ratio {
  std::int64_t micrograms;  // of `units` of the unit
  std::int64_t units;
};

// Exact: the avoirdupois pound is 453.59237 g, the ounce a sixteenth of it
// (28.349523125 g = 28349523.125 micrograms).
constexpr std::optional<Ratio> micrograms_of(std::uint32_t weight_unit) {
  switch (weight_unit) {
    case CW_UNIT_MILLIGRAM:
      return Ratio{1'000, 1};
    case CW_UNIT_GRAM:
      return Ratio{1'000'000, 1};
    case CW_UNIT_KILOGRAM:
      return Ratio{1'000'000'000, 1};
    case CW_UNIT_POUND:
      return Ratio{453'592'370, 1};
    case CW_UNIT_OUNCE:
      return Ratio{226'796'185, 8};
    default:
      return std::nullopt;
  }
}

}  // namespace detail

// The weight in micrograms, rounded half even; nothing for an unknown unit or what does not fit.
constexpr std::optional<std::int64_t> to_micrograms(const Decimal& value,
                                                    std::uint32_t weight_unit) {
  using detail::Int128;
  const auto ratio = detail::micrograms_of(weight_unit);
  if (!ratio || value.exponent < -18 || value.exponent > 9) return std::nullopt;
  constexpr auto limit = Int128{1} << 120;
  Int128 numerator = Int128{value.mantissa} * ratio->micrograms;
  Int128 denominator = ratio->units;
  for (std::int32_t i = 0; i < value.exponent; ++i) {
    numerator *= 10;
    if (numerator > limit || numerator < -limit) return std::nullopt;
  }
  for (std::int32_t i = value.exponent; i < 0; ++i) denominator *= 10;
  const bool negative = numerator < 0;
  if (negative) numerator = -numerator;
  Int128 quotient = numerator / denominator;
  const Int128 twice = (numerator % denominator) * 2;
  if (twice > denominator || (twice == denominator && quotient % 2 != 0)) ++quotient;
  if (quotient > INT64_MAX) return std::nullopt;
  const auto result = static_cast<std::int64_t>(quotient);
  return negative ? -result : result;
}

// The value times 10^places as a whole number; nothing where it has finer digits or does not fit.
constexpr std::optional<std::int64_t> scaled(const Decimal& value, std::int32_t places) {
  std::int64_t number = value.mantissa;
  if (number == 0) return 0;
  for (std::int32_t i = value.exponent; i < -places; ++i) {
    if (number % 10 != 0) return std::nullopt;
    number /= 10;
  }
  for (std::int32_t i = -places; i < value.exponent; ++i) {
    if (number > INT64_MAX / 10 || number < INT64_MIN / 10) return std::nullopt;
    number *= 10;
  }
  return number;
}

// Appends a whole number of at least 0 with its last `places` digits (0 to 18) behind a point:
// 1250 and 3 are "1.250". False, and nothing appended, where `text` (a FixedString) has no room.
template <typename Text>
constexpr bool append_digits(Text& text, std::uint64_t number, std::int32_t places = 0) {
  char out[21] = {};
  std::size_t at = sizeof out;
  for (std::int32_t i = 0; number != 0 || i <= places; ++i, number /= 10) {
    if (i == places && places != 0) out[--at] = '.';
    out[--at] = static_cast<char>('0' + number % 10);
  }
  return text.append({out + at, sizeof out - at});
}

// The value in another unit, where that takes no rounding: from one metric unit to another.
constexpr std::optional<Decimal> in_unit(const Decimal& value, std::uint32_t from,
                                         std::uint32_t to) {
  if (from == to) return value;
  const auto power = [](std::uint32_t unit) -> std::int32_t {
    if (unit == CW_UNIT_MILLIGRAM) return -3;
    if (unit == CW_UNIT_GRAM) return 0;
    return unit == CW_UNIT_KILOGRAM ? 3 : INT32_MAX;
  };
  if (power(from) == INT32_MAX || power(to) == INT32_MAX) return std::nullopt;
  if (value.exponent < -100 || value.exponent > 100) return std::nullopt;
  return Decimal{value.mantissa, value.exponent + power(from) - power(to)};
}

// The unit that a scale calls so: "kg", "g", "mg", "lb", "oz", with spaces around and in capitals
// too; nothing for what is none of these, such as "ct", "pcs" or "lb:oz".
constexpr std::optional<std::uint32_t> unit_of(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  const auto is = [&](std::string_view name) {
    if (text.size() != name.size()) return false;
    for (std::size_t i = 0; i < name.size(); ++i) {
      const char c = text[i];
      if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c) != name[i]) return false;
    }
    return true;
  };
  if (is("kg")) return CW_UNIT_KILOGRAM;
  if (is("g")) return CW_UNIT_GRAM;
  if (is("mg")) return CW_UNIT_MILLIGRAM;
  if (is("lb")) return CW_UNIT_POUND;
  if (is("oz")) return CW_UNIT_OUNCE;
  return std::nullopt;
}

}  // namespace cartwright::driver
