#include "gs1/restricted.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "gs1/measure_check.hpp"
#include "support/published.hpp"

namespace cartwright::gs1 {
namespace {

using ::testing::HasSubstr;

struct Case {
  const char* region;
  const char* digits;
  std::optional<std::int64_t> price = {};
  std::optional<std::int64_t> grams = {};
  std::optional<std::int64_t> count = {};
};

std::optional<std::variant<RestrictedNumber, Refusal>> read(std::string_view digits,
                                                            std::string_view region) {
  const RestrictedRules* rules = restricted_rules(region);
  if (!rules) throw Error(ErrorKind::not_found, "no set " + std::string(region));
  return read_restricted(digits, *rules);
}

RestrictedNumber number(std::string_view digits, std::string_view region) {
  const auto result = read(digits, region);
  if (!result) throw Error(ErrorKind::not_found, "no rule for " + std::string(digits));
  if (const auto* refusal = std::get_if<Refusal>(&*result)) {
    throw Error(ErrorKind::refused, refusal->text);
  }
  return std::get<RestrictedNumber>(*result);
}

Refusal refused(std::string_view digits, std::string_view region) {
  const auto result = read(digits, region);
  if (!result) throw Error(ErrorKind::not_found, "no rule for " + std::string(digits));
  return std::get<Refusal>(*result);
}

// Numbers that national guides, labels and the tests of other readers publish.
const std::vector<Case>& list() {
  static const std::vector<Case> cases = {
      {"EE", "2311111112345", {}, 1234},   {"EE", "2411111112342", {}, 12340},
      {"LV", "2311111112345", {}, 1234},   {"LV", "2411111112342", {}, 12340},
      {"LV", "2511111112349", {}, 123400}, {"LT", "2411111112342", {}, 12340},
      {"DK", "2135040039753", 3975},       {"DK", "2235040039750", 3975},
      {"DK", "2335040039757", 3975},       {"DK", "2435040039754", 3975},
      {"DK", "2623570001505", {}, 150},    {"DK", "2712341002251", {}, 225},
      {"DK", "2823570001509", {}, 150},    {"FI", "2388060112344", {}, 1234},
      {"FI", "2488060112341", {}, 12340},  {"FI", "2588060112348", {}, 123400},
      {"DE", "2211114002394", 239},        {"DE", "2330714002396", 239},
      {"DE", "2511119000129", {}, {}, 12}, {"DE", "2630719000121", {}, {}, 12},
      {"DE", "2811111068708", {}, 6870},   {"DE", "2930711068700", {}, 6870},
      {"DE", "02211114002394", 239},       {"DE", "02511119000129", {}, {}, 12},
      {"DE", "02811111068708", {}, 6870},  {"GB", "2011122912346", 1234},
      {"NO", "2302148210869", {}, 1086},   {"NO", "2368091402263", {}, 226},
      {"SE", "2088060112343", 1234},       {"SE", "2188060112340", 12340},
      {"SE", "2288060112347", 123400},     {"SE", "2388060112344", {}, 1234},
      {"SE", "2488060112341", {}, 12340},  {"SE", "2588060112348", {}, 123400},
      {"SE", "2001111111119", 1111},       {"US", "212345019955", 1995},
      {"US-5", "212345019955", 1995},
  };
  return cases;
}

TEST(Restricted, reads_the_published_numbers) {
  for (const Case& one : list()) {
    const RestrictedNumber result = number(one.digits, one.region);
    EXPECT_EQ(result.price_minor, one.price) << one.region << " " << one.digits;
    EXPECT_EQ(result.weight_grams, one.grams) << one.region << " " << one.digits;
    EXPECT_EQ(result.count, one.count) << one.region << " " << one.digits;
  }
}

// The same from the published file, where it is on this machine: none is left out above.
TEST(Restricted, reads_every_number_of_the_published_file) {
  const auto cases = test::published("gs1_rcn_biip.json");
  if (!cases) GTEST_SKIP() << "no published vectors here";
  for (const auto& one : *cases) {
    const auto known = std::find_if(list().begin(), list().end(), [&](const Case& c) {
      return one.at("code").get<std::string>() == c.digits;
    });
    const bool unread = one.at("code") == "2911111111111";
    EXPECT_TRUE(unread || known != list().end()) << one.dump();
  }
}

TEST(Restricted, gives_the_item_without_its_measure) {
  const std::vector<std::array<const char*, 3>> cases = {
      {"DK", "2712341002251", "02712341000004"}, {"DK", "02712341002251", "02712341000004"},
      {"EE", "2311111112345", "02311111100007"}, {"FI", "2311111112345", "02311111100007"},
      {"DE", "2811111068708", "02811110000006"}, {"DE", "02811111068708", "02811110000006"},
      {"GB", "2011122912346", "02011122000005"}, {"NO", "2302148210869", "02302148200006"},
      {"SE", "2088060112343", "02088060100005"}};
  for (const auto& [region, digits, item] : cases) {
    EXPECT_EQ(number(digits, region).item.text(), item) << region << " " << digits;
  }
}

TEST(Restricted, says_nothing_of_numbers_that_no_rule_speaks_of) {
  for (const char* region : {"NO", "SE", "FI", "DK", "GB", "EE", "LV", "LT"}) {
    EXPECT_EQ(read("2911111111111", region), std::nullopt) << region;
  }
  for (const char* digits : {"4006381333931", "96385074", "0412345678903", "12991111111110", "",
                             "23021482108", "2302148210869 ", "23021A8210869"}) {
    EXPECT_EQ(read(digits, "NO"), std::nullopt) << digits;
  }
}

TEST(Restricted, refuses_a_wrong_check_digit_of_the_measure_and_says_which_is_right) {
  const Refusal price = refused("2011122812349", "GB");
  EXPECT_EQ(price.text,
            "the check digit of the price at position 8 is 8, but 9 is right for 1234; scan the "
            "label again");
  EXPECT_EQ(price.at, 7U);
  EXPECT_EQ(price.kind, RefusalKind::wrong_check_digit);
  EXPECT_THAT(refused("2511118000120", "DE").text, HasSubstr("of the count at position 7"));
  EXPECT_EQ(refused("02511118000120", "DE").at, 7U);
}

TEST(Restricted, refuses_a_wrong_check_digit_of_the_number) {
  const Refusal refusal = refused("2302148210868", "NO");
  EXPECT_THAT(refusal.text, HasSubstr("of the number at position 13 is 8, but 9 is right"));
  EXPECT_EQ(refusal.at, 12U);
}

TEST(Restricted, names_the_item_alone_where_the_measure_is_zero) {
  const RestrictedNumber item = number("2302148200006", "NO");
  EXPECT_EQ(item.item.text(), "02302148200006");
  EXPECT_EQ(item.weight_grams, std::nullopt);
  EXPECT_EQ(item.rule, "weight-23");
}

TEST(Restricted, reads_an_american_price_with_and_without_its_check_digit) {
  // 2IIIIIVMMMMK: 7 is right for 19.95, 0 says that the scale printed none.
  EXPECT_EQ(number("212345719954", "US").price_minor, 1995);
  EXPECT_EQ(number("212345719954", "US").rule, "price-2");
  EXPECT_EQ(number("212345019955", "US").rule, "price-2-unchecked");
  EXPECT_EQ(number("212345719954", "US").item, number("212345019955", "US").item);
  EXPECT_EQ(number("0212345719954", "US").price_minor, 1995);
  EXPECT_EQ(number("00212345719954", "US").price_minor, 1995);
  EXPECT_THAT(refused("212345119952", "US").text, HasSubstr("is 1, but 7 is right for 1995"));
  EXPECT_EQ(refused("212345119952", "US").at, 6U);
}

TEST(Restricted, reads_american_prices_of_five_digits) {
  EXPECT_EQ(number("212345198957", "US-5").price_minor, 19895);
  // 2IIIIVMMMMMK: 6 is right for 146.85.
  EXPECT_EQ(number("212346146858", "US-5V").price_minor, 14685);
  EXPECT_EQ(refused("212345146859", "US-5V").at, 5U);
}

TEST(Restricted, of_the_generic_set_is_looked_up_as_it_stands) {
  for (const char* digits : {"2302148210869", "0212345678909", "0412345678903", "412345678903",
                             "00012348", "20123451"}) {
    const RestrictedNumber result = number(digits, "generic");
    EXPECT_EQ(result.item, Gtin14::parse(digits)) << digits;
    EXPECT_FALSE(result.price_minor || result.weight_grams || result.count) << digits;
  }
  EXPECT_EQ(read("4006381333931", "generic"), std::nullopt);
  EXPECT_EQ(read("96385074", "generic"), std::nullopt);
}

TEST(Restricted, tries_rules_in_their_order) {
  const auto rules = parse_restricted_rules(R"({"region": "here", "currency": "EUR", "rules": [
    {"name": "own", "pattern": "2012IIIIMMMMK", "measure": "count"},
    {"pattern": "20IIIIIIMMMMK", "measure": "price", "decimals": 2}]})");
  const auto own = read_restricted("2012345600126", rules);
  ASSERT_TRUE(own);
  EXPECT_EQ(std::get<RestrictedNumber>(*own).count, 12);
  EXPECT_EQ(std::get<RestrictedNumber>(*read_restricted("2088060112343", rules)).price_minor, 1234);
}

TEST(Restricted, turns_pounds_into_grams_half_up) {
  const auto rules = parse_restricted_rules(R"({"region": "here", "rules": [
    {"pattern": "23IIIIIMMMMMK", "measure": "weight", "unit": "lb", "decimals": 2}]})");
  const auto one_pound = read_restricted("2300001001005", rules);
  ASSERT_TRUE(one_pound);
  EXPECT_EQ(std::get<RestrictedNumber>(*one_pound).weight_grams, 454);  // 453.59237
}

TEST(Restricted, may_keep_the_measure_in_the_item) {
  const auto rules = parse_restricted_rules(R"({"region": "here", "currency": "EUR", "rules": [
    {"pattern": "20IIIIIIMMMMK", "measure": "price", "decimals": 2, "zero_measure": false}]})");
  const auto result = std::get<RestrictedNumber>(*read_restricted("2088060112343", rules));
  EXPECT_EQ(result.item.text(), "02088060112343");
  EXPECT_EQ(result.price_minor, 1234);
}

// A number that the rule describes, with the digits `measure` where its M stand.
std::string built(const RestrictedRule& rule, const std::string& measure) {
  std::string digits;
  std::size_t next = 0;
  for (const char kind : rule.pattern) {
    if (kind == 'K') break;
    if (kind == 'M') {
      digits += measure[next++];
    } else if (kind == 'V') {
      digits += *measure_check_digit(measure);
    } else if (kind == 'I' || kind == 'X') {
      digits += static_cast<char>('0' + *rc::gen::inRange(0, 10));
    } else {
      digits += kind;
    }
  }
  return digits + *check_digit(digits);
}

RC_GTEST_PROP(Restricted, reads_back_what_each_rule_can_say, ()) {
  const auto regions = restricted_regions();
  const auto& set = *restricted_rules(regions[*rc::gen::inRange<std::size_t>(0, regions.size())]);
  const auto& rule = set.rules[*rc::gen::inRange<std::size_t>(0, set.rules.size())];
  const auto length = std::count(rule.pattern.begin(), rule.pattern.end(), 'M');
  std::string measure;
  while (measure.size() < static_cast<std::size_t>(length)) {
    measure += static_cast<char>('0' + *rc::gen::inRange(0, 10));
  }
  const std::string digits = built(rule, measure);
  const auto result = read_restricted(digits, set);
  RC_ASSERT(result.has_value());
  const auto* read_back = std::get_if<RestrictedNumber>(&*result);
  RC_ASSERT(read_back != nullptr);
  const std::int64_t value = measure.empty() ? 0 : std::stoll(measure);
  const std::int64_t expected = value * rule.multiply / rule.divide;
  const std::int64_t found = read_back->price_minor.value_or(0) +
                             read_back->weight_grams.value_or(0) + read_back->count.value_or(0);
  RC_ASSERT(found == expected);
  // The item does not depend on the measure, and reading it again gives it back.
  const std::string nothing(measure.size(), '0');
  const std::string item = read_back->item.text();
  RC_ASSERT(has_valid_check_digit(item));
  const auto again = read_restricted(item, set);
  RC_ASSERT(again.has_value());
  RC_ASSERT(std::get<RestrictedNumber>(*again).item == read_back->item);
}

RC_GTEST_PROP(Restricted, finds_every_wrong_digit_of_a_label, ()) {
  const RestrictedRules& set = *restricted_rules("GB");
  std::string digits = built(set.rules[0], "1234").substr(1);
  const auto at = *rc::gen::inRange<std::size_t>(2, digits.size());
  digits[at] = static_cast<char>('0' + (digits[at] - '0' + *rc::gen::inRange(1, 10)) % 10);
  const auto result = read_restricted(digits, set);
  RC_ASSERT(result.has_value() && std::holds_alternative<Refusal>(*result));
}

}  // namespace
}  // namespace cartwright::gs1
