#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/hex.hpp"

namespace cartwright::link {

// What a top-level collection is for: page 8c usage 02 is a bar code scanner (HID Usage Tables).
struct HidUsage {
  std::uint16_t page = 0;
  std::uint16_t usage = 0;
  friend bool operator==(const HidUsage&, const HidUsage&) = default;
};

// A page alone, or page and usage: "8c", "8c:02".
struct HidUsageWanted {
  std::uint16_t page = 0;
  std::optional<std::uint16_t> usage;

  bool fits(HidUsage one) const { return one.page == page && (!usage || one.usage == *usage); }
};
std::optional<HidUsageWanted> read_hid_usage(std::string_view text);
std::string to_text(HidUsage usage);
std::string to_text(const HidUsageWanted& wanted);

// What a link must know of a report descriptor to move whole reports (HID 1.11, 5.3 to 6.2.2); what
// stands in them is the driver's.
struct HidReports {
  enum class Kind : std::uint8_t { input = 1, output = 2, feature = 3 };  // as in 7.2.1

  bool has_ids = false;
  std::vector<HidUsage> usages;  // of the top-level collections

  // Bytes of a report on the wire, its ID included; 0 where the descriptor has none such.
  std::size_t size(Kind kind, std::uint8_t id) const;
  std::size_t longest(Kind kind) const;

  std::map<std::pair<Kind, std::uint8_t>, std::uint64_t> bits;
};

// Reads as far as the descriptor is sound. Reports longer than 16 KiB are taken for nonsense.
HidReports read_hid_reports(ByteView descriptor);

}  // namespace cartwright::link
