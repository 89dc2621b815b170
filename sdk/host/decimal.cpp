#include "host/decimal.hpp"

namespace cartwright::host {

std::string decimal_text(std::int64_t mantissa, std::int32_t exponent) {
  std::string digits = std::to_string(mantissa);
  const bool negative = digits.front() == '-';
  if (negative) digits.erase(0, 1);
  constexpr std::int32_t most = 18;
  if (exponent < -most || exponent > most) {
    digits += "e" + std::to_string(exponent);
  } else if (exponent > 0 && mantissa != 0) {
    digits.append(static_cast<std::size_t>(exponent), '0');
  } else if (exponent < 0) {
    const auto places = static_cast<std::size_t>(-exponent);
    if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
    digits.insert(digits.size() - places, 1, '.');
  }
  return negative ? "-" + digits : digits;
}

std::optional<Decimal> read_decimal(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  constexpr int most_digits = 18;
  Decimal number;
  int digits = 0;
  bool point = false;
  for (const char c : text) {
    if (c == '.' && !point && digits > 0) {
      point = true;
    } else if (c >= '0' && c <= '9' && digits < most_digits) {
      number.mantissa = number.mantissa * 10 + (c - '0');
      number.exponent -= point ? 1 : 0;
      ++digits;
    } else {
      return std::nullopt;
    }
  }
  if (digits == 0 || text.ends_with('.')) return std::nullopt;
  if (negative) number.mantissa = -number.mantissa;
  return number;
}

}  // namespace cartwright::host
