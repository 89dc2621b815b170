#include <algorithm>
#include <chrono>
#include <map>
#include <vector>

#include "base/error.hpp"
#include "simulators/protocols/ble_air.hpp"
#include "simulators/registry.hpp"

namespace cartwright::simulators {
namespace {

using namespace std::chrono_literals;
using Octets = std::vector<std::uint8_t>;

constexpr int gone = -127;  // `beacon ID -127`: it is heard no more

// A Bluetooth controller behind H4 (Core Specification, volume 4, parts A and E), and the air that
// it listens to.
class Ble final : public Simulator {
 public:
  explicit Ble(const Options& options)
      : extended_(options.choice("extended", {"on", "off"}) == "on"),
        batch_(static_cast<std::size_t>(options.number("batch", 1, 8))),
        period_(std::chrono::milliseconds(options.number("period_ms", 1, 60'000))),
        phones_(make_phones(static_cast<std::size_t>(options.number("phones", 0, 1000)))) {}

  Bytes bytes_in(ByteView bytes, nanoseconds now) override {
    Bytes answers;
    for (const std::byte byte : bytes) take(static_cast<std::uint8_t>(byte), now, answers);
    return answers;
  }

  Bytes happen(const link::Happening& what, nanoseconds now) override {
    if (what.action != "beacon") refuse_action(what, "Bluetooth controller");
    const int rssi = std::stoi(what.args.at(1));
    const auto beacon = make_beacon(what.args.at(0), rssi);
    if (!beacon) {
      throw Error(ErrorKind::invalid_input,
                  "line " + std::to_string(what.line) + ": \"" + what.args.at(0) +
                      "\" is no UUID/MAJOR/MINOR, NAMESPACE/INSTANCE or URL of a beacon");
    }
    if (rssi == gone) {
      beacons_.erase(what.args.at(0));
    } else {
      beacons_[what.args.at(0)] = *beacon;
    }
    if (beacons_.size() == 1) next_ = now + period_;
    return {};
  }

  std::optional<nanoseconds> next_due() const override {
    if (!is_scanning() || (beacons_.empty() && phones_.empty())) return std::nullopt;
    return next_;
  }

  Bytes due(nanoseconds now) override {
    Bytes sent;
    if (!next_due() || *next_due() > now) return sent;
    next_ = now + period_;
    std::vector<Advertiser> heard = phones_;
    for (const auto& [id, beacon] : beacons_) heard.push_back(beacon);
    for (std::size_t at = 0; at < heard.size();) {
      const std::size_t count = batch_of(heard, at);
      send_event(sent, 0x3E, reports(heard, at, count));
      at += count;
    }
    return sent;
  }

  // Power comes back: it can take a command, and has forgotten everything.
  void reboot(nanoseconds) override {
    command_.clear();
    scan_ = extended_scan_ = false;
    le_mask_ = default_le_mask;
    meta_ = false;
  }

 private:
  static constexpr std::uint64_t default_le_mask = 0x1F;

  bool is_scanning() const {
    return meta_ &&
           (extended_scan_ ? (le_mask_ & 1u << 12) != 0 : scan_ && (le_mask_ & 1u << 1) != 0);
  }

  static void send_event(Bytes& to, std::uint8_t code, const Octets& parameters) {
    to.push_back(std::byte{0x04});
    to.push_back(static_cast<std::byte>(code));
    to.push_back(static_cast<std::byte>(parameters.size()));
    for (const std::uint8_t byte : parameters) to.push_back(static_cast<std::byte>(byte));
  }

  // Part A, 2: 0x01 begins a command. What is none is passed over.
  void take(std::uint8_t byte, nanoseconds now, Bytes& answers) {
    if (command_.empty() && byte != 0x01) return;
    command_.push_back(byte);
    if (command_.size() < 4 || command_.size() < 4u + command_[3]) return;
    const Octets command = std::move(command_);
    command_ = {};
    const auto opcode = static_cast<std::uint16_t>(command[1] | command[2] << 8);
    Octets complete{1, command[1], command[2]};  // one more command may come
    const Octets results = obey(opcode, Octets(command.begin() + 4, command.end()), now);
    complete.insert(complete.end(), results.begin(), results.end());
    send_event(answers, 0x0E, complete);
  }

  static std::uint64_t number(const Octets& bytes, std::size_t size) {
    std::uint64_t value = 0;
    for (std::size_t i = size; i > 0; --i) value = value << 8 | bytes.at(i - 1);
    return value;
  }

  // Part E, 7: the return parameters, the status first.
  Octets obey(std::uint16_t opcode, const Octets& parameters, nanoseconds now) {
    constexpr std::uint8_t unknown = 0x01;
    constexpr std::uint8_t disallowed = 0x0C;
    constexpr std::uint8_t invalid = 0x12;
    const auto has = [&](std::size_t size) { return parameters.size() == size; };
    switch (opcode) {
      case 0x0C03:
        reboot(now);
        return {0};
      case 0x1001:
        return {0, 0x09, 0x34, 0x12, 0x09, 0x0F, 0x00, 0x01, 0x41};
      case 0x0C01:
        if (!has(8)) return {invalid};
        meta_ = (number(parameters, 8) & std::uint64_t{1} << 61) != 0;
        return {0};
      case 0x2001:
        if (!has(8)) return {invalid};
        le_mask_ = number(parameters, 8);
        return {0};
      case 0x2003:
        return {0, 0x01, static_cast<std::uint8_t>(extended_ ? 0x10 : 0), 0, 0, 0, 0, 0, 0};
      case 0x200B:
        if (scan_) return {disallowed};
        return {has(7) && parameters[0] <= 1 ? std::uint8_t{0} : invalid};
      case 0x200C:
        if (!has(2)) return {invalid};
        return {scan(scan_, parameters[0] != 0, now)};
      case 0x2041:
        if (!extended_) return {unknown};
        if (extended_scan_) return {disallowed};
        return {has(8) ? std::uint8_t{0} : invalid};
      case 0x2042:
        if (!extended_) return {unknown};
        if (!has(6)) return {invalid};
        return {scan(extended_scan_, parameters[0] != 0, now)};
      default:
        return {unknown};
    }
  }

  std::uint8_t scan(bool& which, bool on, nanoseconds now) {
    which = on;
    next_ = now + period_;
    return 0;
  }

  // How many go into one event: at most `batch`, and at most 255 bytes.
  std::size_t batch_of(const std::vector<Advertiser>& heard, std::size_t at) const {
    std::size_t size = 2;
    std::size_t count = 0;
    while (at + count < heard.size() && count < batch_) {
      size += (extended_scan_ ? 24 : 10) + heard[at + count].data.size();
      if (size > 255 && count > 0) break;
      ++count;
    }
    return count;
  }

  Octets reports(const std::vector<Advertiser>& heard, std::size_t at, std::size_t count) const {
    Octets all{static_cast<std::uint8_t>(extended_scan_ ? 0x0D : 0x02),
               static_cast<std::uint8_t>(count)};
    for (std::size_t i = at; i < at + count; ++i) {
      const Advertiser& one = heard[i];
      const auto rssi = static_cast<std::uint8_t>(one.rssi);
      const auto add = [&](const Octets& more) { all.insert(all.end(), more.begin(), more.end()); };
      const Octets address(one.address.begin(), one.address.end());
      const auto size = static_cast<std::uint8_t>(one.data.size());
      if (extended_scan_) {
        add({0x10, 0x00, one.address_type});  // ADV_NONCONN_IND, a legacy PDU
        add(address);
        add({0x01, 0x00, 0xFF, 0x7F, rssi, 0, 0, 0, 0, 0, 0, 0, 0, 0, size});
        add(one.data);
      } else {
        add({0x03, one.address_type});
        add(address);
        add({size});
        add(one.data);
        add({rssi});
      }
    }
    return all;
  }

  bool extended_;
  std::size_t batch_;
  nanoseconds period_;
  std::vector<Advertiser> phones_;
  std::map<std::string, Advertiser> beacons_;
  Octets command_;
  bool scan_ = false;
  bool extended_scan_ = false;
  bool meta_ = false;
  std::uint64_t le_mask_ = default_le_mask;
  nanoseconds next_{0};
};

const std::vector<OptionHelp>& ble_options() {
  static const std::vector<OptionHelp> options{
      {"extended", "on", "on or off: LE Extended Advertising"},
      {"batch", "4", "how many reports stand in one event at most"},
      {"period_ms", "100", "how often each beacon advertises"},
      {"phones", "0", "how many phones advertise beside the beacons"},
  };
  return options;
}

}  // namespace

Protocol ble_protocol() {
  return {
      "ble",
      "locator-ble",
      "locator",
      "a Bluetooth controller (HCI over H4) that hears beacons",
      "Answers Reset, masks, version, features, scan parameters and scan enable, in their plain "
      "and extended forms. `beacon ID DBM` sets how strong a beacon is heard; ID is "
      "UUID/MAJOR/MINOR, NAMESPACE/INSTANCE or a URL; -127 takes it away.",
      &ble_options,
      [](const OptionValues& options) -> std::unique_ptr<Simulator> {
        return std::make_unique<Ble>(Options(options, ble_options()));
      }};
}

}  // namespace cartwright::simulators
