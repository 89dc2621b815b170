#include <algorithm>
#include <array>
#include <vector>

#include "gs1/restricted.hpp"

namespace cartwright::gs1 {
namespace {

// Each set is written as a retailer would write it. The sources are named in
// docs/restricted-numbers.md, whose table a test holds against these texts.

// GS1 Sweden: the second digit says price or weight and where the point stands.
constexpr std::string_view kSweden = R"({"region": "SE", "currency": "SEK", "rules": [
  {"pattern": "20IIIIIIMMMMK", "measure": "price", "decimals": 2},
  {"pattern": "21IIIIIIMMMMK", "measure": "price", "decimals": 1},
  {"pattern": "22IIIIIIMMMMK", "measure": "price", "decimals": 0},
  {"pattern": "23IIIIIIMMMMK", "measure": "weight", "decimals": 3},
  {"pattern": "24IIIIIIMMMMK", "measure": "weight", "decimals": 2},
  {"pattern": "25IIIIIIMMMMK", "measure": "weight", "decimals": 1}]})";

// Norway prints as Sweden does.
constexpr std::string_view kNorway = R"({"region": "NO", "currency": "NOK", "rules": [
  {"pattern": "20IIIIIIMMMMK", "measure": "price", "decimals": 2},
  {"pattern": "21IIIIIIMMMMK", "measure": "price", "decimals": 1},
  {"pattern": "22IIIIIIMMMMK", "measure": "price", "decimals": 0},
  {"pattern": "23IIIIIIMMMMK", "measure": "weight", "decimals": 3},
  {"pattern": "24IIIIIIMMMMK", "measure": "weight", "decimals": 2},
  {"pattern": "25IIIIIIMMMMK", "measure": "weight", "decimals": 1}]})";

// GS1 Finland
constexpr std::string_view kFinland = R"({"region": "FI", "currency": "EUR", "rules": [
  {"pattern": "23IIIIIIMMMMK", "measure": "weight", "decimals": 3},
  {"pattern": "24IIIIIIMMMMK", "measure": "weight", "decimals": 2},
  {"pattern": "25IIIIIIMMMMK", "measure": "weight", "decimals": 1}]})";

// GS1 Estonia, Latvia and Lithuania share one pool of numbers.
constexpr std::string_view kEstonia = R"({"region": "EE", "currency": "EUR", "rules": [
  {"pattern": "23IIIIIIMMMMK", "measure": "weight", "decimals": 3},
  {"pattern": "24IIIIIIMMMMK", "measure": "weight", "decimals": 2},
  {"pattern": "25IIIIIIMMMMK", "measure": "weight", "decimals": 1}]})";
constexpr std::string_view kLatvia = R"({"region": "LV", "currency": "EUR", "rules": [
  {"pattern": "23IIIIIIMMMMK", "measure": "weight", "decimals": 3},
  {"pattern": "24IIIIIIMMMMK", "measure": "weight", "decimals": 2},
  {"pattern": "25IIIIIIMMMMK", "measure": "weight", "decimals": 1}]})";
constexpr std::string_view kLithuania = R"({"region": "LT", "currency": "EUR", "rules": [
  {"pattern": "23IIIIIIMMMMK", "measure": "weight", "decimals": 3},
  {"pattern": "24IIIIIIMMMMK", "measure": "weight", "decimals": 2},
  {"pattern": "25IIIIIIMMMMK", "measure": "weight", "decimals": 1}]})";

// GS1 Denmark: the price in øre, the weight in grams.
constexpr std::string_view kDenmark = R"({"region": "DK", "currency": "DKK", "rules": [
  {"pattern": "21IIIIMMMMMMK", "measure": "price", "decimals": 2},
  {"pattern": "22IIIIMMMMMMK", "measure": "price", "decimals": 2},
  {"pattern": "23IIIIMMMMMMK", "measure": "price", "decimals": 2},
  {"pattern": "24IIIIMMMMMMK", "measure": "price", "decimals": 2},
  {"pattern": "26IIIIMMMMMMK", "measure": "weight", "decimals": 3},
  {"pattern": "27IIIIIMMMMMK", "measure": "weight", "decimals": 3},
  {"pattern": "28IIIIMMMMMMK", "measure": "weight", "decimals": 3}]})";

// GS1 Germany: five digits of measure behind their check digit.
constexpr std::string_view kGermany = R"({"region": "DE", "currency": "EUR", "rules": [
  {"pattern": "22IIIIVMMMMMK", "measure": "price", "decimals": 2},
  {"pattern": "23IIIIVMMMMMK", "measure": "price", "decimals": 2},
  {"pattern": "25IIIIVMMMMMK", "measure": "count"},
  {"pattern": "26IIIIVMMMMMK", "measure": "count"},
  {"pattern": "28IIIIVMMMMMK", "measure": "weight", "decimals": 3},
  {"pattern": "29IIIIVMMMMMK", "measure": "weight", "decimals": 3}]})";

// GS1 UK: prefixes that GS1 UK gives to manufacturers; the price in pence behind its check digit.
constexpr std::string_view kBritain = R"({"region": "GB", "currency": "GBP", "rules": [
  {"pattern": "20IIIIIVMMMMK", "measure": "price", "decimals": 2},
  {"pattern": "28IIIIIVMMMMK", "measure": "price", "decimals": 2}]})";

// UPC number system 2. Many scales print 0 for the price check digit; the price is the same then
// whether that 0 is taken for a check digit left out or for the first of five price digits.
constexpr std::string_view kUnitedStates = R"({"region": "US", "currency": "USD", "rules": [
  {"pattern": "2IIIIIVMMMMK", "measure": "price", "decimals": 2},
  {"name": "price-2-unchecked", "pattern": "2IIIII0MMMMK", "measure": "price", "decimals": 2}]})";
constexpr std::string_view kUnitedStatesFive = R"({"region": "US-5", "currency": "USD", "rules": [
  {"pattern": "2IIIIIMMMMMK", "measure": "price", "decimals": 2}]})";
constexpr std::string_view kUnitedStatesFiveChecked =
    R"({"region": "US-5V", "currency": "USD", "rules": [
  {"pattern": "2IIIIVMMMMMK", "measure": "price", "decimals": 2}]})";

// Says of every restricted number that it is one, and looks it up as it stands.
constexpr std::string_view kGeneric = R"({"region": "generic", "rules": [
  {"name": "region-2", "pattern": "2IIIIIIIIIIIK"},
  {"name": "region-02", "pattern": "02IIIIIIIIIIK"},
  {"name": "company-04", "pattern": "04IIIIIIIIIIK"},
  {"name": "company-8-0", "pattern": "0IIIIIIK"},
  {"name": "company-8-2", "pattern": "2IIIIIIK"}]})";

constexpr std::array kTexts = {
    kNorway,  kSweden, kFinland,   kDenmark,      kGermany,          kBritain,
    kEstonia, kLatvia, kLithuania, kUnitedStates, kUnitedStatesFive, kUnitedStatesFiveChecked,
    kGeneric};

const std::vector<RestrictedRules>& sets() {
  static const std::vector<RestrictedRules> parsed = [] {
    std::vector<RestrictedRules> all;
    for (const std::string_view text : kTexts) all.push_back(parse_restricted_rules(text));
    return all;
  }();
  return parsed;
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same_name(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

const RestrictedRules* restricted_rules(std::string_view region) {
  for (const RestrictedRules& set : sets()) {
    if (same_name(set.region, region)) return &set;
  }
  return nullptr;
}

std::span<const std::string_view> restricted_regions() {
  static const std::vector<std::string_view> names = [] {
    std::vector<std::string_view> all;
    for (const RestrictedRules& set : sets()) all.push_back(set.region);
    return all;
  }();
  return names;
}

}  // namespace cartwright::gs1
