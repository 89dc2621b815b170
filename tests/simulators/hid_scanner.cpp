#include "simulators/hid_scanner.hpp"

#include <array>
#include <utility>

#include "base/error.hpp"

namespace cartwright::simulators {
namespace {

constexpr std::size_t part_size = 56;
constexpr std::byte data_report{2};
constexpr std::byte trigger_report{4};
// Bits of the trigger report.
constexpr unsigned prevent = 1u << 0;
constexpr unsigned good_read = 1u << 1;
constexpr unsigned error = 1u << 2;

// ISO/IEC 15424, of what scenarios scan.
constexpr std::array<std::pair<std::string_view, std::string_view>, 15> identifiers{{
    {"ean13", "]E0"},
    {"upca", "]E0"},
    {"upce", "]E0"},
    {"ean8", "]E4"},
    {"code128", "]C0"},
    {"gs1_128", "]C1"},
    {"databar_expanded", "]e0"},
    {"databar", "]e0"},
    {"qr", "]Q1"},
    {"gs1_qr", "]Q3"},
    {"datamatrix", "]d1"},
    {"gs1_datamatrix", "]d2"},
    {"code39", "]A0"},
    {"itf14", "]I1"},
    {"pdf417", "]L0"},
}};

// Bar Code Scanner { Scanned Data Report 2, Trigger Report 4 }.
constexpr std::string_view before_data = "058c0902a1010912a1028502150026ff007508";
constexpr std::string_view byte_count = "95010501093b8102058c";
constexpr std::string_view data_and_trigger =
    "950109fb810209fc810209fd8102953809fe82020125017501950109ff810295078103c0"
    "0914a1028504150025017501950309"
    "5f0986098591029505"
    "9103c0c0";

}  // namespace

const std::vector<OptionHelp>& HidScanner::options() {
  static const std::vector<OptionHelp> known{
      {"count", "on", "on or off: the report says how many bytes count; off: zeros fill it"},
      {"aim", "on", "on or off: send the AIM identifier"},
      {"serial", "", "the USB serial number; empty: it has none"},
  };
  return known;
}

HidScanner::HidScanner(const Options& options)
    : serial_(options.text("serial")),
      counted_(options.choice("count", {"on", "off"}) == "on"),
      aim_(options.choice("aim", {"on", "off"}) == "on") {}

HidDevice::Identity HidScanner::identity() const {
  // Ids for tests of the USB product id registry pid.codes.
  return {.vendor = 0x1209,
          .product = 0x0001,
          .maker = "Cartwright",
          .name = "Simulated HID POS scanner",
          .serial = serial_};
}

Bytes HidScanner::descriptor() const {
  return *from_hex(std::string(before_data) + (counted_ ? std::string(byte_count) : "") +
                   std::string(data_and_trigger));
}

void HidScanner::act(const link::Happening& what, nanoseconds) {
  if (what.action != "scan") refuse_action(what, "HID POS scanner");
  if (prevented_) return;
  scan(what.args.at(0), what.args.size() > 1 ? std::string_view(what.args[1]) : "ean13");
}

void HidScanner::scan(std::string_view label, std::string_view symbology) {
  std::string aim(3, '\0');
  for (const auto& [name, identifier] : identifiers) {
    if (aim_ && name == symbology) aim = identifier;
  }
  do {
    const std::string_view part = label.substr(0, part_size);
    label.remove_prefix(part.size());
    std::string report(1, static_cast<char>(data_report));
    if (counted_) report += static_cast<char>(part.size());
    report += aim;
    report += part;
    report.resize(report.size() + part_size - part.size(), '\0');
    report += label.empty() ? '\0' : '\1';
    send(to_bytes(report));
  } while (!label.empty());
}

bool HidScanner::set_report(ReportType type, ByteView report, nanoseconds) {
  if (type != ReportType::output || report.size() != 2 || report[0] != trigger_report) return false;
  const auto bits = std::to_integer<unsigned>(report[1]);
  prevented_ = (bits & prevent) != 0;
  if ((bits & good_read) != 0) ++good_beeps_;
  if ((bits & error) != 0) ++bad_beeps_;
  return true;
}

std::optional<Bytes> HidScanner::get_report(ReportType, std::uint8_t, nanoseconds) {
  return std::nullopt;
}

void HidScanner::reboot(nanoseconds) {
  prevented_ = false;
  forget_reports();
}

}  // namespace cartwright::simulators
