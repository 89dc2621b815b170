#include <algorithm>
#include <array>

#include "base/currency.hpp"
#include "base/json_object.hpp"
#include "base/strict_json.hpp"
#include "gs1/restricted.hpp"
#include "gs1/restricted_pattern.hpp"

namespace cartwright::gs1 {
namespace {

constexpr std::array<std::string_view, 4> kMeasures = {"none", "price", "weight", "count"};
constexpr std::array<std::string_view, 3> kUnits = {"kg", "g", "lb"};

constexpr std::size_t kMostRules = 200;
constexpr std::size_t kMostName = 100;  // bytes
constexpr std::size_t kMostJson = 1U << 20U;

// One pound is 453.59237 g by definition.
constexpr std::int64_t kPoundNumerator = 45'359'237;
constexpr std::int64_t kPoundDenominator = 100'000;

std::int64_t power_of_ten(std::int64_t exponent) {
  std::int64_t result = 1;
  for (; exponent > 0; --exponent) result *= 10;
  return result;
}

// A rule as it stands, before its parts are held against each other.
struct WrittenRule {
  std::string name;
  std::string pattern;
  RestrictedMeasure measure = RestrictedMeasure::none;
  std::string_view unit;  // empty where absent
  bool has_decimals = false;
};

std::string name_of(JsonObject& object, std::string_view key, std::string_view otherwise) {
  std::string name = object.text_or(key, otherwise);
  if (name.size() > kMostName) {
    object.refuse(key, "longer than " + std::to_string(kMostName) + " bytes");
  }
  return name;
}

// How many digits of the measure stand behind the point.
std::int64_t decimals_of(JsonObject& object, std::int64_t most, const std::string& reason) {
  const nlohmann::json& value = object.value("decimals", "write how many M stand behind the point");
  const bool fits = value.is_number_integer() && value >= 0 && value <= most;
  if (!fits) {
    object.refuse("decimals", shown_json(value) + " is no whole number of 0 to " +
                                  std::to_string(most) + reason);
  }
  return value.get<std::int64_t>();
}

void scale_price(JsonObject& object, const std::string& currency, RestrictedRule& rule) {
  if (currency.empty()) {
    object.refuse("measure", "a price has a currency, but the set names none; write \"currency\"");
  }
  const Currency* known = find_currency(currency);
  const int digits = known == nullptr ? 0 : known->exponent;
  const std::int64_t decimals =
      decimals_of(object, digits, ", the digits that " + currency + " has behind the point");
  rule.multiply = power_of_ten(digits - decimals);
}

void scale_weight(JsonObject& object, std::string_view unit, RestrictedRule& rule) {
  if (unit.empty() || unit == "kg") {
    rule.multiply = power_of_ten(3 - decimals_of(object, 3, ", since weights are whole grams"));
  } else if (unit == "g") {
    decimals_of(object, 0, ", since weights are whole grams");
  } else {
    rule.multiply = kPoundNumerator;
    rule.divide = kPoundDenominator * power_of_ten(decimals_of(object, 4, ""));
  }
}

// "price-20": the measure and the digits that the pattern begins with.
std::string default_name(RestrictedMeasure measure, std::string_view pattern) {
  const std::string_view digits = pattern.substr(0, pattern.find_first_of("IMVXK"));
  return std::string(kMeasures[static_cast<std::size_t>(measure)]) + "-" + std::string(digits);
}

WrittenRule read_rule(JsonObject& object, RestrictedRule& rule) {
  WrittenRule written;
  written.pattern =
      object.text("pattern", "write one character a digit, such as \"23IIIIIIMMMMK\"");
  const auto measure =
      std::find(kMeasures.begin(), kMeasures.end(), object.word_or_first("measure", kMeasures));
  written.measure = static_cast<RestrictedMeasure>(measure - kMeasures.begin());
  written.name = name_of(object, "name", "");
  written.has_decimals = object.has("decimals");
  if (object.has("unit")) written.unit = object.word("unit", kUnits);
  rule.zero_measure = object.boolean_or("zero_measure", rule.zero_measure);
  object.finish();
  return written;
}

RestrictedRule rule_of(JsonObject& object, const std::string& currency) {
  RestrictedRule rule;
  const WrittenRule written = read_rule(object, rule);
  if (const std::string fault = pattern_fault(written.pattern); !fault.empty()) {
    object.refuse("pattern", shown_json(written.pattern) + " " + fault);
  }
  rule.pattern = padded_pattern(written.pattern);
  rule.measure = written.measure;
  rule.name = written.name.empty() ? default_name(rule.measure, written.pattern) : written.name;
  const bool has_measure = written.pattern.find('M') != std::string::npos;
  if (has_measure != (rule.measure != RestrictedMeasure::none)) {
    object.refuse("measure",
                  has_measure
                      ? "is missing or none; the pattern has M, so write price, weight or count"
                      : "the pattern has no M for it");
  }
  if (rule.measure == RestrictedMeasure::price) scale_price(object, currency, rule);
  if (rule.measure == RestrictedMeasure::weight) scale_weight(object, written.unit, rule);
  const bool whole =
      rule.measure == RestrictedMeasure::none || rule.measure == RestrictedMeasure::count;
  if (whole && written.has_decimals) decimals_of(object, 0, ", since pieces are whole");
  if (!written.unit.empty() && rule.measure != RestrictedMeasure::weight) {
    object.refuse("unit", "only a weight has one");
  }
  return rule;
}

// A rule behind one that takes all its numbers, and has no check digit to let some pass, is a
// mistake in the order.
void check_reachable(const RestrictedRules& rules, const std::vector<JsonObject>& objects) {
  for (std::size_t later = 1; later < rules.rules.size(); ++later) {
    for (std::size_t earlier = 0; earlier < later; ++earlier) {
      const RestrictedRule& first = rules.rules[earlier];
      if (first.pattern.find('V') != std::string::npos) continue;
      if (!covers(first.pattern, rules.rules[later].pattern)) continue;
      objects[later].refuse("pattern",
                            "rules[" + std::to_string(earlier) +
                                "] takes every number that fits it; put the narrower rule first");
    }
  }
}

}  // namespace

RestrictedRules parse_restricted_rules(std::string_view json) {
  const std::string place = "restricted rules";
  const nlohmann::json text = parse_strict_json(json, place, kMostJson);
  JsonObject object(text, place);
  RestrictedRules result;
  object.value("region", "write a name such as \"NO\"");
  result.region = name_of(object, "region", "");
  result.currency = object.text_or("currency", "");
  if (!result.currency.empty() && find_currency(result.currency) == nullptr) {
    object.refuse("currency", shown_json(result.currency) +
                                  " is no currency code of ISO 4217; write three capital "
                                  "letters such as \"EUR\"");
  }
  object.value("rules", "write a list of rules [...]");
  std::vector<JsonObject> rules = object.objects("rules");
  object.finish();
  if (rules.empty() || rules.size() > kMostRules) {
    object.refuse(
        "rules", std::to_string(rules.size()) + " rules; write 1 to " + std::to_string(kMostRules));
  }
  for (JsonObject& rule : rules) result.rules.push_back(rule_of(rule, result.currency));
  check_reachable(result, rules);
  return result;
}

}  // namespace cartwright::gs1
