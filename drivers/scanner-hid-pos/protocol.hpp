#pragma once

// Scanned data in HID reports: HID Point of Sale Usage Tables 1.02, usage page 0x8C. Pure: a report
// descriptor in, the layout out; a report in, its part of a label out.

#include <cartwright/driver/fixed.hpp>
#include <cartwright/driver/hid.hpp>

#include <algorithm>

namespace cartwright::scanner_hid_pos {

namespace hid = driver::hid;
using driver::ByteView;

inline constexpr std::uint32_t page = 0x8C;
inline constexpr std::uint32_t usage_prevent_read = hid::usage(page, 0x5F);
inline constexpr std::uint32_t usage_sound_error = hid::usage(page, 0x85);
inline constexpr std::uint32_t usage_sound_good_read = hid::usage(page, 0x86);
inline constexpr std::uint32_t usage_sound_not_on_file = hid::usage(page, 0x87);
inline constexpr std::uint32_t usage_symbology_1 = hid::usage(page, 0xFB);
inline constexpr std::uint32_t usage_decoded_data = hid::usage(page, 0xFE);
inline constexpr std::uint32_t usage_data_continued = hid::usage(page, 0xFF);
inline constexpr std::uint32_t usage_byte_count = hid::usage(0x01, 0x3B);  // Generic Desktop
inline constexpr std::uint32_t usage_code_id = hid::usage(0xFF66, 0x04);   // Honeywell

// Where things stand in one input report, in bits from its first byte; 0: not there.
struct DataReport {
  std::uint8_t id = 0;
  std::uint32_t data = 0;
  std::uint32_t data_bytes = 0;
  std::array<std::uint32_t, 3> aim{};
  std::uint32_t count = 0;
  std::uint32_t count_bits = 0;
  std::uint32_t continued = 0;
  std::uint32_t code_id = 0;
};

// One bit that the host may set, in an output or a feature report.
struct Switch {
  std::uint32_t offset = 0;
  std::uint16_t report_bytes = 0;  // 0: the device has no such bit
  std::uint8_t id = 0;
  bool feature = false;

  constexpr bool there() const { return report_bytes != 0; }
  constexpr bool same_report(const Switch& other) const {
    return id == other.id && feature == other.feature && other.there();
  }
};

struct Layout {
  driver::FixedVector<DataReport, 4> data;
  std::array<std::uint8_t, 32> known{};  // bit n: the device has an input report n
  Switch prevent_read;
  Switch good_read;
  Switch error;
  Switch not_on_file;

  constexpr const DataReport* data_report(std::uint8_t id) const {
    for (const DataReport& report : data) {
      if (report.id == id) return &report;
    }
    return nullptr;
  }
  constexpr bool knows(std::uint8_t id) const { return (known[id / 8] >> (id % 8) & 1) != 0; }
};

namespace detail {

constexpr std::uint32_t offset_of(const hid::Field& field, std::uint32_t usage) {
  const auto element = field.element_of(usage);
  return element ? field.element_offset(*element) : 0;
}

constexpr void read_input(const hid::Field& field, DataReport& report) {
  if (const auto first = field.element_of(usage_decoded_data); first && report.data_bytes == 0) {
    report.data = field.element_offset(*first);
    report.data_bytes = (field.count - *first) * field.bits / 8;
  }
  if (field.bits == 8) {
    for (std::uint32_t i = 0; i < 3; ++i) {
      if (const auto at = offset_of(field, usage_symbology_1 + i); at != 0) report.aim[i] = at;
    }
    if (const auto at = offset_of(field, usage_code_id); at != 0) report.code_id = at;
  }
  if (const auto at = offset_of(field, usage_byte_count); at != 0 && field.bits <= 32) {
    report.count = at;
    report.count_bits = field.bits;
  }
  if (const auto at = offset_of(field, usage_data_continued); at != 0) report.continued = at;
}

constexpr void read_switch(const hid::Field& field, std::uint32_t usage, Switch& to) {
  if (to.there() || !field.is_variable() || field.is_constant()) return;
  if (const auto element = field.element_of(usage)) {
    to.offset = field.element_offset(*element);
    to.id = field.report_id;
    to.feature = field.kind == hid::ReportKind::feature;
    to.report_bytes = 1;  // the report's length is known once all is read
  }
}

}  // namespace detail

// Reads the layout out of a device's report descriptor. Empty, or why it can not be used.
constexpr std::string_view read_layout(ByteView descriptor, Layout& layout) {
  layout = Layout();
  std::array<DataReport, 8> reports{};
  std::size_t used = 0;
  hid::DescriptorReader reader;
  const hid::Verdict verdict = reader.read(descriptor, [&](const hid::Field& field) {
    if (field.kind != hid::ReportKind::input) {
      detail::read_switch(field, usage_prevent_read, layout.prevent_read);
      detail::read_switch(field, usage_sound_good_read, layout.good_read);
      detail::read_switch(field, usage_sound_error, layout.error);
      detail::read_switch(field, usage_sound_not_on_file, layout.not_on_file);
      return;
    }
    std::uint8_t& known = layout.known[field.report_id / 8];
    known = static_cast<std::uint8_t>(known | 1u << (field.report_id % 8));
    std::size_t i = 0;
    while (i < used && reports[i].id != field.report_id) ++i;
    if (i == reports.size()) return;
    if (i == used) reports[used++].id = field.report_id;
    detail::read_input(field, reports[i]);
  });
  if (!verdict.sound()) return verdict.reason;
  for (const DataReport& report : reports) {
    if (report.data_bytes != 0 && !layout.data.push_back(report)) {
      return "the report descriptor has more than four reports with scanned data";
    }
  }
  if (layout.data.empty()) {
    return "the report descriptor has no report with scanned data (usage 8c:fe): is the device in "
           "HID POS mode?";
  }
  for (Switch* one :
       {&layout.prevent_read, &layout.good_read, &layout.error, &layout.not_on_file}) {
    if (!one->there()) continue;
    one->report_bytes = static_cast<std::uint16_t>(reader.report_bytes(
        one->feature ? hid::ReportKind::feature : hid::ReportKind::output, one->id));
  }
  return {};
}

// The class's usual report, where no descriptor is at hand: report ID, byte count, three bytes of
// symbology, data, and last the bit that says that more follows. Makers that leave the count out
// begin with the symbology. Nothing for what can be neither.
constexpr std::optional<DataReport> usual_report(ByteView report) {
  constexpr std::size_t least = 1 + 1 + 3 + 1;
  if (report.size() < least || report[0] == 0) return std::nullopt;
  DataReport usual;
  usual.id = report[0];
  const bool counted = report[1] + least <= report.size();
  const std::uint32_t start = counted ? 2 : 1;
  if (!counted && report[1] != ']') return std::nullopt;
  if (counted) {
    usual.count = 8;
    usual.count_bits = 8;
  }
  usual.aim = {start * 8, start * 8 + 8, start * 8 + 16};
  usual.data = (start + 3) * 8;
  usual.data_bytes = static_cast<std::uint32_t>(report.size()) - start - 3 - 1;
  usual.continued = static_cast<std::uint32_t>(report.size() - 1) * 8;
  return usual;
}

// What one report brings.
struct Part {
  enum class Kind : std::uint8_t { data, other, garbage };
  Kind kind = Kind::garbage;
  DataReport where;
  std::uint32_t size = 0;     // bytes of the label
  std::array<char, 3> aim{};  // all 0 where the device sent none
  std::uint8_t code_id = 0;   // 0: none
  bool continued = false;

  // Byte `index` of the label's part.
  constexpr char byte(ByteView report, std::uint32_t index) const {
    return static_cast<char>(hid::take_bits(report, where.data + index * 8, 8).value_or(0));
  }
  constexpr bool has_aim() const { return aim[0] == ']'; }
};

namespace detail {

constexpr Part read_data(const DataReport& where, ByteView report) {
  Part part;
  part.where = where;
  // Some devices end a short report early, but its head must be there.
  const std::size_t bits = report.size() * 8;
  if (bits < where.data) return part;
  const auto room = std::min<std::size_t>(where.data_bytes, (bits - where.data) / 8);
  for (std::size_t i = 0; i < 3 && where.aim[i] != 0; ++i) {
    part.aim[i] = static_cast<char>(hid::take_bits(report, where.aim[i], 8).value_or(0));
  }
  if (part.aim[0] != ']') part.aim = {};
  if (where.code_id != 0) {
    part.code_id = static_cast<std::uint8_t>(hid::take_bits(report, where.code_id, 8).value_or(0));
  }
  part.continued =
      where.continued != 0 && hid::take_bits(report, where.continued, 1).value_or(0) != 0;
  if (where.count_bits != 0) {
    const auto count = hid::take_bits(report, where.count, where.count_bits);
    if (!count || *count > room) return part;
    part.size = *count;
  } else {
    part.size = static_cast<std::uint32_t>(room);
    // Without a count zeros fill the last report.
    while (!part.continued && part.size != 0 && part.byte(report, part.size - 1) == 0) --part.size;
  }
  part.kind = Part::Kind::data;
  return part;
}

}  // namespace detail

// `layout` is null where no descriptor is at hand.
constexpr Part read_part(const Layout* layout, ByteView report) {
  if (layout == nullptr) {
    const auto usual = usual_report(report);
    return usual ? detail::read_data(*usual, report) : Part();
  }
  const bool has_ids = !layout->knows(0);
  if (has_ids && report.empty()) return {};
  const std::uint8_t id = has_ids ? report[0] : std::uint8_t{0};
  if (const DataReport* where = layout->data_report(id)) return detail::read_data(*where, report);
  Part part;
  if (layout->knows(id)) part.kind = Part::Kind::other;
  return part;
}

}  // namespace cartwright::scanner_hid_pos
