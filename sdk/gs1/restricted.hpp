#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "gs1/gtin.hpp"
#include "gs1/refusal.hpp"

namespace cartwright::gs1 {

// Restricted-circulation numbers (GS1 General Specifications 2.1.11 and 2.1.12): a store, or all
// stores of a country, put the price, the weight or the count of one package into the number that
// is printed on it. What stands where differs by country and by store, so it is configuration:
// docs/restricted-numbers.md describes the text, restricted_rules() has the sets of some countries.

enum class RestrictedMeasure : std::uint8_t { none, price, weight, count };

// How the digits of one kind of number are split.
struct RestrictedRule {
  std::string name;  // "price-20"
  // One character for each of the 14 digits that a number has once zeros are put in front of it: a
  // digit stands for itself, I is a digit of the item's number, M one of the measure, V the
  // measure's check digit, X a digit without meaning, K the check digit of the whole.
  std::string pattern;
  RestrictedMeasure measure = RestrictedMeasure::none;
  // The number in the M digits, times `multiply` by `divide` (half up), counts minor units of the
  // currency, grams or pieces.
  std::int64_t multiply = 1;
  std::int64_t divide = 1;
  // Whether the item's number has zeros for M, V and X; else it is the number as it was read.
  bool zero_measure = true;
};

// What the numbers of a region mean. A value; the rules are tried in their order.
struct RestrictedRules {
  std::string region;    // "NO"
  std::string currency;  // ISO 4217, "NOK"; empty where no rule reads a price
  std::vector<RestrictedRule> rules;
};

// A number taken apart.
struct RestrictedNumber {
  Gtin14 item;  // what a catalog lists: measure digits zeroed, with a right check digit
  // At most one of these. None where the measure's digits are all zero: such a number names the
  // item alone, as catalogs and shelf labels do.
  std::optional<std::int64_t> price_minor;  // of RestrictedRules::currency
  std::optional<std::int64_t> weight_grams;
  std::optional<std::int64_t> count;
  std::string rule;  // the name of the rule that read it
};

// The built-in set of a region: "NO", "SE", "FI", "DK", "DE", "GB", "EE", "LV", "LT", "US", "US-5",
// "US-5V" or "generic", in either case. Null where unknown. Lives for ever.
const RestrictedRules* restricted_rules(std::string_view region);

// The names of the built-in sets, for messages and help. Live for ever.
std::span<const std::string_view> restricted_regions();

// Reads a set that a retailer wrote as JSON. Error (invalid_input) names the key, the value and
// what is expected there; so it does for a rule that no number could ever reach.
RestrictedRules parse_restricted_rules(std::string_view json);

// Takes apart a number of 8, 12, 13 or 14 digits; the form with leading zeros means the same as the
// shorter one. Nothing if no rule speaks of this number: it is an article number like any other, or
// none. A Refusal if one does and the number's check digit or the measure's own is wrong; the first
// rule that fits and whose check digits hold reads the number.
std::optional<std::variant<RestrictedNumber, Refusal>> read_restricted(
    std::string_view digits, const RestrictedRules& rules);

}  // namespace cartwright::gs1
