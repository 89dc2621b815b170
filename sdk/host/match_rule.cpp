#include "host/match_rule.hpp"

#include <algorithm>

#include "host/attached.hpp"
#include "host/manifest_words.hpp"

namespace cartwright::host {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

constexpr std::size_t longest_product = 126;  // characters of a USB string (USB 2.0, 9.6.7)

// A pattern that everything fits would bind everything.
bool says_something(std::string_view pattern) {
  return pattern.find_first_not_of("* ") != std::string_view::npos &&
         std::ranges::none_of(pattern, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

}  // namespace

bool fits_pattern(std::string_view pattern, std::string_view text) {
  std::size_t at = 0;
  std::size_t star = std::string_view::npos;  // the last * and where its text began
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size();) {
    if (at < pattern.size() && pattern[at] == '*') {
      star = at++;
      begin = i;
    } else if (at < pattern.size() && lower(pattern[at]) == lower(text[i])) {
      ++at;
      ++i;
    } else if (star != std::string_view::npos) {
      at = star + 1;
      i = ++begin;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', at) == std::string_view::npos;
}

MatchRule read_match_rule(JsonObject object) {
  MatchRule rule;
  rule.usb = object.text_or("usb", "");
  const std::string usage = object.text_or("usage", "");
  rule.product = object.text_or("product", "");
  rule.note = object.text_or("note", "");
  object.finish();
  if (rule.usb.empty() && usage.empty() && rule.product.empty()) {
    object.refuse("usb", "is missing; a rule needs one of usb, usage and product");
  }
  if (!rule.usb.empty() && !is_usb_pattern(rule.usb)) {
    object.refuse("usb",
                  "must be VENDOR:PRODUCT in four lower-case hexadecimal digits each, such as "
                  "\"0403:6001\", or VENDOR:* for all products of a vendor; it is \"" +
                      rule.usb + "\"");
  }
  if (!usage.empty()) {
    rule.usage = parse_usage_pattern(usage);
    if (!rule.usage) {
      object.refuse(
          "usage",
          "must be a HID usage page, or page and usage, in lower-case hexadecimal, such as "
          "\"8c\" or \"8c:02\"; it is \"" +
              usage + "\"");
    }
  }
  if (rule.product.size() > longest_product ||
      (!rule.product.empty() && !says_something(rule.product))) {
    object.refuse("product", "must be 1 to " + std::to_string(longest_product) +
                                 " characters with more than *, such as \"*Scanner*\"; it is \"" +
                                 rule.product + "\"");
  }
  return rule;
}

bool fits(const MatchRule& rule, const Attached& device) {
  if (rule.is_exact() && rule.usb != device.ids) return false;
  if (!rule.usb.empty() && !rule.is_exact() && !device.ids.starts_with(rule.usb.substr(0, 5))) {
    return false;
  }
  if (rule.usage &&
      std::ranges::none_of(device.usages, [&](HidUsage one) { return rule.usage->fits(one); })) {
    return false;
  }
  return rule.product.empty() || fits_pattern(rule.product, device.product);
}

std::string to_text(const MatchRule& rule) {
  std::string text;
  const auto add = [&](const std::string& part) { text += (text.empty() ? "" : ", ") + part; };
  if (!rule.usb.empty()) add("usb " + rule.usb);
  if (rule.usage) add("usage " + to_text(*rule.usage));
  if (!rule.product.empty()) add("product " + rule.product);
  return text;
}

}  // namespace cartwright::host
