#pragma once

// Weights in HID reports: HID Point of Sale Usage Tables 1.02, usage page 0x8D. Pure: a report
// descriptor in, the layout out; a report in, what the scale shows out.

#include <cartwright/driver/fixed.hpp>
#include <cartwright/driver/hid.hpp>

#include "units.hpp"

namespace cartwright::scale_hid {

namespace hid = driver::hid;
using driver::ByteView;

inline constexpr std::uint32_t page = 0x8D;
inline constexpr std::uint32_t usage_data_weight = hid::usage(page, 0x40);
inline constexpr std::uint32_t usage_data_scaling = hid::usage(page, 0x41);
inline constexpr std::uint32_t first_unit = hid::usage(page, 0x51);
inline constexpr std::uint32_t last_unit = hid::usage(page, 0x5C);
inline constexpr std::uint32_t first_status = hid::usage(page, 0x71);
inline constexpr std::uint32_t last_status = hid::usage(page, 0x78);
inline constexpr std::uint32_t usage_zero_scale = hid::usage(page, 0x80);
inline constexpr std::uint32_t usage_calibration_count = hid::usage(page, 0x60);
inline constexpr std::uint32_t si_mass = 0x0101;  // Unit item: SI linear, mass^1: gram

// The statuses, usages 8d:71 to 8d:78.
enum class Status : std::uint8_t {
  none = 0,
  fault = 0x71,
  stable_zero = 0x72,
  in_motion = 0x73,
  stable = 0x74,
  under_zero = 0x75,
  over_limit = 0x76,
  needs_calibration = 0x77,
  needs_zero = 0x78,
};

// A number: bits from the report's first byte; 0 bits: not there.
struct Number {
  std::uint32_t offset = 0;
  std::uint8_t bits = 0;
  bool is_signed = false;

  constexpr bool there() const { return bits != 0; }
  constexpr std::optional<std::int64_t> read(ByteView report) const {
    if (is_signed) return hid::take_signed_bits(report, offset, bits);
    return hid::take_bits(report, offset, bits);
  }
};

// One of several usages: an array's element, whose values stand for `ids` from `least` on, or, with
// `flags`, a bit for each of them.
struct Choice {
  std::uint32_t offset = 0;
  std::uint8_t bits = 0;
  std::int8_t least = 0;
  bool flags = false;
  driver::FixedVector<std::uint8_t, 16> ids;  // low bytes of the usages, 0 for others

  constexpr bool there() const { return bits != 0; }
  // The low byte of the usage that is on; 0 for none, nothing where the report ends before it.
  constexpr std::optional<std::uint8_t> read(ByteView report) const {
    if (flags) {
      for (std::uint32_t i = 0; i < ids.size(); ++i) {
        const auto on = hid::take_bits(report, offset + i * bits, bits);
        if (!on) return std::nullopt;
        if (*on != 0) return ids[i];
      }
      return 0;
    }
    const auto value = hid::take_bits(report, offset, bits);
    if (!value) return std::nullopt;
    const std::int64_t index = std::int64_t{*value} - least;
    return index >= 0 && index < static_cast<std::int64_t>(ids.size())
               ? ids[static_cast<std::size_t>(index)]
               : std::uint8_t{0};
  }
};

// What one input report says of the weight.
struct WeightReport {
  std::uint8_t id = 0;
  Number weight;
  Number scaling;
  Choice unit;
  Choice status;
  bool grams_by_item = false;  // no unit usage, but a Unit item that says gram
  std::int8_t item_exponent = 0;

  constexpr bool useful() const { return weight.there() || status.there(); }
};

struct Layout {
  driver::FixedVector<WeightReport, 4> reports;
  std::array<std::uint8_t, 32> known{};  // bit n: the device has an input report n
  std::uint32_t zero_offset = 0;
  std::uint16_t zero_bytes = 0;  // 0: no zero command
  std::uint8_t zero_id = 0;
  bool zero_is_feature = false;
  std::uint8_t statistics_id = 0;  // feature report that any such scale must answer; 0: none

  constexpr const WeightReport* report(std::uint8_t id) const {
    for (const WeightReport& one : reports) {
      if (one.id == id) return &one;
    }
    return nullptr;
  }
  constexpr bool knows(std::uint8_t id) const { return (known[id / 8] >> (id % 8) & 1) != 0; }
};

namespace detail {

constexpr void read_number(const hid::Field& field, std::uint32_t usage, Number& number) {
  const auto element = field.element_of(usage);
  if (!element || number.there() || field.bits > 32) return;
  number = {field.element_offset(*element), static_cast<std::uint8_t>(field.bits),
            field.logical_min < 0};
}

constexpr void read_choice(const hid::Field& field, std::uint32_t first, std::uint32_t last,
                           Choice& choice) {
  if (choice.there() || field.usages.empty() || field.bits > 32) return;
  bool any = false;
  for (const hid::UsageRange& range : field.usages) {
    any = any || (range.first <= last && range.last >= first);
  }
  if (!any || field.logical_min < -128 || field.logical_min > 127) return;
  choice.offset = field.offset;
  choice.bits = static_cast<std::uint8_t>(field.bits);
  choice.least = static_cast<std::int8_t>(field.logical_min);
  choice.flags = field.is_variable();
  const std::int64_t values =
      choice.flags ? std::int64_t{field.count} - 1 : field.logical_max - field.logical_min;
  for (std::int64_t i = 0; i <= values && i < 16; ++i) {
    const std::uint32_t usage =
        choice.flags ? field.usage_at(static_cast<std::uint32_t>(i))
                     : field.usage_of_value(static_cast<std::uint32_t>(field.logical_min + i));
    const bool ours = usage >= first && usage <= last;
    choice.ids.push_back(static_cast<std::uint8_t>(ours ? usage & 0xFFu : 0));
  }
}

constexpr void read_input(const hid::Field& field, WeightReport& report) {
  if (field.is_constant()) return;
  const bool had_weight = report.weight.there();
  read_number(field, usage_data_weight, report.weight);
  if (!had_weight && report.weight.there()) {
    report.grams_by_item = field.unit == si_mass;
    report.item_exponent = static_cast<std::int8_t>(field.unit_exponent);
  }
  read_number(field, usage_data_scaling, report.scaling);
  read_choice(field, first_unit, last_unit, report.unit);
  read_choice(field, first_status, last_status, report.status);
}

constexpr void read_control(const hid::Field& field, Layout& layout) {
  const bool feature = field.kind == hid::ReportKind::feature;
  if (const auto element = field.element_of(usage_zero_scale);
      element && layout.zero_bytes == 0 && field.is_variable() && !field.is_constant()) {
    layout.zero_offset = field.element_offset(*element);
    layout.zero_id = field.report_id;
    layout.zero_is_feature = feature;
    layout.zero_bytes = 1;  // its length is known once all is read
  }
  if (feature && field.has_usage(usage_calibration_count)) layout.statistics_id = field.report_id;
}

}  // namespace detail

// Reads the layout out of a device's report descriptor. Empty, or why it can not be used.
constexpr std::string_view read_layout(ByteView descriptor, Layout& layout) {
  layout = Layout();
  std::array<WeightReport, 8> reports{};
  std::size_t used = 0;
  hid::DescriptorReader reader;
  const hid::Verdict verdict = reader.read(descriptor, [&](const hid::Field& field) {
    if (field.kind != hid::ReportKind::input) return detail::read_control(field, layout);
    std::uint8_t& known = layout.known[field.report_id / 8];
    known = static_cast<std::uint8_t>(known | 1u << (field.report_id % 8));
    std::size_t i = 0;
    while (i < used && reports[i].id != field.report_id) ++i;
    if (i == reports.size()) return;
    if (i == used) reports[used++].id = field.report_id;
    detail::read_input(field, reports[i]);
  });
  if (!verdict.sound()) return verdict.reason;
  bool weighs = false;
  for (const WeightReport& report : reports) {
    if (!report.useful()) continue;
    weighs = weighs || report.weight.there();
    if (!layout.reports.push_back(report)) {
      return "the report descriptor has more than four reports with weights or statuses";
    }
  }
  if (!weighs) {
    return "the report descriptor has no report with a weight (usage 8d:40): is it a scale of the "
           "HID class?";
  }
  if (layout.zero_bytes != 0) {
    layout.zero_bytes = static_cast<std::uint16_t>(reader.report_bytes(
        layout.zero_is_feature ? hid::ReportKind::feature : hid::ReportKind::output,
        layout.zero_id));
  }
  return {};
}

// The class's usual report, where no descriptor is at hand: [report ID] status unit scaling and
// the weight in 16 bits.
constexpr std::optional<WeightReport> usual_report(ByteView report) {
  if (report.size() < 5 || report.size() > 8) return std::nullopt;
  const std::uint32_t start = report.size() == 5 ? 0 : 8;
  if (start != 0 && report[0] == 0) return std::nullopt;
  WeightReport usual;
  usual.id = start != 0 ? report[0] : std::uint8_t{0};
  usual.status.offset = start;
  usual.unit.offset = start + 8;
  usual.status.bits = usual.unit.bits = 8;
  usual.status.least = usual.unit.least = 1;
  for (std::uint32_t id = first_status; id <= last_status; ++id) {
    usual.status.ids.push_back(static_cast<std::uint8_t>(id & 0xFFu));
  }
  for (std::uint32_t id = first_unit; id <= last_unit; ++id) {
    usual.unit.ids.push_back(static_cast<std::uint8_t>(id & 0xFFu));
  }
  usual.scaling = {start + 16, 8, true};
  usual.weight = {start + 24, 16, false};
  return usual;
}

// What is known of a device beyond its descriptor.
struct Odd {
  bool no_status = false;  // what stands at the status is none
  std::uint8_t unit = 0;   // usage id of the unit where a report names none; 0: none
};

// What one report shows.
struct Reading {
  enum class Kind : std::uint8_t { reading, other, garbage };
  Kind kind = Kind::garbage;
  std::string_view wrong;  // of garbage
  Status status = Status::none;
  bool has_weight = false;
  driver::Weight weight;  // flags are left to the driver
};

namespace detail {

constexpr Reading garbage(std::string_view wrong) {
  Reading reading;
  reading.wrong = wrong;
  return reading;
}

// Sign and magnitude: under zero the weight is negative, whatever the number says.
constexpr Reading read_report(const WeightReport& where, ByteView report, const Odd& odd) {
  Reading reading;
  if (where.status.there() && !odd.no_status) {
    const auto status = where.status.read(report);
    if (!status) return garbage("a report of the scale that is too short");
    if (*status == 0) return garbage("a report of the scale with an unknown status");
    reading.status = static_cast<Status>(*status);
  }
  reading.kind = Reading::Kind::reading;
  const bool weighs = reading.status == Status::none || reading.status == Status::in_motion ||
                      reading.status == Status::stable || reading.status == Status::under_zero ||
                      reading.status == Status::stable_zero;
  if (!where.weight.there() || !weighs) return reading;

  const auto raw = where.weight.read(report);
  const auto exponent = where.scaling.there() ? where.scaling.read(report)
                                              : std::optional<std::int64_t>(where.item_exponent);
  const auto id = where.unit.there() ? where.unit.read(report)
                                     : std::optional<std::uint8_t>(where.grams_by_item ? 0x52 : 0);
  if (!raw || !exponent || !id) return garbage("a report of the scale that is too short");
  const auto unit = unit_of(*id == 0 ? odd.unit : *id);
  // An empty plate may come without unit.
  if (!unit && *raw != 0) {
    return garbage(*id == 0x55 ? "the scale weighs in taels, which differ by country"
                               : "a report of the scale with an unknown unit");
  }
  const std::int64_t value = reading.status == Status::under_zero && *raw > 0 ? -*raw : *raw;
  const UnitOf in = unit.value_or(UnitOf{CW_UNIT_GRAM, 1, 0});
  reading.weight.value = {value * in.factor, static_cast<std::int32_t>(*exponent) + in.exponent};
  reading.weight.unit = in.unit;
  reading.has_weight = true;
  return reading;
}

}  // namespace detail

// `layout` is null where no descriptor is at hand.
constexpr Reading read_reading(const Layout* layout, ByteView report, const Odd& odd = {}) {
  if (layout == nullptr) {
    const auto usual = usual_report(report);
    return usual ? detail::read_report(*usual, report, odd)
                 : detail::garbage("a report that is none of a scale of the HID class");
  }
  const bool has_ids = !layout->knows(0);
  // Some put a zero before the report ID.
  if (has_ids && !report.empty() && report[0] == 0) report = report.subspan(1);
  if (has_ids && report.empty()) return detail::garbage("an empty report");
  const std::uint8_t id = has_ids ? report[0] : std::uint8_t{0};
  if (const WeightReport* where = layout->report(id)) {
    return detail::read_report(*where, report, odd);
  }
  Reading reading = detail::garbage("a report that the descriptor does not have");
  if (layout->knows(id)) reading.kind = Reading::Kind::other;
  return reading;
}

}  // namespace cartwright::scale_hid
