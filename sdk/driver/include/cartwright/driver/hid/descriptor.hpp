#pragma once

// A report descriptor, item by item (clauses 6.2.2 to 6.2.2.9). Nothing is allocated and each count
// has a bound, as the bytes come from whatever was plugged in.

#include <cartwright/driver/hid/field.hpp>
#include <cartwright/driver/hid/item.hpp>

#include <array>
#include <string_view>
#include <utility>

namespace cartwright::driver::hid {

// How reading ended. `reason` is for people and static; `at` is the item's place in the descriptor.
struct Verdict {
  std::string_view reason;
  std::size_t at = 0;
  constexpr bool sound() const { return reason.empty(); }
};

// The bounds. No device of a cart comes near; what goes over is refused by name, not cut.
inline constexpr std::size_t most_descriptor_bytes = 16384;
inline constexpr std::size_t most_usages = 256;          // usages and ranges of one item
inline constexpr std::size_t most_pushed = 8;            // Push without Pop
inline constexpr std::size_t most_kept_collections = 8;  // deeper ones are counted only
inline constexpr std::uint32_t most_report_bits = 8 * 8192;

// Reads one descriptor. About 7 KiB: a local variable, not a member of a driver's state.
class DescriptorReader {
 public:
  // Calls `visit(const Field&)` for each Input, Output and Feature item in order, constant ones
  // (padding) too. What was visited before an unsound item was found is not to be used.
  template <typename Visit>
  constexpr Verdict read(ByteView descriptor, Visit&& visit) {
    *this = DescriptorReader();
    if (descriptor.empty()) return {"the report descriptor is empty", 0};
    if (descriptor.size() > most_descriptor_bytes) {
      return {"the report descriptor is longer than 16 KiB", most_descriptor_bytes};
    }
    std::size_t at = 0;
    while (at < descriptor.size()) {
      const Item item = detail::item_at(descriptor, at);
      if (item.size == 0) return {"the report descriptor ends within an item", at};
      const std::string_view wrong = take(item, visit);
      if (!wrong.empty()) return {wrong, at};
      at += item.size;
    }
    if (depth_ != 0) return {"a collection of the report descriptor has no end", at};
    if (!any_field_) return {"the report descriptor has no report", at};
    return {};
  }

  // Reports begin with their ID (clause 8.1).
  constexpr bool has_ids() const { return has_ids_; }
  // Bytes of a report on the wire, ID included; 0 where there is no such report.
  constexpr std::size_t report_bytes(ReportKind kind, std::uint8_t id) const {
    const std::uint32_t bits = bits_[static_cast<std::size_t>(kind)][id];
    return bits == 0 ? 0 : (bits + 7) / 8 + (id != 0 ? 1 : 0);
  }

 private:
  using Item = detail::Item;

  // A bound of values: read as signed, or, where the minimum is not negative, as the devices mean
  // that write 255 in one byte.
  struct Bound {
    std::int64_t as_signed = 0;
    std::uint32_t as_unsigned = 0;
    constexpr std::int64_t above(std::int64_t min) const {
      return min >= 0 && as_signed < min ? as_unsigned : as_signed;
    }
  };

  struct Globals {
    std::uint32_t page = 0;
    std::int64_t logical_min = 0;
    Bound logical_max;
    std::int64_t physical_min = 0;
    Bound physical_max;
    std::int32_t unit_exponent = 0;
    std::uint32_t unit = 0;
    std::uint32_t bits = 0;
    std::uint32_t count = 0;
    std::uint8_t id = 0;
  };

  template <typename Visit>
  constexpr std::string_view take(const Item& item, Visit& visit) {
    switch (item.type) {
      case 0: {
        const std::string_view wrong = take_main(item, visit);
        usage_count_ = 0;
        usage_min_.reset();
        usage_max_.reset();
        in_delimiter_ = delimiter_used_ = false;
        return wrong;
      }
      case 1:
        return take_global(item);
      case 2:
        return take_local(item);
      default:
        return {};
    }
  }

  template <typename Visit>
  constexpr std::string_view take_main(const Item& item, Visit& visit) {
    settle_pages();
    switch (item.tag) {
      case 0x8:
        return take_field(ReportKind::input, item.data, visit);
      case 0x9:
        return take_field(ReportKind::output, item.data, visit);
      case 0xB:
        return take_field(ReportKind::feature, item.data, visit);
      case 0xA:
        if (depth_ < most_kept_collections) {
          collections_[depth_] = usage_count_ != 0 ? usages_[0].first : 0;
        }
        ++depth_;
        return {};
      case 0xC:
        if (depth_ == 0) return "the report descriptor ends a collection that it did not begin";
        --depth_;
        return {};
      default:
        return {};
    }
  }

  template <typename Visit>
  constexpr std::string_view take_field(ReportKind kind, std::uint32_t flags, Visit& visit) {
    std::uint32_t& used = bits_[static_cast<std::size_t>(kind)][globals_.id];
    const std::uint64_t more = std::uint64_t{globals_.bits} * globals_.count;
    if (more > most_report_bits - used) return "a report of the descriptor is longer than 8 KiB";
    if (has_ids_ && globals_.id == 0) return "some reports of the descriptor have no ID, others do";
    Field field;
    field.kind = kind;
    field.report_id = globals_.id;
    field.flags = flags;
    field.offset = used + (globals_.id != 0 ? 8 : 0);
    field.bits = globals_.bits;
    field.count = globals_.count;
    field.logical_min = globals_.logical_min;
    field.logical_max = globals_.logical_max.above(globals_.logical_min);
    field.physical_min = globals_.physical_min;
    field.physical_max = globals_.physical_max.above(globals_.physical_min);
    field.unit_exponent = globals_.unit_exponent;
    field.unit = globals_.unit;
    if (depth_ != 0) {
      field.application = collections_[0];
      field.collection =
          collections_[(depth_ < most_kept_collections ? depth_ : most_kept_collections) - 1];
    }
    field.usages = std::span<const UsageRange>(usages_.data(), usage_count_);
    used += static_cast<std::uint32_t>(more);
    any_field_ = any_field_ || more != 0;
    if (more != 0) visit(static_cast<const Field&>(field));
    return {};
  }

  constexpr std::string_view take_global(const Item& item) {
    switch (item.tag) {
      case 0x0:
        globals_.page = item.data & 0xFFFFu;
        return {};
      case 0x1:
        globals_.logical_min = item.as_signed();
        return {};
      case 0x2:
        globals_.logical_max = {item.as_signed(), item.data};
        return {};
      case 0x3:
        globals_.physical_min = item.as_signed();
        return {};
      case 0x4:
        globals_.physical_max = {item.as_signed(), item.data};
        return {};
      case 0x5:
        // A nibble in two's complement; some write the whole byte.
        globals_.unit_exponent = static_cast<std::int32_t>(
            item.data <= 15 ? static_cast<std::int64_t>(item.data ^ 8u) - 8 : item.as_signed());
        return {};
      case 0x6:
        globals_.unit = item.data;
        return {};
      case 0x7:
        globals_.bits = item.data;
        return {};
      case 0x8:
        if (item.data == 0 || item.data > 255)
          return "a report ID of the descriptor is 0 or over 255";
        if (any_field_ && !has_ids_) return "some reports of the descriptor have no ID, others do";
        globals_.id = static_cast<std::uint8_t>(item.data);
        has_ids_ = true;
        return {};
      case 0x9:
        globals_.count = item.data;
        return {};
      case 0xA:
        if (pushed_ == most_pushed) return "the report descriptor pushes more than 8 times";
        stack_[pushed_++] = globals_;
        return {};
      case 0xB:
        if (pushed_ == 0) return "the report descriptor pops what it did not push";
        globals_ = stack_[--pushed_];
        return {};
      default:
        return {};
    }
  }

  constexpr std::string_view take_local(const Item& item) {
    switch (item.tag) {
      case 0x0: {
        const std::uint32_t value = full_usage(item);
        return add_usages({value, value}, item.data_size);
      }
      case 0x1:
        usage_min_ = full_usage(item);
        return add_range(item.data_size);
      case 0x2:
        usage_max_ = full_usage(item);
        return add_range(item.data_size);
      case 0xA:  // of alternative usages the first, the preferred one, counts (clause 6.2.2.8)
        in_delimiter_ = item.data == 1;
        delimiter_used_ = false;
        return {};
      default:
        return {};
    }
  }

  // Clause 6.2.2.8: four bytes bring their own page.
  constexpr std::uint32_t full_usage(const Item& item) const {
    return item.data_size == 4 ? item.data : usage(globals_.page, item.data);
  }

  constexpr std::string_view add_range(std::uint32_t data_size) {
    if (!usage_min_ || !usage_max_) return {};
    const UsageRange range{*usage_min_, *usage_max_};
    usage_min_.reset();
    usage_max_.reset();
    if (range.first > range.last || range.first >> 16 != range.last >> 16) {
      return "a range of usages of the descriptor ends before it begins";
    }
    return add_usages(range, data_size);
  }

  constexpr std::string_view add_usages(UsageRange range, std::uint32_t data_size) {
    if (in_delimiter_ && std::exchange(delimiter_used_, true)) return {};
    if (usage_count_ == most_usages) return "an item of the descriptor has more than 256 usages";
    short_usage_[usage_count_] = data_size != 4;
    usages_[usage_count_++] = range;
    return {};
  }

  // A Usage Page behind the usages is theirs too, as other hosts read it.
  constexpr void settle_pages() {
    for (std::size_t i = usage_count_; i > 0; --i) {
      UsageRange& range = usages_[i - 1];
      if (!short_usage_[i - 1]) continue;
      if (range.first >> 16 == globals_.page) return;
      range = {usage(globals_.page, range.first), usage(globals_.page, range.last)};
    }
  }

  Globals globals_;
  std::array<Globals, most_pushed> stack_{};
  std::size_t pushed_ = 0;
  std::array<UsageRange, most_usages> usages_{};
  std::array<bool, most_usages> short_usage_{};
  std::size_t usage_count_ = 0;
  std::optional<std::uint32_t> usage_min_;
  std::optional<std::uint32_t> usage_max_;
  bool in_delimiter_ = false;
  bool delimiter_used_ = false;
  std::array<std::uint32_t, most_kept_collections> collections_{};
  std::size_t depth_ = 0;
  std::array<std::array<std::uint32_t, 256>, 3> bits_{};
  bool has_ids_ = false;
  bool any_field_ = false;
};

}  // namespace cartwright::driver::hid
