#include "gs1/gtin.hpp"

#include <algorithm>
#include <cstddef>

namespace cartwright::gs1 {
namespace {

constexpr std::size_t kLength = 14;
constexpr std::int64_t kLimit = 100'000'000'000'000;  // 10^14

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// The sum of the digits, the last one times `last`, 1 or 3, those before it by turns times 3 and 1
// (GS1 General Specifications 7.9.1). Nothing where one is no digit.
std::optional<std::uint32_t> weighted_sum(std::string_view digits, std::uint32_t last) {
  std::uint32_t by_last = 0;    // the last digit, and each second one before it
  std::uint32_t by_others = 0;  // those between them
  std::uint32_t seen = 0;       // of a digit and of it and 6 no bit above the fourth is set
  const auto value = [&](char c) {
    const auto digit = static_cast<std::uint32_t>(static_cast<unsigned char>(c)) - '0';
    seen |= digit | (digit + 6);
    return digit;
  };
  std::size_t size = digits.size();
  for (; size >= 2; size -= 2) {
    by_last += value(digits[size - 1]);
    by_others += value(digits[size - 2]);
  }
  if (size == 1) by_last += value(digits[0]);
  if (seen > 15) return std::nullopt;
  return by_last * last + by_others * (4 - last);
}

std::int64_t number_of(std::string_view digits) {
  std::uint32_t number = 0;  // of at most seven digits
  for (const char digit : digits) number = number * 10 + static_cast<std::uint32_t>(digit - '0');
  return number;
}

std::string padded(std::int64_t number) {
  std::string digits = std::to_string(number);
  digits.insert(0, kLength - digits.size(), '0');
  return digits;
}

// GS1 General Specifications 5.2.2.4: the last of the six digits says where the zeros stood.
std::string eleven_of_upce(char system, std::string_view six) {
  const std::string start(1, system);
  const std::string d(six);
  switch (d[5]) {
    case '0':
    case '1':
    case '2':
      return start + d.substr(0, 2) + d[5] + "0000" + d.substr(2, 3);
    case '3':
      return start + d.substr(0, 3) + "00000" + d.substr(3, 2);
    case '4':
      return start + d.substr(0, 4) + "00000" + d[4];
    default:
      return start + d.substr(0, 5) + "0000" + d[5];
  }
}

}  // namespace

std::optional<char> check_digit(std::string_view digits) {
  if (digits.empty()) return std::nullopt;
  const auto sum = weighted_sum(digits, 3);
  if (!sum) return std::nullopt;
  return static_cast<char>('0' + (10 - *sum % 10) % 10);
}

bool has_valid_check_digit(std::string_view digits) {
  if (digits.size() < 2) return false;
  const auto sum = weighted_sum(digits, 1);
  return sum && *sum % 10 == 0;
}

std::optional<Gtin14> Gtin14::parse(std::string_view digits) {
  const std::size_t size = digits.size();
  if (size != 8 && size != 12 && size != 13 && size != 14) return std::nullopt;
  if (!has_valid_check_digit(digits)) return std::nullopt;
  constexpr std::size_t kHalf = 7;
  constexpr std::int64_t kBehind = 10'000'000;  // 10^kHalf
  const std::string_view low = digits.substr(size - kHalf);
  return Gtin14(number_of(digits.substr(0, size - kHalf)) * kBehind + number_of(low));
}

std::optional<Gtin14> Gtin14::from_number(std::int64_t number) {
  if (number < 0 || number >= kLimit) return std::nullopt;
  return parse(padded(number));
}

std::string Gtin14::text() const {
  return padded(number_);
}

std::optional<std::string> expand_upce(std::string_view digits) {
  if (digits.size() < 6 || digits.size() > 8 || !all_digits(digits)) return std::nullopt;
  const char system = digits.size() == 6 ? '0' : digits[0];
  if (system != '0' && system != '1') return std::nullopt;
  std::string upca = eleven_of_upce(system, digits.substr(digits.size() == 6 ? 0 : 1, 6));
  upca += *check_digit(upca);
  if (digits.size() == 8 && digits[7] != upca.back()) return std::nullopt;
  return upca;
}

}  // namespace cartwright::gs1
