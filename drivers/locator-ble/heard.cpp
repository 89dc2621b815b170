#include "heard.hpp"

#include <algorithm>

namespace cartwright::ble {
namespace {

constexpr std::int64_t told_at_once = 8;

// Beacons with a long name are told apart by what it hashes to (FNV-1a, 64 bit).
std::array<std::uint8_t, 20> identity_of(const Beacon& beacon, ByteView address) {
  std::array<std::uint8_t, 20> id = beacon.id;
  if (beacon.format == CW_BEACON_EDDYSTONE_URL) {
    std::uint64_t hash = 0xCBF29CE484222325;
    for (const char c : beacon.url.view()) {
      hash = (hash ^ static_cast<std::uint8_t>(c)) * 0x100000001B3;
    }
    for (std::size_t i = 0; i < 8; ++i) id[i] = static_cast<std::uint8_t>(hash >> (8 * i));
  }
  if (beacon.format == CW_BEACON_EDDYSTONE_TLM) {
    std::copy(address.begin(), address.end(), id.begin());
  }
  return id;
}

}  // namespace

Heard& HeardBeacons::hear(const Beacon& beacon, ByteView address, nanoseconds now) {
  const auto id = identity_of(beacon, address);
  Heard* found = nullptr;
  for (Heard& one : all_) {
    if (one.format == beacon.format && one.id == id) found = &one;
  }
  if (found == nullptr) {
    // Where no more can be held, the one that was silent longest makes place.
    found = all_.push_back({}) ? all_.end() - 1 : std::ranges::min_element(all_, {}, &Heard::last);
    *found = {};
    found->format = beacon.format;
    found->id = id;
  }
  std::copy(address.begin(), address.end(), found->address.begin());
  found->last = now;
  return *found;
}

bool HeardBeacons::knows_sender(ByteView address) const {
  return std::any_of(all_.begin(), all_.end(), [&](const Heard& one) {
    return one.format != CW_BEACON_EDDYSTONE_TLM &&
           std::equal(address.begin(), address.end(), one.address.begin());
  });
}

bool HeardBeacons::may_tell(Heard& heard, nanoseconds now) const {
  const nanoseconds from = std::max(heard.told_until, now);
  if (from - now > pace_ * (told_at_once - 1)) return false;
  heard.told_until = from + pace_;
  return true;
}

void HeardBeacons::forget(nanoseconds now, nanoseconds after) {
  for (std::size_t i = 0; i < all_.size();) {
    if (now - all_[i].last <= after) {
      ++i;
      continue;
    }
    all_[i] = all_[all_.size() - 1];
    all_[all_.size() - 1] = {};
    all_.pop_back();
  }
}

bool ZoneChoice::choose(const HeardBeacons& heard, const Rules& rules, nanoseconds now,
                        bool by_hearing) {
  std::uint8_t best = no_zone;
  std::int32_t best_256 = 0;
  std::int32_t here_256 = 0;
  bool here_is_heard = false;
  for (const Heard& one : heard.all()) {
    if (one.zone == no_zone || !one.is_known || now - one.last >= rules.timeout) continue;
    if (one.zone == zone_) {
      here_256 = here_is_heard ? std::max(here_256, one.strength_256) : one.strength_256;
      here_is_heard = true;
    }
    if (one.strength_256 < rules.least_256) continue;
    if (best != no_zone && one.strength_256 <= best_256) continue;
    best = one.zone;
    best_256 = one.strength_256;
  }
  const bool stays = best == zone_ || (here_is_heard && best == no_zone) ||
                     (here_is_heard && best_256 < here_256 + rules.hysteresis_256);
  if (stays) {
    candidate_ = no_zone;
    return false;
  }
  if (best == no_zone) {  // all are silent
    reset();
    return true;
  }
  if (!by_hearing) return false;
  if (candidate_ != best) {
    candidate_ = best;
    since_ = now;
  }
  if (now - since_ < rules.dwell) return false;
  zone_ = best;
  candidate_ = no_zone;
  return true;
}

}  // namespace cartwright::ble
