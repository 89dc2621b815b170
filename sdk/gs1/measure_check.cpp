#include "gs1/measure_check.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

namespace cartwright::gs1 {
namespace {

// A weighting factor of GS1 General Specifications 7.9.2: what it makes of each digit.
using Weighting = std::array<unsigned, 10>;

// "N-" multiplies by N and subtracts the tens from the units, "N+" adds them.
constexpr Weighting weighting(unsigned factor, int tens) {
  Weighting made{};
  for (unsigned digit = 0; digit < made.size(); ++digit) {
    const unsigned product = factor * digit;
    const unsigned correction = product / 10;
    made[digit] = (product + (tens < 0 ? 10 - correction : tens > 0 ? correction : 0)) % 10;
  }
  return made;
}

constexpr Weighting kTwoMinus = weighting(2, -1);
constexpr Weighting kThree = weighting(3, 0);
constexpr Weighting kFivePlus = weighting(5, 1);
constexpr Weighting kFiveMinus = weighting(5, -1);

constexpr std::array kFourDigits = {kTwoMinus, kTwoMinus, kThree, kFiveMinus};
constexpr std::array kFiveDigits = {kFivePlus, kTwoMinus, kFiveMinus, kFivePlus, kTwoMinus};

unsigned weighted_sum(std::string_view digits, std::span<const Weighting> weightings) {
  unsigned sum = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    sum += weightings[i][static_cast<std::size_t>(digits[i] - '0')];
  }
  return sum;
}

char as_digit(std::ptrdiff_t value) {
  return static_cast<char>('0' + value);
}

}  // namespace

std::optional<char> measure_check_digit(std::string_view digits) {
  const bool all_digits =
      std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!all_digits) return std::nullopt;
  if (digits.size() == kFourDigits.size()) {
    return as_digit(weighted_sum(digits, kFourDigits) * 3 % 10);
  }
  if (digits.size() == kFiveDigits.size()) {
    // The digit whose own weighting by 5- completes the sum to a multiple of ten.
    const unsigned missing = (10 - weighted_sum(digits, kFiveDigits) % 10) % 10;
    const auto found = std::find(kFiveMinus.begin(), kFiveMinus.end(), missing);
    return as_digit(found - kFiveMinus.begin());
  }
  return std::nullopt;
}

}  // namespace cartwright::gs1
