// parse_restricted_rules: what a retailer may write, and what it is told where it is wrong.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/error.hpp"
#include "gs1/restricted.hpp"

namespace cartwright::gs1 {
namespace {

using ::testing::HasSubstr;

std::string fault(const std::string& json) {
  try {
    parse_restricted_rules(json);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::invalid_input);
    return error.what();
  }
  return "none";
}

// A set with one rule.
std::string with_rule(const std::string& rule) {
  return R"({"region": "here", "currency": "EUR", "rules": [)" + rule + "]}";
}

TEST(RestrictedRules, hold_what_was_written) {
  const RestrictedRules rules = parse_restricted_rules(R"({
    "region": "store-7", "currency": "HUF", "rules": [
      {"name": "cheese", "pattern": "21IIIIIMMMMMK", "measure": "price", "decimals": 0},
      {"pattern": "2IIIIXMMMMMK", "measure": "weight", "unit": "g", "decimals": 0},
      {"pattern": "28IIIIIIIIIIK"}]})");
  EXPECT_EQ(rules.region, "store-7");
  EXPECT_EQ(rules.currency, "HUF");
  ASSERT_EQ(rules.rules.size(), 3U);
  EXPECT_EQ(rules.rules[0].name, "cheese");
  EXPECT_EQ(rules.rules[0].pattern, "021IIIIIMMMMMK");
  EXPECT_EQ(rules.rules[0].multiply, 100);  // whole forints; ISO 4217 has two digits
  EXPECT_EQ(rules.rules[1].name, "weight-2");
  EXPECT_EQ(rules.rules[1].multiply, 1);
  EXPECT_EQ(rules.rules[2].name, "none-28");
  EXPECT_EQ(rules.rules[2].measure, RestrictedMeasure::none);
}

TEST(RestrictedRules, name_line_and_column_where_the_text_is_no_json) {
  EXPECT_EQ(
      fault(R"({"region" "NO"})"),
      "restricted rules: not valid JSON at line 1, column 14: syntax error while parsing object "
      "separator - unexpected string literal; expected ':'");
  EXPECT_THAT(fault(""), HasSubstr("not valid JSON at line 1, column 1"));
  EXPECT_THAT(fault(R"({"region": 1e999})"), HasSubstr("a number in it is too large"));
  EXPECT_THAT(fault(std::string(2'000'000, ' ')), HasSubstr("longer than"));
}

TEST(RestrictedRules, name_the_key_that_is_unknown_twice_or_missing) {
  EXPECT_EQ(fault(R"({"regoin": "NO", "rules": []})"),
            "restricted rules: region: is missing; \"regoin\" is no key, did you mean this?");
  EXPECT_EQ(fault(with_rule(R"({"pattern": "2IIIIIIK", "mesure": "count"})")),
            "restricted rules: unknown key \"rules[0].mesure\", did you mean \"measure\"?");
  EXPECT_THAT(fault(R"({"region": "a", "region": "b"})"),
              HasSubstr("key \"region\" stands twice in one object"));
  EXPECT_THAT(fault(R"({"rules": []})"), HasSubstr("region: is missing"));
  EXPECT_THAT(fault(R"({"region": "a"})"), HasSubstr("rules: is missing"));
  EXPECT_THAT(fault(with_rule("{}")), HasSubstr("rules[0].pattern: is missing"));
}

TEST(RestrictedRules, name_key_value_and_what_is_expected) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"[]", "[] is no object"},
      {R"({"region": 7, "rules": []})", "region: 7 is no text; write it in quotes"},
      {R"({"region": "", "rules": []})", "region: is empty"},
      {R"({"region": "a", "currency": "kr", "rules": []})", "currency: \"kr\" is no currency code"},
      {R"({"region": "a", "rules": {}})", "rules: {} is no list of objects"},
      {R"({"region": "a", "rules": [3]})", "rules[0]: 3 is no object"},
      {with_rule(R"({"pattern": "20II"})"), "rules[0].pattern: \"20II\" has 4 characters"},
      {with_rule(R"({"pattern": "20IIIIIIMMMMK", "measure": "wieght"})"),
       "rules[0].measure: \"wieght\" is none of \"none\", \"price\", \"weight\", \"count\", did "
       "you "
       "mean \"weight\"?"},
      {with_rule(R"({"pattern": "20IIIIIIMMMMK"})"), "rules[0].measure: is missing or none"},
      {with_rule(R"({"pattern": "20IIIIIIIIIIK", "measure": "count"})"),
       "rules[0].measure: the pattern has no M"},
      {with_rule(R"({"pattern": "20IIIIIIMMMMK", "measure": "price"})"),
       "rules[0].decimals: is missing"},
      {with_rule(R"({"pattern": "20IIIIIIMMMMK", "measure": "price", "decimals": 3})"),
       "rules[0].decimals: 3 is no whole number of 0 to 2, the digits that EUR has"},
      {with_rule(R"({"pattern": "20IIIIIIMMMMK", "measure": "price", "decimals": 1.5})"),
       "rules[0].decimals: 1.5 is no whole number"},
      {with_rule(R"({"pattern": "20IIIIIIMMMMK", "measure": "weight", "decimals": -1})"),
       "rules[0].decimals: -1 is no whole number of 0 to 3"},
      {with_rule(
           R"({"pattern": "20IIIIIIMMMMK", "measure": "weight", "unit": "g", "decimals": 1})"),
       "rules[0].decimals: 1 is no whole number of 0 to 0, since weights are whole grams"},
      {with_rule(
           R"({"pattern": "20IIIIIIMMMMK", "measure": "weight", "unit": "oz", "decimals": 1})"),
       "rules[0].unit: \"oz\" is none of \"kg\", \"g\", \"lb\""},
      {with_rule(R"({"pattern": "20IIIIIIMMMMK", "measure": "count", "unit": "kg"})"),
       "rules[0].unit: only a weight has one"},
      {with_rule(R"({"pattern": "20IIIIIIMMMMK", "measure": "count", "decimals": 2})"),
       "rules[0].decimals: 2 is no whole number of 0 to 0, since pieces are whole"},
      {with_rule(R"({"pattern": "2IIIIIIK", "zero_measure": "no"})"),
       "rules[0].zero_measure: \"no\" is neither true nor false"},
  };
  for (const auto& [json, expected] : cases) EXPECT_THAT(fault(json), HasSubstr(expected)) << json;
}

TEST(RestrictedRules, want_a_currency_for_a_price) {
  EXPECT_THAT(fault(R"({"region": "a", "rules": [
                {"pattern": "20IIIIIIMMMMK", "measure": "price", "decimals": 0}]})"),
              HasSubstr("rules[0].measure: a price has a currency, but the set names none"));
}

TEST(RestrictedRules, refuse_one_that_no_number_could_reach) {
  const std::string wide = R"({"pattern": "2IIIIIIIIIIIK"})";
  const std::string narrow = R"({"pattern": "23IIIIIIMMMMK", "measure": "weight", "decimals": 3})";
  EXPECT_THAT(fault(with_rule(wide + "," + narrow)),
              HasSubstr("rules[1].pattern: rules[0] takes every number that fits it; put the "
                        "narrower rule first"));
  EXPECT_EQ(fault(with_rule(narrow + "," + wide)), "none");
}

TEST(RestrictedRules, are_at_most_two_hundred) {
  std::string many;
  for (int i = 0; i < 201; ++i)
    many += std::string(i > 0 ? "," : "") + R"({"pattern": "2IIIIIIK"})";
  EXPECT_THAT(fault(with_rule(many)), HasSubstr("rules: 201 rules; write 1 to 200"));
}

}  // namespace
}  // namespace cartwright::gs1
