#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace cartwright::gs1 {

// The check digit ('0' to '9') that belongs behind `digits` (GS1 General Specifications 7.9:
// weights 3 and 1 alternate from the right). Nothing where a character is no digit or none is
// given. Holds for every GS1 key with one check digit: GTIN, GLN, SSCC, GRAI and so on.
std::optional<char> check_digit(std::string_view digits);

// True if the last digit is the check digit of those before it.
bool has_valid_check_digit(std::string_view digits);

// A trade item number with a valid check digit, normalised to 14 digits. A value of this type
// always holds a number that was checked.
class Gtin14 {
 public:
  // 8 (GTIN-8), 12, 13 or 14 digits with a right check digit, else nothing. UPC-E is expanded
  // first (expand_upce); this function never takes 8 digits for UPC-E.
  static std::optional<Gtin14> parse(std::string_view digits);
  // The number as stored by number(); nothing if it is negative, too long or its check digit is
  // wrong.
  static std::optional<Gtin14> from_number(std::int64_t number);

  // 14 digits, with leading zeros.
  std::string text() const;
  // The same as an integer below 10^14, for keys.
  std::int64_t number() const { return number_; }

  auto operator<=>(const Gtin14&) const = default;

 private:
  explicit Gtin14(std::int64_t number) : number_(number) {}
  std::int64_t number_;
};

// The 12 digits of the UPC-A that a UPC-E stands for (GS1 General Specifications 5.2.2.4). Takes
// 8 digits (number system 0 or 1, six digits, check digit), 7 (number system first, without check
// digit) or 6 (number system 0, without check digit). Nothing if it is none or its check digit is
// not the UPC-A's.
std::optional<std::string> expand_upce(std::string_view digits);

}  // namespace cartwright::gs1

template <>
struct std::hash<cartwright::gs1::Gtin14> {
  std::size_t operator()(const cartwright::gs1::Gtin14& gtin) const noexcept {
    return std::hash<std::int64_t>{}(gtin.number());
  }
};
