#pragma once

// Bluetooth HCI over a UART: what the bytes are. Pure, no state, no clock.
//
// Source: Bluetooth Core Specification 5.4, volume 4: part A (H4), part E (commands and events).

#include <cartwright/driver/input.hpp>

#include <array>
#include <cstdint>
#include <optional>

namespace cartwright::ble {

using driver::ByteView;

// --- commands (part E, 7)

enum class Opcode : std::uint16_t {
  none = 0,  // a Command Complete for it says only how many commands may be sent
  reset = 0x0C03,
  set_event_mask = 0x0C01,
  read_local_version = 0x1001,
  le_set_event_mask = 0x2001,
  le_read_features = 0x2003,
  le_set_scan_parameters = 0x200B,
  le_set_scan_enable = 0x200C,
  le_set_extended_scan_parameters = 0x2041,
  le_set_extended_scan_enable = 0x2042,
};

constexpr bool is_known(std::uint16_t opcode) {
  switch (static_cast<Opcode>(opcode)) {
    case Opcode::none:
    case Opcode::reset:
    case Opcode::set_event_mask:
    case Opcode::read_local_version:
    case Opcode::le_set_event_mask:
    case Opcode::le_read_features:
    case Opcode::le_set_scan_parameters:
    case Opcode::le_set_scan_enable:
    case Opcode::le_set_extended_scan_parameters:
    case Opcode::le_set_extended_scan_enable:
      return true;
  }
  return false;
}

inline constexpr std::uint8_t status_ok = 0x00;
inline constexpr std::uint8_t status_unknown_command = 0x01;
// LE features, bit 12: LE Extended Advertising (volume 6, part B, 4.6).
inline constexpr std::uint64_t feature_extended_advertising = 1u << 12;

// --- events

inline constexpr std::uint8_t event_command_complete = 0x0E;
inline constexpr std::uint8_t event_command_status = 0x0F;
inline constexpr std::uint8_t event_hardware_error = 0x10;
inline constexpr std::uint8_t event_le_meta = 0x3E;
inline constexpr std::uint8_t le_advertising_report = 0x02;
inline constexpr std::uint8_t le_extended_advertising_report = 0x0D;

// One report of an advertising event, in either form.
struct Report {
  ByteView address;  // 6 bytes, lowest first
  ByteView data;     // AD structures; empty where they came in part
  std::int32_t rssi = 0;
};
inline constexpr std::int32_t rssi_unknown = 127;
inline constexpr std::size_t most_reports = 25;  // in one event

enum class Reading : std::uint8_t { incomplete, garbage, whole };

constexpr std::uint32_t le16(ByteView bytes, std::size_t at) {
  return bytes[at] | static_cast<std::uint32_t>(bytes[at + 1]) << 8;
}

namespace detail {

// Part E, 7.7.65.2: event type, address type, address, data length, data, RSSI.
struct Legacy {
  static constexpr std::size_t head = 9;
  static constexpr std::size_t tail = 1;
  static constexpr std::size_t most_data = 31;
  static constexpr std::size_t length_at = 8;
  // What is not in the specification is no report. `head` may be cut off anywhere.
  static constexpr bool plausible(ByteView head_bytes) {
    return (head_bytes.empty() || head_bytes[0] <= 4) &&
           (head_bytes.size() < 2 || head_bytes[1] <= 3);
  }
  static constexpr Report report(ByteView all) {
    return {all.subspan(2, 6), all.subspan(head, all.size() - head - tail),
            static_cast<std::int8_t>(all[all.size() - 1])};
  }
};

// Part E, 7.7.65.13: event type (2), address type, address, PHYs (2), SID, TX power, RSSI, interval
// (2), direct address type, direct address, data length, data.
struct Extended {
  static constexpr std::size_t head = 24;
  static constexpr std::size_t tail = 0;
  static constexpr std::size_t most_data = 229;
  static constexpr std::size_t length_at = 23;
  static constexpr bool plausible(ByteView b) {
    return (b.empty() || b[0] < 0x80) && (b.size() < 2 || b[1] == 0) &&
           (b.size() < 3 || b[2] <= 3 || b[2] == 0xFF) &&
           (b.size() < 10 || b[9] == 1 || b[9] == 3) && (b.size() < 11 || b[10] <= 3);
  }
  static constexpr Report report(ByteView all) {
    const bool complete = (all[0] >> 5 & 3) == 0;
    return {all.subspan(3, 6), complete ? all.subspan(head) : ByteView{},
            static_cast<std::int8_t>(all[13])};
  }
};

// A receiver can not hear more than a milliwatt; a byte that says so belongs to something else.
constexpr bool plausible_rssi(std::int32_t rssi) {
  return rssi <= 0 || rssi == rssi_unknown;
}

// Reads the reports in the `there` first bytes of an event's `length` parameter bytes.
template <typename Form, typename Each>
constexpr Reading walk(ByteView there, std::size_t length, Each&& each) {
  if (length < 2) return Reading::garbage;
  if (there.size() < 2) return Reading::incomplete;
  if (there[1] == 0 || there[1] > most_reports) return Reading::garbage;
  std::size_t at = 2;
  for (int i = 0; i < there[1]; ++i) {
    if (length - at < Form::head + Form::tail) return Reading::garbage;
    const ByteView rest = there.subspan(at < there.size() ? at : there.size());
    if (!Form::plausible(rest.first(rest.size() < Form::head ? rest.size() : Form::head))) {
      return Reading::garbage;
    }
    if (rest.size() < Form::head) return Reading::incomplete;
    const std::size_t data = rest[Form::length_at];
    const std::size_t size = Form::head + data + Form::tail;
    if (data > Form::most_data || size > length - at) return Reading::garbage;
    if (rest.size() < size) return Reading::incomplete;
    const Report report = Form::report(rest.first(size));
    if (!plausible_rssi(report.rssi)) return Reading::garbage;
    each(report);
    at += size;
  }
  return at == length ? Reading::whole : Reading::garbage;
}

}  // namespace detail

// Calls `each` with the reports of an LE meta event's parameters, as far as they are there.
template <typename Each>
constexpr Reading read_reports(ByteView there, std::size_t length, Each&& each) {
  if (there.empty()) return Reading::incomplete;
  if (there[0] == le_advertising_report) {
    return detail::walk<detail::Legacy>(there, length, each);
  }
  if (there[0] == le_extended_advertising_report) {
    return detail::walk<detail::Extended>(there, length, each);
  }
  return Reading::garbage;
}

// What stands at the front of what the controller sent.
struct Packet {
  Reading reading = Reading::incomplete;
  std::size_t size = 0;
  std::uint8_t event = 0;
  ByteView parameters;
};

// Only the events that this driver asks for are packets to it, and each is looked at as strictly as
// the bytes that are there allow: H4 has no check sum and no mark at which to begin again.
constexpr Packet read_packet(ByteView in) {
  constexpr std::uint8_t h4_event = 0x04;  // part A, 2
  const auto garbage = Packet{Reading::garbage, 0, 0, {}};
  if (in.empty()) return {};
  if (in[0] != h4_event) return garbage;
  if (in.size() < 2) return {};
  const std::uint8_t event = in[1];
  const bool known = event == event_command_complete || event == event_command_status ||
                     event == event_hardware_error || event == event_le_meta;
  if (!known) return garbage;
  if (in.size() < 3) return {};
  const std::size_t length = in[2];
  const ByteView rest = in.subspan(3);
  const ByteView there = rest.first(rest.size() < length ? rest.size() : length);
  if (event == event_le_meta) {
    const Reading reading = read_reports(there, length, [](const Report&) {});
    return {reading, 3 + length, event, there};
  }
  if (event == event_hardware_error && length != 1) return garbage;
  if (event == event_command_complete) {
    if (length < 3) return garbage;
    if (there.size() >= 3 && !is_known(static_cast<std::uint16_t>(le16(there, 1)))) return garbage;
  }
  if (event == event_command_status) {
    if (length != 4) return garbage;
    if (there.size() == 4 && !is_known(static_cast<std::uint16_t>(le16(there, 2)))) return garbage;
  }
  return {there.size() == length ? Reading::whole : Reading::incomplete, 3 + length, event, there};
}

}  // namespace cartwright::ble
