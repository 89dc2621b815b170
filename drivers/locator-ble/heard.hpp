#pragma once

// The beacons of the store that are heard at present: how strong each is, how often it may be told.

#include <cartwright/driver/fixed.hpp>

#include <chrono>

#include "keys.hpp"

namespace cartwright::ble {

using std::chrono::nanoseconds;

inline constexpr std::size_t most_heard = 96;

struct Heard {
  std::uint32_t format = 0;
  std::array<std::uint8_t, 20> id{};      // the beacon's own, not its sender's address
  std::array<std::uint8_t, 6> address{};  // of the last sender, to know its TLM
  std::uint8_t zone = no_zone;
  bool is_known = false;          // its strength is
  std::int32_t strength_256 = 0;  // dBm times 256, smoothed
  nanoseconds last{0};
  nanoseconds told_until{0};  // its events so far last until then
};

// At most most_heard; the one that was silent longest makes room.
class HeardBeacons {
 public:
  // Some events at once, then one each `each`.
  void set_pace(nanoseconds each) { pace_ = each; }

  // Finds or adds the beacon. `address` is that of its sender.
  Heard& hear(const Beacon& beacon, ByteView address, nanoseconds now);
  // True where a beacon of the store was heard from this sender.
  bool knows_sender(ByteView address) const;
  // True where the beacon may be told now; it then is.
  bool may_tell(Heard& heard, nanoseconds now) const;
  // Forgets what was not heard for so long.
  void forget(nanoseconds now, nanoseconds after);
  void clear() { all_.clear(); }

  const driver::FixedVector<Heard, most_heard>& all() const { return all_; }

 private:
  nanoseconds pace_{0};
  driver::FixedVector<Heard, most_heard> all_;
};

// One more measurement: an eighth of it, seven eighths of what was. In 1/256 dBm.
constexpr void smooth(Heard& heard, std::int32_t rssi) {
  const std::int32_t now_256 = rssi * 256;
  heard.strength_256 =
      heard.is_known ? heard.strength_256 + (now_256 - heard.strength_256) / 8 : now_256;
  heard.is_known = true;
}

// Which zone the cart is in, by the strongest beacon of each.
class ZoneChoice {
 public:
  struct Rules {
    std::int32_t least_256 = 0;       // weaker ones count for nothing
    std::int32_t hysteresis_256 = 0;  // so much stronger must a new zone be
    nanoseconds dwell{0};             // for so long
    nanoseconds timeout{0};           // a beacon that is silent for so long is gone
  };

  // True where the zone has changed. A zone is entered when a beacon was heard (`by_hearing`),
  // never because time has passed; time alone lets a zone be left.
  bool choose(const HeardBeacons& heard, const Rules& rules, nanoseconds now, bool by_hearing);
  std::uint8_t zone() const { return zone_; }
  // Time alone may change something.
  bool is_waiting() const { return zone_ != no_zone; }
  void reset() { *this = {}; }

 private:
  std::uint8_t zone_ = no_zone;
  std::uint8_t candidate_ = no_zone;
  nanoseconds since_{0};
};

}  // namespace cartwright::ble
