// The built-in sets, and docs/restricted-numbers.md, which must say the same.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "gs1/restricted.hpp"
#include "gs1/restricted_pattern.hpp"

namespace cartwright::gs1 {
namespace {

std::vector<std::string> page() {
  std::ifstream file(CARTWRIGHT_SOURCE_DIR "/docs/restricted-numbers.md");
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

// "| NO | `20I` | ... |" as {"NO", "20I", ...}
std::vector<std::string> cells(const std::string& row) {
  std::vector<std::string> result;
  std::istringstream stream(row.substr(1));
  for (std::string cell; std::getline(stream, cell, '|');) {
    std::erase(cell, '`');
    const std::size_t first = cell.find_first_not_of(' ');
    if (first == std::string::npos) continue;
    result.push_back(cell.substr(first, cell.find_last_not_of(' ') - first + 1));
  }
  return result;
}

std::vector<std::vector<std::string>> rows_under(const std::string& heading) {
  std::vector<std::vector<std::string>> rows;
  bool inside = false;
  for (const std::string& line : page()) {
    if (inside && !line.starts_with("|")) break;
    if (inside && !line.starts_with("|---")) rows.push_back(cells(line));
    if (line == heading) inside = true;
  }
  return rows;
}

std::string said(const RestrictedNumber& number) {
  if (number.price_minor) return "price_minor " + std::to_string(*number.price_minor);
  if (number.weight_grams) return "weight_grams " + std::to_string(*number.weight_grams);
  if (number.count) return "count " + std::to_string(*number.count);
  return "-";
}

std::string json_of_page() {
  std::string json;
  bool inside = false;
  for (const std::string& line : page()) {
    if (inside && line == "```") break;
    if (inside) json += line + "\n";
    if (line == "```json own.json") inside = true;
  }
  return json;
}

TEST(RestrictedSets, are_known_by_name_in_either_case) {
  for (const char* name :
       {"NO", "SE", "FI", "DK", "DE", "GB", "EE", "LV", "LT", "US", "US-5", "US-5V", "generic"}) {
    const RestrictedRules* rules = restricted_rules(name);
    ASSERT_NE(rules, nullptr) << name;
    EXPECT_EQ(rules->region, name);
  }
  EXPECT_EQ(restricted_rules("no"), restricted_rules("NO"));
  EXPECT_EQ(restricted_rules("GENERIC"), restricted_rules("generic"));
  for (const char* name : {"", "N", "NOR", "XX"}) EXPECT_EQ(restricted_rules(name), nullptr);
}

TEST(RestrictedSets, have_the_currency_of_their_country) {
  const std::map<std::string_view, std::string_view> currencies = {
      {"NO", "NOK"}, {"SE", "SEK"}, {"FI", "EUR"}, {"DK", "DKK"}, {"DE", "EUR"},
      {"GB", "GBP"}, {"EE", "EUR"}, {"LV", "EUR"}, {"LT", "EUR"}, {"US", "USD"}};
  for (const auto& [region, currency] : currencies) {
    EXPECT_EQ(restricted_rules(region)->currency, currency) << region;
  }
}

TEST(RestrictedSets, stand_in_the_documentation_with_examples_that_hold) {
  const auto rows = rows_under("| region | digits | example | says |");
  std::map<std::string, std::size_t> rules_of_region;
  for (const auto& row : rows) {
    ASSERT_EQ(row.size(), 4U);
    const RestrictedRules* set = restricted_rules(row[0]);
    ASSERT_NE(set, nullptr) << row[0];
    const std::size_t index = rules_of_region[row[0]]++;
    ASSERT_LT(index, set->rules.size()) << row[0];
    EXPECT_EQ(set->rules[index].pattern, padded_pattern(row[1])) << row[0];
    const auto result = read_restricted(row[2], *set);
    ASSERT_TRUE(result && std::holds_alternative<RestrictedNumber>(*result)) << row[2];
    EXPECT_EQ(said(std::get<RestrictedNumber>(*result)), row[3]) << row[0] << " " << row[2];
    EXPECT_EQ(std::get<RestrictedNumber>(*result).rule, set->rules[index].name) << row[2];
  }
  for (const std::string_view region : restricted_regions()) {
    EXPECT_EQ(rules_of_region[std::string(region)], restricted_rules(region)->rules.size())
        << region << " lacks rows in the table";
  }
}

TEST(RestrictedSets, of_the_documentations_example_can_be_read) {
  const RestrictedRules rules = parse_restricted_rules(json_of_page());
  ASSERT_EQ(rules.rules.size(), 4U);
  EXPECT_EQ(rules.currency, "EUR");
  EXPECT_EQ(rules.rules[0].name, "counter");
  EXPECT_EQ(rules.rules[1].name, "price-29");
  const auto price = read_restricted("2911114002393", rules);  // 2.39 EUR, check digit 4
  ASSERT_TRUE(price);
  EXPECT_EQ(std::get<RestrictedNumber>(*price).price_minor, 239);
}

}  // namespace
}  // namespace cartwright::gs1
