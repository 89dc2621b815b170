#include "driver.hpp"

namespace cartwright::ble {
namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t zone_timer = 10;
constexpr std::uint64_t gap_timer = 11;
constexpr auto zone_step = 250ms;
constexpr auto longest_gap = 500ms;  // within a packet
constexpr auto forget_after = 5min;

using Text = driver::FixedString<48>;

void append_hex(Text& text, std::uint8_t byte) {
  constexpr std::string_view digits = "0123456789abcdef";
  text.push_back(digits[byte >> 4]);
  text.push_back(digits[byte & 15]);
}

Text hex_of(ByteView bytes) {
  Text text;
  for (const std::uint8_t byte : bytes) append_hex(text, byte);
  return text;
}

// RFC 9562: 8-4-4-4-12.
Text uuid_of(ByteView bytes) {
  Text text;
  for (std::size_t i = 0; i < 16; ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text.push_back('-');
    append_hex(text, bytes[i]);
  }
  return text;
}

// Highest byte first, as people write it.
Text address_of(ByteView bytes) {
  Text text;
  for (std::size_t i = 6; i > 0; --i) {
    append_hex(text, bytes[i - 1]);
    if (i > 1) text.push_back(':');
  }
  return text;
}

// Milliseconds as slots of 0.625 ms.
std::uint32_t slots(std::int64_t milliseconds) {
  return static_cast<std::uint32_t>(milliseconds * 8 / 5);
}

}  // namespace

std::string_view Locator::configure(const driver::Settings& settings) {
  const std::uint32_t interval = slots(settings.integer("scan_interval_ms"));
  const std::uint32_t window = slots(settings.integer("scan_window_ms"));
  if (window > interval) return "scan_window_ms is more than scan_interval_ms";
  controller_.configure(interval, window, std::chrono::seconds(settings.integer("silence_s")));
  heard_.set_pace(std::chrono::milliseconds(settings.integer("event_ms")));
  rules_.least_256 = static_cast<std::int32_t>(settings.integer("zone_least_dbm")) * 256;
  rules_.hysteresis_256 = static_cast<std::int32_t>(settings.integer("zone_hysteresis_db")) * 256;
  rules_.dwell = std::chrono::milliseconds(settings.integer("zone_dwell_ms"));
  rules_.timeout = std::chrono::milliseconds(settings.integer("zone_timeout_ms"));
  const std::string_view wrong = read_ours(settings.text("beacons"), keys_);
  return wrong.empty() ? read_places(settings.text("zones"), keys_) : wrong;
}

void Locator::on(const driver::LinkUp&, Fx& fx) {
  in_garbage_ = false;
  controller_.up(fx);
  if (zone_.is_waiting()) fx.timer(zone_timer, zone_step);
}

void Locator::on(const driver::LinkDown&, Fx& fx) {
  controller_.down(fx);
  fx.stop_timer(gap_timer);
}

void Locator::on(driver::Bytes in, Fx& fx) {
  if (in.lost() != 0) in_garbage_ = true;
  events_left_ = most_events;
  fx.stop_timer(gap_timer);
  // Where one call may not tell more, the host shows the rest again.
  while (!in.empty() && events_left_ >= most_reports) {
    const Packet packet = read_packet(in.view());
    if (packet.reading == Reading::garbage) {
      skip_garbage(in, fx);
      continue;
    }
    if (packet.reading == Reading::incomplete) return fx.timer(gap_timer, longest_gap);
    in_garbage_ = false;
    controller_.heard(fx);
    if (packet.event == event_le_meta) {
      read_reports(packet.parameters, packet.parameters.size(),
                   [&](const Report& one) { report(one, fx); });
    } else {
      controller_.event(packet, fx);
    }
    in.take(packet.size);
  }
}

// H4 has no mark to find the next packet by: the next byte that may begin one. What was skipped is
// never shown, it may be somebody's.
void Locator::skip_garbage(driver::Bytes& in, Fx& fx) {
  in.take(1);
  in.skip_to(0x04);
  if (in_garbage_) return;
  in_garbage_ = true;
  const nanoseconds now = fx.now().monotonic;
  if (now < next_garbage_fault_) return;
  next_garbage_fault_ = now + 1s;
  fx.fault("bytes that are no packet of a Bluetooth controller; is the baud rate right?");
}

void Locator::on(const driver::Timer& timer, Fx& fx) {
  if (timer.id == gap_timer) {
    // The rest of a packet that began does not come.
    driver::Bytes in = fx.pending();
    if (in.empty()) return;
    skip_garbage(in, fx);
    return on(in, fx);
  }
  if (timer.id == zone_timer) return choose_zone(false, fx);
  controller_.timer(timer.id, fx);
}

void Locator::report(const Report& report, Fx& fx) {
  const std::optional<Beacon> beacon = read_beacon(report.data);
  if (!beacon || !controller_.is_enabled()) return;
  const bool is_tlm = beacon->format == CW_BEACON_EDDYSTONE_TLM;
  const bool ours =
      is_tlm && !keys_.ours.empty() ? heard_.knows_sender(report.address) : keys_.is_ours(*beacon);
  if (!ours) return;
  const nanoseconds now = fx.now().monotonic;
  heard_.forget(now, forget_after);
  Heard& heard = heard_.hear(*beacon, report.address, now);
  if (heard_.may_tell(heard, now)) {
    --events_left_;
    tell(*beacon, report, fx);
  }
  if (is_tlm || keys_.places.empty()) return;
  heard.zone = keys_.zone_of(*beacon);
  if (report.rssi != rssi_unknown) smooth(heard, report.rssi);
  if (heard.zone != no_zone) choose_zone(true, fx);
}

void Locator::tell(const Beacon& beacon, const Report& report, Fx& fx) {
  driver::RecordBuilder<cw_locator_beacon, 256> event(CW_LOCATOR_BEACON);
  cw_locator_beacon& value = event.value;
  const ByteView id(beacon.id);
  value.format = beacon.format;
  value.rssi = report.rssi;
  value.address = event.put(address_of(report.address).view());
  if (beacon.format == CW_BEACON_EDDYSTONE_TLM) {
    value.has = CW_BEACON_HAS_BATTERY;
    value.battery_mv = beacon.battery_mv;
    if (beacon.has_temperature) value.has |= CW_BEACON_HAS_TEMPERATURE;
    value.temperature_centi = beacon.temperature_centi;
  } else {
    value.has = CW_BEACON_HAS_TX;
    value.tx = beacon.tx;
  }
  if (beacon.has_uuid()) {
    value.has |= CW_BEACON_HAS_MAJOR_MINOR;
    value.major = beacon.major();
    value.minor = beacon.minor();
    value.uuid = event.put(uuid_of(id).view());
  }
  if (beacon.format == CW_BEACON_EDDYSTONE_UID) {
    value.name_space = event.put(hex_of(id.first(10)).view());
    value.instance = event.put(hex_of(id.subspan(10, 6)).view());
  }
  if (beacon.format == CW_BEACON_EDDYSTONE_URL) value.url = event.put(beacon.url.view());
  fx.emit(event);
}

void Locator::choose_zone(bool by_hearing, Fx& fx) {
  if (zone_.choose(heard_, rules_, fx.now().monotonic, by_hearing)) tell_zone(fx);
  if (zone_.is_waiting()) {
    fx.timer(zone_timer, zone_step);
  } else {
    fx.stop_timer(zone_timer);
  }
}

void Locator::tell_zone(Fx& fx) {
  const std::uint8_t zone = zone_.zone();
  driver::tell_zone(zone != no_zone ? keys_.places[zone].zone.view() : std::string_view(), fx);
}

void Locator::on(const driver::Cancel& cancel, Fx& fx) {
  controller_.cancel(cancel.op, cancel.timed_out ? CW_TIMEOUT : CW_CANCELLED, fx);
}

// Off means that nothing is listened to, not only that nothing is told.
void Locator::on(const driver::Enable& enable, Fx& fx) {
  controller_.enable(enable.op, enable.enabled, fx);
  if (enable.enabled) return;
  heard_.clear();
  const bool was_in_zone = zone_.zone() != no_zone;
  zone_.reset();
  fx.stop_timer(zone_timer);
  if (was_in_zone) tell_zone(fx);
}

void Locator::on(const driver::CheckHealth& check, Fx& fx) {
  controller_.check_health(check.op, fx);
}

}  // namespace cartwright::ble
