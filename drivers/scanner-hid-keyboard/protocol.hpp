#pragma once

// Which keys are down: the report of a boot keyboard (HID 1.11, appendix B.1), or as the device's
// report descriptor lays it out, as list or as bit map. Pure.

#include <cartwright/driver/fixed.hpp>
#include <cartwright/driver/hid.hpp>

namespace cartwright::scanner_hid_keyboard {

namespace hid = driver::hid;
using driver::ByteView;

// Usages of page 7, Keyboard/Keypad (HID Usage Tables, section 10).
inline constexpr std::uint32_t page = 0x07;
inline constexpr std::uint8_t key_rollover = 0x01;  // to 0x03: more keys than the report can say
inline constexpr std::uint8_t key_enter = 0x28;
inline constexpr std::uint8_t key_tab = 0x2B;
inline constexpr std::uint8_t key_caps_lock = 0x39;
inline constexpr std::uint8_t key_num_lock = 0x53;
inline constexpr std::uint8_t key_pad_enter = 0x58;
inline constexpr std::uint8_t key_pad_1 = 0x59;
inline constexpr std::uint8_t key_pad_0 = 0x62;
inline constexpr std::uint8_t first_modifier = 0xE0;

// Bits of the modifiers, usages 0xE0 to 0xE7.
inline constexpr std::uint8_t left_ctrl = 0x01;
inline constexpr std::uint8_t left_alt = 0x04;
inline constexpr std::uint8_t any_ctrl = 0x11;
inline constexpr std::uint8_t any_shift = 0x22;
inline constexpr std::uint8_t right_alt = 0x40;

// What is down, in the order of the report.
struct Keys {
  std::uint8_t modifiers = 0;
  driver::FixedVector<std::uint8_t, 14> down;
  bool rollover = false;  // which keys are down can not be told

  constexpr bool has(std::uint8_t key) const {
    for (const std::uint8_t one : down) {
      if (one == key) return true;
    }
    return false;
  }
};

// Where the keys stand. The default is the boot keyboard's.
struct Layout {
  std::uint8_t id = 0;
  std::uint32_t modifiers = 0;  // bit of usage 0xE0; eight follow
  bool has_modifiers = true;
  std::uint32_t list = 16;  // first element
  std::uint32_t list_bits = 8;
  std::uint32_t list_count = 6;
  std::int32_t list_least = 0;  // the value that stands for list_first
  std::uint8_t list_first = 0;
  std::uint32_t map = 0;  // bit of usage map_first
  std::uint32_t map_count = 0;
  std::uint8_t map_first = 0;
  bool has_ids = false;
};

namespace detail {

constexpr void read_field(const hid::Field& field, Layout& layout) {
  if (field.is_constant() || field.usages.empty() || field.usages[0].first >> 16 != page) return;
  const auto first = static_cast<std::uint8_t>(field.usages[0].first & 0xFFu);
  if (!field.is_variable()) {
    if (layout.list_count != 0 || field.bits > 16) return;
    layout.list = field.offset;
    layout.list_bits = field.bits;
    layout.list_count = field.count < 14 ? field.count : 14;
    layout.list_least = static_cast<std::int32_t>(field.logical_min);
    layout.list_first = first;
    return;
  }
  if (field.bits != 1) return;
  if (const auto element = field.element_of(hid::usage(page, first_modifier));
      element && field.count - *element >= 8) {
    layout.modifiers = field.element_offset(*element);
    layout.has_modifiers = true;
  }
  if (first < first_modifier && layout.map_count == 0) {
    const std::uint32_t most = first_modifier - std::uint32_t{first};
    layout.map = field.offset;
    layout.map_count = field.count < most ? field.count : most;
    layout.map_first = first;
  }
}

}  // namespace detail

// Reads the layout out of a device's report descriptor: its first report with keys. Empty, or why
// it can not be used.
constexpr std::string_view read_layout(ByteView descriptor, Layout& layout) {
  std::array<Layout, 4> reports{};
  for (Layout& report : reports) {
    report.list_count = 0;
    report.has_modifiers = false;
  }
  std::size_t used = 0;
  hid::DescriptorReader reader;
  const hid::Verdict verdict = reader.read(descriptor, [&](const hid::Field& field) {
    if (field.kind != hid::ReportKind::input) return;
    std::size_t i = 0;
    while (i < used && reports[i].id != field.report_id) ++i;
    if (i == reports.size()) return;
    if (i == used) reports[used++].id = field.report_id;
    detail::read_field(field, reports[i]);
  });
  if (!verdict.sound()) return verdict.reason;
  for (const Layout& report : reports) {
    if (report.list_count == 0 && report.map_count == 0) continue;
    layout = report;
    layout.has_ids = reader.has_ids();
    return {};
  }
  return "the report descriptor has no keys (usage page 7): is this interface a keyboard?";
}

enum class ReportIs : std::uint8_t { keys, other, garbage };

constexpr ReportIs read_keys(const Layout& layout, ByteView report, Keys& keys) {
  keys = Keys();
  if (layout.has_ids) {
    if (report.empty()) return ReportIs::garbage;
    if (report[0] != layout.id) return ReportIs::other;
  }
  if (layout.has_modifiers) {
    const auto bits = hid::take_bits(report, layout.modifiers, 8);
    if (!bits) return ReportIs::garbage;
    keys.modifiers = static_cast<std::uint8_t>(*bits);
  }
  const auto add = [&](std::int64_t usage) {
    if (usage < key_rollover || usage >= first_modifier) return;
    if (usage <= 3 || !keys.down.push_back(static_cast<std::uint8_t>(usage))) keys.rollover = true;
  };
  for (std::uint32_t i = 0; i < layout.list_count; ++i) {
    const auto value = hid::take_bits(report, layout.list + i * layout.list_bits, layout.list_bits);
    // Some devices leave the end of the list out; its first place must be there.
    if (!value && i == 0) return ReportIs::garbage;
    if (!value) break;
    add(std::int64_t{*value} - layout.list_least + layout.list_first);
  }
  for (std::uint32_t i = 0; i < layout.map_count; ++i) {
    const auto value = hid::take_bits(report, layout.map + i, 1);
    if (!value) return ReportIs::garbage;
    if (*value != 0) add(std::int64_t{layout.map_first} + i);
  }
  return ReportIs::keys;
}

}  // namespace cartwright::scanner_hid_keyboard
