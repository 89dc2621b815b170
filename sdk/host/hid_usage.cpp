#include "host/hid_usage.hpp"

#include <algorithm>

namespace cartwright::host {

// A link takes digits of either case; manifests are written one way.
std::optional<HidUsagePattern> parse_usage_pattern(std::string_view text) {
  if (std::ranges::any_of(text, [](char c) { return c >= 'A' && c <= 'F'; })) return std::nullopt;
  return link::read_hid_usage(text);
}

std::vector<HidUsage> top_level_usages(ByteView descriptor) {
  return link::read_hid_reports(descriptor).usages;
}

}  // namespace cartwright::host
