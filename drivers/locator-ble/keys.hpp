#pragma once

// Which beacons are meant: the store's list of them and its map to zones.

#include <cartwright/driver/zones.hpp>

#include <string_view>

#include "beacon.hpp"

namespace cartwright::ble {

inline constexpr std::size_t most_keys = 32;
inline constexpr std::size_t most_places = 64;
using driver::no_zone;

// A UUID, UUID/MAJOR or UUID/MAJOR/MINOR (iBeacon, AltBeacon); a NAMESPACE or NAMESPACE/INSTANCE
// (Eddystone-UID); the beginning of a URL (Eddystone-URL).
struct Key {
  enum class Kind : std::uint8_t { uuid, name_space, url };

  bool fits(const Beacon& beacon) const;

  Kind kind = Kind::uuid;
  std::uint8_t id_size = 0;  // how much of `id` must be equal
  std::array<std::uint8_t, 20> id{};
  driver::FixedString<48> url;
};

// Nothing where the text is no key.
std::optional<Key> read_key(std::string_view text);

// A beacon's place: what it fits and the zone it is in.
struct Place {
  Key key;
  driver::ZoneName zone;
};

struct Keys {
  driver::FixedVector<Key, most_keys> ours;  // empty: every beacon
  driver::FixedVector<Place, most_places> places;

  // True for a beacon of the store. A TLM says no more than its sender's address.
  bool is_ours(const Beacon& beacon) const;
  // The first place whose key fits; its index stands for the zone of that name everywhere.
  std::uint8_t zone_of(const Beacon& beacon) const;
};

// Settings "beacons" (keys, divided by spaces or commas) and "zones" ("KEY=NAME", divided by
// semicolons or lines); nothing, or what is wrong with them.
std::string_view read_ours(std::string_view text, Keys& keys);
std::string_view read_places(std::string_view text, Keys& keys);

}  // namespace cartwright::ble
