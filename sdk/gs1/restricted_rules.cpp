#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>
#include <set>

#include "base/currency.hpp"
#include "base/error.hpp"
#include "base/nearest.hpp"
#include "gs1/restricted.hpp"
#include "gs1/restricted_pattern.hpp"

namespace cartwright::gs1 {
namespace {

using Json = nlohmann::json;

constexpr std::array<std::string_view, 3> kSetKeys = {"region", "currency", "rules"};
constexpr std::array<std::string_view, 6> kRuleKeys = {"name",     "pattern", "measure",
                                                       "decimals", "unit",    "zero_measure"};
constexpr std::array<std::string_view, 4> kMeasures = {"none", "price", "weight", "count"};

constexpr std::size_t kMostRules = 200;
constexpr std::size_t kMostText = 100;  // bytes of a name
constexpr std::size_t kMostJson = 1U << 20U;

// One pound is 453.59237 g by definition.
constexpr std::int64_t kPoundNumerator = 45'359'237;
constexpr std::int64_t kPoundDenominator = 100'000;

[[noreturn]] void fail(const std::string& text) {
  throw Error(ErrorKind::invalid_input, "restricted rules: " + text);
}

std::string shown(const Json& value) {
  constexpr std::size_t kMost = 60;
  std::string text = value.dump(-1, ' ', false, Json::error_handler_t::replace);
  if (text.size() > kMost) text.replace(kMost, std::string::npos, "...");
  return text;
}

std::int64_t power_of_ten(std::int64_t exponent) {
  std::int64_t result = 1;
  for (; exponent > 0; --exponent) result *= 10;
  return result;
}

// An object of the text, asked for by key; `place` is "" or "rules[2].".
class Object {
 public:
  Object(const Json& json, std::string place, std::span<const std::string_view> keys)
      : json_(json), place_(std::move(place)) {
    if (!json_.is_object()) fail(place_ + " " + shown(json_) + " is no object {...}");
    for (const auto& [key, value] : json_.items()) {
      if (std::find(keys.begin(), keys.end(), key) == keys.end()) {
        fail("unknown key \"" + place_ + key + "\"" + did_you_mean(key, keys));
      }
    }
  }

  [[noreturn]] void refuse(std::string_view key, const std::string& why) const {
    fail(place_ + std::string(key) + ": " + why);
  }

  const Json* find(std::string_view key) const {
    const auto found = json_.find(key);
    return found == json_.end() ? nullptr : &*found;
  }

  // Empty where absent.
  std::string text(std::string_view key) const {
    const Json* value = find(key);
    if (!value) return {};
    if (!value->is_string()) refuse(key, shown(*value) + " is no text; write it in quotes");
    const auto& text = value->get_ref<const std::string&>();
    const bool printable = std::all_of(text.begin(), text.end(), [](char c) {
      return static_cast<unsigned char>(c) >= 0x20 && c != 0x7F;
    });
    if (text.empty() || text.size() > kMostText || !printable) {
      refuse(key, shown(*value) + " is no text of 1 to " + std::to_string(kMostText) +
                      " printable characters");
    }
    return text;
  }

  std::string required_text(std::string_view key, const std::string& expected) const {
    if (!find(key)) refuse(key, "is missing; write " + expected);
    return text(key);
  }

 private:
  const Json& json_;
  std::string place_;
};

Json parsed(std::string_view text) {
  if (text.size() > kMostJson)
    fail("the text is longer than " + std::to_string(kMostJson) + " bytes");
  std::vector<std::set<std::string>> keys;
  const auto unique_keys = [&](int, Json::parse_event_t event, Json& value) {
    if (event == Json::parse_event_t::object_start) keys.emplace_back();
    if (event == Json::parse_event_t::object_end) keys.pop_back();
    if (event == Json::parse_event_t::key) {
      const auto& key = value.get_ref<const std::string&>();
      if (!keys.back().insert(key).second)
        fail("the key \"" + key + "\" stands twice in one object");
    }
    return true;
  };
  try {
    return Json::parse(text.begin(), text.end(), unique_keys);
  } catch (const Json::parse_error& error) {
    fail("no JSON at byte " + std::to_string(error.byte) + "; check the text there");
  } catch (const Json::out_of_range&) {
    fail("a number in the text is too large; decimals are small whole numbers");
  }
}

RestrictedMeasure measure_of(const Object& object) {
  const std::string name = object.find("measure") ? object.text("measure") : "none";
  const auto found = std::find(kMeasures.begin(), kMeasures.end(), name);
  if (found == kMeasures.end()) {
    object.refuse("measure", "\"" + name + "\" is none of none, price, weight, count" +
                                 did_you_mean(name, kMeasures));
  }
  return static_cast<RestrictedMeasure>(found - kMeasures.begin());
}

// How many digits of the measure stand behind the point.
std::int64_t decimals_of(const Object& object, std::int64_t most, const std::string& reason) {
  const Json* value = object.find("decimals");
  if (!value) object.refuse("decimals", "is missing; write how many M stand behind the point");
  const bool fits = value->is_number_integer() && *value >= 0 && *value <= most;
  if (!fits) {
    object.refuse("decimals",
                  shown(*value) + " is no whole number of 0 to " + std::to_string(most) + reason);
  }
  return value->get<std::int64_t>();
}

void scale_price(const Object& object, const std::string& currency, RestrictedRule& rule) {
  if (currency.empty())
    fail("currency: is missing; a rule reads a price, write \"EUR\" or another");
  const Currency* known = find_currency(currency);
  const int digits = known == nullptr ? 0 : known->exponent;
  const std::int64_t decimals =
      decimals_of(object, digits, ", the digits that " + currency + " has behind the point");
  rule.multiply = power_of_ten(digits - decimals);
}

void scale_weight(const Object& object, RestrictedRule& rule) {
  const std::string unit = object.find("unit") ? object.text("unit") : "kg";
  if (unit == "kg") {
    rule.multiply = power_of_ten(3 - decimals_of(object, 3, ", since weights are whole grams"));
  } else if (unit == "g") {
    decimals_of(object, 0, ", since weights are whole grams");
  } else if (unit == "lb") {
    rule.multiply = kPoundNumerator;
    rule.divide = kPoundDenominator * power_of_ten(decimals_of(object, 4, ""));
  } else {
    object.refuse("unit", "\"" + unit + "\" is none of kg, g, lb");
  }
}

// "price-20": the measure and the digits that the pattern begins with.
std::string default_name(RestrictedMeasure measure, std::string_view pattern) {
  const std::string_view digits = pattern.substr(0, pattern.find_first_of("IMVXK"));
  return std::string(kMeasures[static_cast<std::size_t>(measure)]) + "-" + std::string(digits);
}

RestrictedRule rule_of(const Object& object, const std::string& currency) {
  RestrictedRule rule;
  const std::string pattern =
      object.required_text("pattern", "one character a digit, such as \"23IIIIIIMMMMK\"");
  if (const std::string fault = pattern_fault(pattern); !fault.empty()) {
    object.refuse("pattern", "\"" + pattern + "\" " + fault);
  }
  rule.pattern = padded_pattern(pattern);
  rule.measure = measure_of(object);
  rule.name = object.find("name") ? object.text("name") : default_name(rule.measure, pattern);
  const bool has_measure = pattern.find('M') != std::string::npos;
  if (has_measure != (rule.measure != RestrictedMeasure::none)) {
    object.refuse("measure",
                  has_measure
                      ? "is missing or none; the pattern has M, so write price, weight or count"
                      : "the pattern has no M for it");
  }
  if (rule.measure == RestrictedMeasure::price) scale_price(object, currency, rule);
  if (rule.measure == RestrictedMeasure::weight) scale_weight(object, rule);
  const bool whole =
      rule.measure == RestrictedMeasure::none || rule.measure == RestrictedMeasure::count;
  if (whole && object.find("decimals")) decimals_of(object, 0, ", since pieces are whole");
  if (object.find("unit") && rule.measure != RestrictedMeasure::weight) {
    object.refuse("unit", "only a weight has one");
  }
  if (const Json* zero = object.find("zero_measure")) {
    if (!zero->is_boolean())
      object.refuse("zero_measure", shown(*zero) + " is neither true nor false");
    rule.zero_measure = zero->get<bool>();
  }
  return rule;
}

// A rule behind one that takes all its numbers, and has no check digit to let some pass, is a
// mistake in the order.
void check_reachable(const RestrictedRules& rules) {
  for (std::size_t later = 1; later < rules.rules.size(); ++later) {
    for (std::size_t earlier = 0; earlier < later; ++earlier) {
      const RestrictedRule& first = rules.rules[earlier];
      if (first.pattern.find('V') != std::string::npos) continue;
      if (!covers(first.pattern, rules.rules[later].pattern)) continue;
      fail("rules[" + std::to_string(later) + "].pattern: rules[" + std::to_string(earlier) +
           "] takes every number that fits it; put the narrower rule first");
    }
  }
}

}  // namespace

RestrictedRules parse_restricted_rules(std::string_view json) {
  const Json text = parsed(json);
  const Object object(text, "", kSetKeys);
  RestrictedRules result;
  result.region = object.required_text("region", "a name such as \"NO\"");
  if (object.find("currency")) {
    result.currency = object.text("currency");
    if (find_currency(result.currency) == nullptr) {
      object.refuse("currency", "\"" + result.currency +
                                    "\" is no currency code of ISO 4217; write three capital "
                                    "letters such as \"EUR\"");
    }
  }
  const Json* rules = object.find("rules");
  if (!rules) object.refuse("rules", "is missing; write a list of rules [...]");
  if (!rules->is_array() || rules->empty() || rules->size() > kMostRules) {
    object.refuse("rules",
                  shown(*rules) + " is no list of 1 to " + std::to_string(kMostRules) + " rules");
  }
  for (std::size_t i = 0; i < rules->size(); ++i) {
    const Object rule((*rules)[i], "rules[" + std::to_string(i) + "].", kRuleKeys);
    result.rules.push_back(rule_of(rule, result.currency));
  }
  check_reachable(result);
  return result;
}

}  // namespace cartwright::gs1
