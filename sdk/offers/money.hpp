#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/currency.hpp"

namespace cartwright::offers {

// The highest price that is read from outside, in minor units; one above it is a typing error.
inline constexpr std::int64_t kMaxMinor = 1'000'000'000'000;

// An amount in minor units (cents) of a currency that stands once in the basket. Arithmetic is
// exact; what does not fit 64 bits throws Error (invalid_input).
class Money {
 public:
  constexpr Money() = default;
  constexpr explicit Money(std::int64_t minor) : minor_(minor) {}
  constexpr std::int64_t minor() const { return minor_; }

  Money operator-() const;
  Money& operator+=(Money other);
  Money& operator-=(Money other);
  friend Money operator+(Money a, Money b) { return a += b; }
  friend Money operator-(Money a, Money b) { return a -= b; }
  friend Money operator*(Money price, std::int64_t units);
  constexpr auto operator<=>(const Money&) const = default;

 private:
  std::int64_t minor_ = 0;
};

// A mass in whole grams; the same rules.
class Grams {
 public:
  constexpr Grams() = default;
  constexpr explicit Grams(std::int64_t grams) : value_(grams) {}
  constexpr std::int64_t value() const { return value_; }

  Grams& operator+=(Grams other);
  Grams& operator-=(Grams other);
  friend Grams operator+(Grams a, Grams b) { return a += b; }
  friend Grams operator-(Grams a, Grams b) { return a -= b; }
  constexpr auto operator<=>(const Grams&) const = default;

 private:
  std::int64_t value_ = 0;
};

using cartwright::currencies;
using cartwright::Currency;
using cartwright::currency;

// "12.34", "-0.05"; "1234" where the currency has no minor unit.
std::string format(Money amount, const Currency& currency);
// "12.34 EUR"
std::string format_with_code(Money amount, const Currency& currency);

// Reads what format() writes; also fewer digits behind the point ("12.3", "12"). Error
// (invalid_input) on anything else: no exponent, no grouping, no more digits than the currency has.
Money parse_money(std::string_view text, const Currency& currency);

}  // namespace cartwright::offers
