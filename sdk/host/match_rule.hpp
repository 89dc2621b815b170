#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "host/hid_usage.hpp"

namespace cartwright {
class JsonObject;
}

namespace cartwright::host {

struct Attached;

// One entry of a manifest's "match": which devices a driver is for. All that it says must fit.
struct MatchRule {
  std::string usb;                       // "0403:6001" or "05e0:*", lower case; empty: any
  std::optional<HidUsagePattern> usage;  // of a top-level collection
  std::string product;                   // with * for any characters; empty: any
  std::string note;                      // for people

  // True where it names one product of a vendor.
  bool is_exact() const { return !usb.empty() && !usb.ends_with('*'); }
};

// Error invalid_input names the key and the remedy: an entry that says nothing, an id or a usage
// that is none, a product pattern without a character of its own.
MatchRule read_match_rule(JsonObject object);

bool fits(const MatchRule& rule, const Attached& device);

// "usb 05e0:1900, usage 8c:02, product *Scanner*"
std::string to_text(const MatchRule& rule);

// True where the whole text is the pattern, * standing for any characters; case does not matter.
bool fits_pattern(std::string_view pattern, std::string_view text);

}  // namespace cartwright::host
