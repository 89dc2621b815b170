#pragma once

#include <optional>
#include <string_view>

#include "gs1/lint.hpp"

namespace cartwright::gs1 {

// The lints that compute something over a whole value: check pairs, account numbers, prefixes.

// The GS1 company prefix at the front of `value`: its first four characters are digits. Which
// prefixes are allocated is not known here.
std::optional<LintFault> check_company_prefix(std::string_view value);

// The check character pair at the end (GS1 General Specifications 7.9.5): the values of the
// characters, weighted with primes from the right, modulo 1021.
std::optional<LintFault> check_pair(std::string_view value);

// An international bank account number (ISO 13616-1): country, modulo 97.
std::optional<LintFault> check_iban(std::string_view value);

}  // namespace cartwright::gs1
