#include "../mock-common/words.hpp"

using namespace cartwright::driver;
using cartwright::mock::Words;

namespace {

// A whole number within the bounds of 32 bits.
std::optional<std::int32_t> whole(std::string_view text) {
  const auto number = parse_decimal(text);
  if (!number || number->exponent != 0 || number->mantissa < INT32_MIN ||
      number->mantissa > INT32_MAX) {
    return std::nullopt;
  }
  return static_cast<std::int32_t>(number->mantissa);
}

// The part of `text` before `end`, which is taken off together with it; all where there is no end.
std::string_view take_until(std::string_view& text, char end) {
  const std::size_t at = text.find(end);
  const std::string_view part = text.substr(0, at);
  text = at == std::string_view::npos ? std::string_view() : text.substr(at + 1);
  return part;
}

struct MockLocator {
  bool up = false;
  bool enabled = true;

  void on(LinkUp, Fx&) { up = true; }
  void on(LinkDown, Fx&) { up = false; }

  void on(const Message& message, Fx& fx) {
    const auto words = Words::read(message.data);
    if (!words) return cartwright::mock::garbage(fx, "unreadable message", message.data);
    bool known = false;
    if (words->is("zone", 1)) known = zone(words->arg(0), fx);
    if (words->is("position", 2)) known = position(*words, fx);
    if (words->is("beacon", 2)) known = beacon(*words, fx);
    if (!known) cartwright::mock::garbage(fx, "no happening of a locator", message.data);
  }

  void on(Enable command, Fx& fx) {
    enabled = command.enabled;
    fx.done(command.op);
  }
  void on(CheckHealth command, Fx& fx) { fx.done(command.op, up ? CW_OK : CW_LINK_DOWN); }

 private:
  template <typename Record, std::size_t Capacity>
  void tell(RecordBuilder<Record, Capacity>& event, Fx& fx) const {
    if (enabled) fx.emit(event);
  }

  // `zone dairy`; `zone -` is none.
  bool zone(std::string_view name, Fx& fx) {
    RecordBuilder<cw_locator_zone> event(CW_LOCATOR_ZONE);
    event.value.name = event.put(name == "-" ? std::string_view() : name);
    tell(event, fx);
    return true;
  }

  // `position X Y` in millimetres of the store's map.
  bool position(const Words& words, Fx& fx) {
    const auto x = whole(words.arg(0));
    const auto y = whole(words.arg(1));
    if (!x || !y) return false;
    RecordBuilder<cw_locator_position, 8> event(CW_LOCATOR_POSITION);
    event.value.x_mm = *x;
    event.value.y_mm = *y;
    event.value.quality = 100;
    tell(event, fx);
    return true;
  }

  // `beacon ID RSSI`. ID is UUID/MAJOR/MINOR (iBeacon), NAMESPACE/INSTANCE (Eddystone-UID) or a
  // URL (Eddystone-URL).
  bool beacon(const Words& words, Fx& fx) {
    const auto rssi = whole(words.arg(1));
    if (!rssi || *rssi < -127 || *rssi > 20) return false;
    std::string_view id = words.arg(0);
    RecordBuilder<cw_locator_beacon> event(CW_LOCATOR_BEACON);
    event.value.rssi = *rssi;
    event.value.has = CW_BEACON_HAS_TX;
    event.value.tx = -59;  // what an iBeacon at one metre is commonly calibrated to
    if (id.find("://") != std::string_view::npos) {
      event.value.format = CW_BEACON_EDDYSTONE_URL;
      event.value.url = event.put(id);
      tell(event, fx);
      return true;
    }
    const std::string_view first = take_until(id, '/');
    const std::string_view second = take_until(id, '/');
    if (id.empty()) {
      event.value.format = CW_BEACON_EDDYSTONE_UID;
      event.value.name_space = event.put(first);
      event.value.instance = event.put(second);
    } else {
      const auto major = whole(second);
      const auto minor = whole(id);
      if (!major || !minor || *major < 0 || *major > 65535 || *minor < 0 || *minor > 65535) {
        return false;
      }
      event.value.format = CW_BEACON_IBEACON;
      event.value.uuid = event.put(first);
      event.value.major = static_cast<std::uint32_t>(*major);
      event.value.minor = static_cast<std::uint32_t>(*minor);
      event.value.has |= CW_BEACON_HAS_MAJOR_MINOR;
    }
    tell(event, fx);
    return true;
  }
};

}  // namespace

CARTWRIGHT_DRIVER(MockLocator, CW_PLUGIN_ID, CW_PLUGIN_VERSION)
