#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/hex.hpp"

namespace cartwright::host {

// What a top-level collection of a HID report descriptor is for: 8c:02 is a bar code scanner, 01:06
// a keyboard (USB HID Usage Tables).
struct HidUsage {
  std::uint16_t page = 0;
  std::uint16_t usage = 0;
  friend bool operator==(const HidUsage&, const HidUsage&) = default;
};

// "8c:02"
std::string to_text(HidUsage usage);

// A page alone, or a page and a usage, as manifests name them.
struct HidUsagePattern {
  std::uint16_t page = 0;
  std::optional<std::uint16_t> usage;

  bool fits(HidUsage one) const { return one.page == page && (!usage || one.usage == *usage); }
};

// "8c" or "8c:02", lower-case hexadecimal of at most four digits each; nothing for anything else.
std::optional<HidUsagePattern> parse_usage_pattern(std::string_view text);
std::string to_text(HidUsagePattern pattern);

// The usages of the top-level collections in order (HID 1.11, 6.2.2). Reads as far as the
// descriptor is sound, at most 64 collections; never fails.
std::vector<HidUsage> top_level_usages(ByteView descriptor);

}  // namespace cartwright::host
