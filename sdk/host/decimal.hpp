#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cartwright::host {

// mantissa x 10^exponent, with the digits that a scale indicated: "1.250" is {1250, -3}.
struct Decimal {
  std::int64_t mantissa = 0;
  std::int32_t exponent = 0;
  friend bool operator==(const Decimal&, const Decimal&) = default;
};

// "1.250", "-0.005", "12000"; outside of exponents -18 to 18 "1e40".
std::string decimal_text(std::int64_t mantissa, std::int32_t exponent);

// An optional minus, 1 to 18 digits, at most one point between them. Nothing on anything else.
std::optional<Decimal> read_decimal(std::string_view text);

}  // namespace cartwright::host
