#include "gs1/lint_keys.hpp"

#include <array>

#include "gs1/code_lists.hpp"

namespace cartwright::gs1 {
namespace {

constexpr std::string_view kSet82 =
    "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view kSet32 = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

constexpr std::size_t kMostCharacters = 97;  // more than any AI's value has

constexpr std::array<unsigned, kMostCharacters> primes() {
  std::array<unsigned, kMostCharacters> result = {};
  std::size_t found = 0;
  for (unsigned number = 2; found < result.size(); ++number) {
    bool is_prime = true;
    for (std::size_t i = 0; i < found && is_prime; ++i) is_prime = number % result[i] != 0;
    if (is_prime) result[found++] = number;
  }
  return result;
}
constexpr std::array<unsigned, kMostCharacters> kPrimes = primes();

constexpr std::size_t kPrefixDigits = 4;  // the shortest company prefix there is
constexpr std::size_t kShortestIban = 11;
constexpr std::size_t kLongestIban = 34;

// 0 to 9, A 10 to Z 35; 36 for any other character.
unsigned iban_value(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  return c >= 'A' && c <= 'Z' ? static_cast<unsigned>(c - 'A') + 10 : 36;
}

}  // namespace

std::optional<LintFault> check_company_prefix(std::string_view value) {
  if (value.size() < kPrefixDigits) return LintFault{"is too short for a GS1 company prefix", 0};
  for (std::size_t i = 0; i < kPrefixDigits; ++i) {
    if (value[i] < '0' || value[i] > '9') {
      return LintFault{"begins with no GS1 company prefix, whose first four characters are digits",
                       i};
    }
  }
  return std::nullopt;
}

std::optional<LintFault> check_pair(std::string_view value) {
  if (value.size() < 2) return LintFault{"is too short for a check character pair", 0};
  const std::string_view body = value.substr(0, value.size() - 2);
  if (body.size() > kMostCharacters) return LintFault{"is too long", kMostCharacters};
  unsigned sum = 0;
  for (std::size_t i = 0; i < body.size(); ++i) {
    const std::size_t weight = kSet82.find(body[i]);
    if (weight == std::string_view::npos) {
      return LintFault{"has a character that GS1 data may not have", i};
    }
    sum += static_cast<unsigned>(weight) * kPrimes[body.size() - 1 - i];
  }
  sum %= 1021;
  if (value[body.size()] != kSet32[sum >> 5] || value[body.size() + 1] != kSet32[sum & 31]) {
    return LintFault{"has a wrong check character pair; scan or type it again", body.size(), true};
  }
  return std::nullopt;
}

std::optional<LintFault> check_iban(std::string_view value) {
  if (!is_country(value.substr(0, 2))) {
    return LintFault{"begins with no country of ISO 3166, as an IBAN does", 0};
  }
  if (value.size() < kShortestIban) return LintFault{"is too short for an IBAN", 0};
  if (value.size() > kLongestIban) return LintFault{"is too long for an IBAN", kLongestIban};
  unsigned sum = 0;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const std::size_t at = (i + 4) % value.size();  // country and check digits come last
    const unsigned digit = iban_value(value[at]);
    if (digit > 35) return LintFault{"has a character that an IBAN may not have", at};
    sum = (sum * (digit < 10 ? 10 : 100) + digit) % 97;
  }
  if (sum != 1) return LintFault{"is an IBAN whose check digits do not hold", 2, true};
  return std::nullopt;
}

}  // namespace cartwright::gs1
