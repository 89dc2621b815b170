#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "link/hid_descriptor.hpp"

namespace cartwright::host {

using link::HidUsage;
using link::to_text;
// A page alone, or a page and a usage, as manifests name them.
using HidUsagePattern = link::HidUsageWanted;

// "8c" or "8c:02", lower-case hexadecimal of at most four digits each; nothing for anything else.
std::optional<HidUsagePattern> parse_usage_pattern(std::string_view text);

// The usages of the top-level collections in order (HID 1.11, 6.2.2). Reads as far as the
// descriptor is sound, at most 64 collections; never fails.
std::vector<HidUsage> top_level_usages(ByteView descriptor);

}  // namespace cartwright::host
