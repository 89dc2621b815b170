#include "offers/money.hpp"

#include <algorithm>
#include <charconv>
#include <string>

#include "base/error.hpp"

namespace cartwright::offers {
namespace {

[[noreturn]] void overflow(const char* what) {
  throw Error(ErrorKind::invalid_input,
              std::string(what) + " beyond 64 bits; a price, weight or quantity is far too large");
}

std::int64_t checked_add(std::int64_t a, std::int64_t b, const char* what) {
  std::int64_t sum = 0;
  if (__builtin_add_overflow(a, b, &sum)) overflow(what);
  return sum;
}

std::int64_t checked_subtract(std::int64_t a, std::int64_t b, const char* what) {
  std::int64_t difference = 0;
  if (__builtin_sub_overflow(a, b, &difference)) overflow(what);
  return difference;
}

[[noreturn]] void bad_amount(std::string_view text, const Currency& currency) {
  throw Error(ErrorKind::invalid_input, "\"" + std::string(text) + "\" is no amount in " +
                                            std::string(currency.code) + "; write it as " +
                                            format(Money(1234), currency));
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace

Money Money::operator-() const {
  return Money(checked_subtract(0, minor_, "an amount"));
}
Money& Money::operator+=(Money other) {
  minor_ = checked_add(minor_, other.minor_, "a sum of money");
  return *this;
}
Money& Money::operator-=(Money other) {
  minor_ = checked_subtract(minor_, other.minor_, "a difference of money");
  return *this;
}
Money operator*(Money price, std::int64_t units) {
  std::int64_t product = 0;
  if (__builtin_mul_overflow(price.minor_, units, &product)) overflow("price times quantity");
  return Money(product);
}

Grams& Grams::operator+=(Grams other) {
  value_ = checked_add(value_, other.value_, "a sum of weights");
  return *this;
}
Grams& Grams::operator-=(Grams other) {
  value_ = checked_subtract(value_, other.value_, "a difference of weights");
  return *this;
}

std::string format(Money amount, const Currency& currency) {
  const std::int64_t minor = amount.minor();
  std::string digits = std::to_string(minor);
  const bool negative = minor < 0;
  if (negative) digits.erase(0, 1);
  const std::size_t exponent = currency.exponent;
  if (digits.size() <= exponent) digits.insert(0, exponent + 1 - digits.size(), '0');
  if (exponent > 0) digits.insert(digits.size() - exponent, ".");
  return negative ? "-" + digits : digits;
}

std::string format_with_code(Money amount, const Currency& currency) {
  return format(amount, currency) + " " + std::string(currency.code);
}

Money parse_money(std::string_view text, const Currency& currency) {
  const bool negative = text.starts_with('-');
  const std::string_view number = text.substr(negative ? 1 : 0);
  const std::size_t point = number.find('.');
  const std::string_view whole = number.substr(0, point);
  const std::string_view part =
      point == std::string_view::npos ? std::string_view() : number.substr(point + 1);
  const bool point_without_digits = point != std::string_view::npos && part.empty();
  if (whole.empty() || point_without_digits || part.size() > currency.exponent ||
      !std::all_of(whole.begin(), whole.end(), is_digit) ||
      !std::all_of(part.begin(), part.end(), is_digit)) {
    bad_amount(text, currency);
  }
  std::string digits(negative ? "-" : "");
  digits.append(whole).append(part).append(currency.exponent - part.size(), '0');
  std::int64_t minor = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), minor);
  if (error != std::errc()) overflow("an amount");
  return Money(minor);
}

}  // namespace cartwright::offers
