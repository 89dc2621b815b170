#pragma once

// One field of a report, as its descriptor has it (clauses 6.2.2.4 to 6.2.2.8).

#include <cartwright/driver/hid/bits.hpp>

#include <span>

namespace cartwright::driver::hid {

enum class ReportKind : std::uint8_t { input, output, feature };

// A usage as (page << 16 | id).
constexpr std::uint32_t usage(std::uint32_t page, std::uint32_t id) {
  return page << 16 | (id & 0xFFFFu);
}

struct UsageRange {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  friend constexpr bool operator==(const UsageRange&, const UsageRange&) = default;
};

// Bits of an Input, Output or Feature item (clause 6.2.2.5).
inline constexpr std::uint32_t flag_constant = 1u << 0;
inline constexpr std::uint32_t flag_variable = 1u << 1;
inline constexpr std::uint32_t flag_relative = 1u << 2;

// One Input, Output or Feature item: `count` elements of `bits` each, one after the other. Valid
// while the visitor is called.
struct Field {
  ReportKind kind = ReportKind::input;
  std::uint8_t report_id = 0;  // 0: the device has none
  std::uint32_t flags = 0;
  std::uint32_t offset = 0;  // of the first element in bits, report ID included
  std::uint32_t bits = 0;
  std::uint32_t count = 0;
  std::int64_t logical_min = 0;
  std::int64_t logical_max = 0;
  std::int64_t physical_min = 0;
  std::int64_t physical_max = 0;
  std::int32_t unit_exponent = 0;  // -8 to 7 where the device follows the table of clause 6.2.2.7
  std::uint32_t unit = 0;
  std::uint32_t application = 0;  // usage of the outermost collection
  std::uint32_t collection = 0;   // usage of the innermost, as far as kept
  std::span<const UsageRange> usages;

  constexpr bool is_constant() const { return (flags & flag_constant) != 0; }
  // Each element holds one usage's value; else (an array) each holds the index of one that is on.
  constexpr bool is_variable() const { return (flags & flag_variable) != 0; }
  constexpr std::uint32_t element_offset(std::uint32_t element) const {
    return offset + element * bits;
  }

  // The usage number `index` of the list. Where there are fewer, the last serves the rest (clause
  // 6.2.2.8); 0 where the item has none.
  constexpr std::uint32_t usage_at(std::uint32_t index) const {
    for (const UsageRange& range : usages) {
      const std::uint32_t more = range.last - range.first;
      if (index <= more) return range.first + index;
      index -= more + 1;
    }
    return usages.empty() ? 0 : usages.back().last;
  }
  // The usage that an array's element names with `value`; 0 where it names none.
  constexpr std::uint32_t usage_of_value(std::uint32_t value) const {
    if (value < logical_min || value > logical_max) return 0;
    std::uint64_t index = static_cast<std::uint64_t>(value - logical_min);
    for (const UsageRange& range : usages) {
      const std::uint64_t size = std::uint64_t{range.last} - range.first + 1;
      if (index < size) return range.first + static_cast<std::uint32_t>(index);
      index -= size;
    }
    return 0;
  }
  constexpr bool has_usage(std::uint32_t wanted) const {
    for (const UsageRange& range : usages) {
      if (wanted >= range.first && wanted <= range.last) return true;
    }
    return false;
  }
  // The element of a variable field that holds `wanted`: its first.
  constexpr std::optional<std::uint32_t> element_of(std::uint32_t wanted) const {
    std::uint64_t before = 0;
    for (const UsageRange& range : usages) {
      if (wanted >= range.first && wanted <= range.last) {
        before += wanted - range.first;
        if (before >= count) return std::nullopt;
        return static_cast<std::uint32_t>(before);
      }
      before += std::uint64_t{range.last} - range.first + 1;
    }
    return std::nullopt;
  }
};

}  // namespace cartwright::driver::hid
