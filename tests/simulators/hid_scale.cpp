#include "simulators/hid_scale.hpp"

#include <algorithm>
#include <utility>

namespace cartwright::simulators {
namespace {

// Values of the status array: usages 8d:71 to 8d:78 from 1 on.
constexpr std::uint8_t fault = 1;
constexpr std::uint8_t stable_zero = 2;
constexpr std::uint8_t in_motion = 3;
constexpr std::uint8_t stable = 4;
constexpr std::uint8_t under_zero = 5;
constexpr std::uint8_t over_limit = 6;

constexpr std::byte control_report{2};
constexpr std::byte data_report{3};
constexpr std::uint8_t statistics_report = 6;

// Scale Device { Control Report 2, Data Report 3, Statistics Report 6 }.
constexpr std::string_view scale_descriptor =
    "058d0920a101"
    "0931a1028502150025017501950209810980"
    "9102750695019103c0"
    "0932a1028503750895011501250809"
    "70a10219712978"
    "8100c0"
    "0950a102250c1951295c8100c0"
    "1581257f09418102"
    "75101500"
    "27ffff0000"
    "09408102c0"
    "0935a10285067510950215"
    "0027ffff000009600961b103c0"
    "c0";

}  // namespace

const std::vector<OptionHelp>& HidScale::options() {
  static const std::vector<OptionHelp> known{
      {"unit", "g", "g, kg (three digits), oz (one digit) or lb (two digits)"},
      {"capacity", "15", "the most it weighs, in kg"},
      {"settle_ms", "500", "how long a load moves before it rests, in milliseconds"},
      {"interval_ms", "100", "from one report to the next, in milliseconds"},
      {"stale", "off", "on or off: its first report is of the weighing before"},
      {"serial", "", "the USB serial number; empty: it has none"},
  };
  return known;
}

HidScale::HidScale(const Options& options)
    : shown_{2, 0, 10'000'000},
      serial_(options.text("serial")),
      plate_(options.number("capacity", 1, 60) * 1'000'000'000,
             std::chrono::milliseconds(options.number("settle_ms", 0, 60'000))),
      interval_(std::chrono::milliseconds(options.number("interval_ms", 1, 10'000))),
      stale_(options.choice("stale", {"on", "off"}) == "on") {
  const std::string unit = options.choice("unit", {"g", "kg", "oz", "lb"});
  if (unit == "kg") shown_ = {3, -3, 10'000'000};
  if (unit == "oz") shown_ = {11, -1, 28'349'523};  // 2834952.3125 micrograms
  if (unit == "lb") shown_ = {12, -2, 45'359'237};
}

HidDevice::Identity HidScale::identity() const {
  return {.vendor = 0x1209,
          .product = 0x0002,
          .maker = "Cartwright",
          .name = "Simulated HID scale",
          .serial = serial_};
}

Bytes HidScale::descriptor() const {
  return *from_hex(scale_descriptor);
}

void HidScale::act(const link::Happening& what, nanoseconds now) {
  if (what.action == "place") {
    plate_.put(read_micrograms(what.args.at(0), what.args.at(1)), now);
  } else if (what.action == "remove") {
    plate_.put(0, now);
  } else if (what.action == "motion") {
    plate_.shake(now);
  } else if (what.action == "zero") {
    plate_.set_zero();
  } else if (what.action == "overload") {
    plate_.put(plate_.capacity() + plate_.capacity() / 10, now);
  } else if (what.action == "error") {
    broken_ = true;
  } else {
    refuse_action(what, "HID scale");
  }
}

void HidScale::tick(nanoseconds now) {
  if (now < at_) return;
  at_ = now + interval_;
  if (std::exchange(first_, false) && stale_) {
    send(to_bytes(std::string_view("\x03\x04\x02\x00\xd2\x04", 6)));  // 1234 g
    return;
  }
  send(report(now));
}

Bytes HidScale::report(nanoseconds now) const {
  const std::int64_t gross = plate_.gross() * 10;
  const std::int64_t magnitude = gross < 0 ? -gross : gross;
  const std::int64_t digits = (magnitude + shown_.tenths / 2) / shown_.tenths;
  std::uint8_t status = stable;
  if (plate_.moves(now)) {
    status = in_motion;
  } else if (gross < 0 && digits != 0) {
    status = under_zero;
  } else if (plate_.over_capacity()) {
    status = over_limit;
  } else if (digits == 0) {
    status = stable_zero;
  }
  if (broken_) status = fault;
  const std::int64_t told = std::min<std::int64_t>(digits, 0xFFFF);
  return {data_report,
          std::byte{status},
          std::byte{shown_.unit},
          static_cast<std::byte>(shown_.scaling),
          static_cast<std::byte>(told & 0xFF),
          static_cast<std::byte>(told >> 8)};
}

bool HidScale::set_report(ReportType type, ByteView report, nanoseconds now) {
  if (type != ReportType::output || report.size() != 2 || report[0] != control_report) return false;
  const bool zero = (std::to_integer<unsigned>(report[1]) & 2u) != 0;
  if (zero && !plate_.moves(now) && plate_.within_zero_range()) {
    plate_.set_zero();
    ++zeroings_;
  }
  return true;
}

std::optional<Bytes> HidScale::get_report(ReportType type, std::uint8_t id, nanoseconds now) {
  if (type == ReportType::input && id == std::to_integer<std::uint8_t>(data_report)) {
    return report(now);
  }
  if (type != ReportType::feature || id != statistics_report) return std::nullopt;
  return Bytes{std::byte{statistics_report}, std::byte{1}, std::byte{0},
               static_cast<std::byte>(zeroings_ & 0xFF), static_cast<std::byte>(zeroings_ >> 8)};
}

void HidScale::reboot(nanoseconds) {
  plate_.power_on();
  broken_ = false;
  first_ = true;
  forget_reports();
}

}  // namespace cartwright::simulators
