#include "gs1/restricted.hpp"

#include <algorithm>
#include <cstddef>

#include "gs1/measure_check.hpp"

namespace cartwright::gs1 {
namespace {

constexpr std::size_t kLength = 14;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// The 14 digits of a number; nothing if it has a length that no article number has.
std::optional<std::string> padded(std::string_view digits) {
  const std::size_t size = digits.size();
  if (size != 8 && size != 12 && size != 13 && size != 14) return std::nullopt;
  if (!std::all_of(digits.begin(), digits.end(), is_digit)) return std::nullopt;
  std::string number(kLength - size, '0');
  number += digits;
  return number;
}

bool fits(const std::string& number, const std::string& pattern) {
  for (std::size_t i = 0; i < kLength; ++i) {
    if (is_digit(pattern[i]) && pattern[i] != number[i]) return false;
  }
  return true;
}

std::string measure_digits(const std::string& number, const std::string& pattern) {
  std::string digits;
  for (std::size_t i = 0; i < kLength; ++i) {
    if (pattern[i] == 'M') digits += number[i];
  }
  return digits;
}

// `at` counts in the number as it was given, which may lack the leading zeros.
Refusal wrong_digit(const std::string& what, std::size_t at, char found, char right,
                    const std::string& of) {
  return {"the check digit of " + what + " at position " + std::to_string(at + 1) + " is " + found +
              ", but " + right + " is right for " + of + "; scan the label again",
          at, RefusalKind::wrong_check_digit};
}

std::string name_of(RestrictedMeasure measure) {
  switch (measure) {
    case RestrictedMeasure::price:
      return "the price";
    case RestrictedMeasure::weight:
      return "the weight";
    default:
      return "the count";
  }
}

// Why the measure's own check digit does not hold; nothing where it does or the rule has none.
std::optional<Refusal> inner_refusal(const std::string& number, const RestrictedRule& rule,
                                     std::size_t missing_zeros) {
  const std::size_t at = rule.pattern.find('V');
  if (at == std::string::npos) return std::nullopt;
  const std::string digits = measure_digits(number, rule.pattern);
  const auto right = measure_check_digit(digits);
  if (!right || *right == number[at]) return std::nullopt;
  return wrong_digit(name_of(rule.measure), at - missing_zeros, number[at], *right, digits);
}

std::optional<Gtin14> item_of(std::string number, const RestrictedRule& rule) {
  if (rule.zero_measure) {
    for (std::size_t i = 0; i < kLength; ++i) {
      const char kind = rule.pattern[i];
      if (kind == 'M' || kind == 'V' || kind == 'X') number[i] = '0';
    }
    number.pop_back();
    number += check_digit(number).value_or('0');
  }
  return Gtin14::parse(number);
}

std::int64_t scaled(const std::string& digits, const RestrictedRule& rule) {
  std::int64_t value = 0;
  for (const char digit : digits) value = value * 10 + (digit - '0');
  return (value * rule.multiply + rule.divide / 2) / rule.divide;
}

RestrictedNumber taken_apart(const std::string& number, Gtin14 item, const RestrictedRule& rule) {
  RestrictedNumber result{item, {}, {}, {}, rule.name};
  const std::string digits = measure_digits(number, rule.pattern);
  if (digits.find_first_not_of('0') == std::string::npos) return result;
  switch (rule.measure) {
    case RestrictedMeasure::price:
      result.price_minor = scaled(digits, rule);
      break;
    case RestrictedMeasure::weight:
      result.weight_grams = scaled(digits, rule);
      break;
    case RestrictedMeasure::count:
      result.count = scaled(digits, rule);
      break;
    case RestrictedMeasure::none:
      break;
  }
  return result;
}

}  // namespace

std::optional<std::variant<RestrictedNumber, Refusal>> read_restricted(
    std::string_view digits, const RestrictedRules& rules) {
  const auto number = padded(digits);
  if (!number) return std::nullopt;
  const std::size_t missing_zeros = kLength - digits.size();
  std::optional<Refusal> refusal;
  for (const RestrictedRule& rule : rules.rules) {
    if (!fits(*number, rule.pattern)) continue;
    if (!has_valid_check_digit(*number)) {
      const std::string before = number->substr(0, kLength - 1);
      return wrong_digit("the number", digits.size() - 1, number->back(),
                         check_digit(before).value_or('?'), "these digits");
    }
    if (auto inner = inner_refusal(*number, rule, missing_zeros)) {
      if (!refusal) refusal = std::move(inner);
      continue;
    }
    if (const auto item = item_of(*number, rule)) return taken_apart(*number, *item, rule);
  }
  if (refusal) return *std::move(refusal);
  return std::nullopt;
}

}  // namespace cartwright::gs1
