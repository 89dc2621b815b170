#include "gs1/restricted_pattern.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace cartwright::gs1 {
namespace {

constexpr std::size_t kLength = 14;
constexpr std::string_view kLetters = "IMVXK";
constexpr std::size_t kMostMeasureDigits = 8;

// GS1 General Specifications 1.4.2 and 1.4.3, with zeros in front: GS1 Prefixes 20 to 29, 02 and 04
// and GS1-8 Prefixes 2 and 0. A UPC of number system 2 or 4 has the prefix 02 or 04.
constexpr std::array<std::string_view, 5> kPrefixes = {"02", "002", "004", "0000002", "0000000"};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::string measure_fault(std::string_view pattern) {
  const auto count = [&](char c) { return std::count(pattern.begin(), pattern.end(), c); };
  const auto digits = static_cast<std::size_t>(count('M'));
  const std::size_t first = pattern.find('M');
  if (digits > 0 && pattern.rfind('M') - first + 1 != digits) return "the M must stand together";
  if (digits > kMostMeasureDigits) {
    return "has " + std::to_string(digits) + " M; a measure has at most " +
           std::to_string(kMostMeasureDigits);
  }
  if (count('V') > 1) return "has more than one V; a measure has one check digit";
  if (count('V') == 1 && digits != 4 && digits != 5) {
    return "has " + std::to_string(digits) +
           " M; GS1 defines the check digit V for a measure of 4 or 5 digits";
  }
  return {};
}

}  // namespace

std::string pattern_fault(std::string_view pattern) {
  const std::size_t size = pattern.size();
  if (size != 8 && size != 12 && size != 13 && size != kLength) {
    return "has " + std::to_string(size) +
           " characters; write one for each digit of the number, 8, 12, 13 or 14";
  }
  for (const char c : pattern) {
    if (!is_digit(c) && kLetters.find(c) == std::string_view::npos) {
      return std::string("has '") + c +
             "'; write a digit, I (item), M (measure), V (check digit of the measure), X (no "
             "meaning) or K (check digit)";
    }
  }
  if (pattern.find('K') != size - 1) return "must end with its only K, the number's check digit";
  const std::string padded = padded_pattern(pattern);
  const bool restricted = std::any_of(kPrefixes.begin(), kPrefixes.end(), [&](auto prefix) {
    return std::string_view(padded).starts_with(prefix);
  });
  if (!restricted) {
    return "begins with no prefix of restricted circulation; those are 20 to 29, 02 and 04 with 13 "
           "digits, 2 and 4 with 12, 0 and 2 with 8";
  }
  return measure_fault(pattern);
}

std::string padded_pattern(std::string_view pattern) {
  std::string padded(kLength - std::min(kLength, pattern.size()), '0');
  padded += pattern;
  return padded;
}

bool covers(std::string_view earlier, std::string_view later) {
  return std::equal(earlier.begin(), earlier.end(), later.begin(), later.end(),
                    [](char a, char b) { return !is_digit(a) || a == b; });
}

}  // namespace cartwright::gs1
