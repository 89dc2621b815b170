#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cartwright::simulators {

// Something that advertises near the cart.
struct Advertiser {
  std::array<std::uint8_t, 6> address{};  // lowest byte first, as it goes over the air
  std::uint8_t address_type = 0;          // 0 public, 1 random
  std::vector<std::uint8_t> data;         // AD structures
  int rssi = 0;                           // dBm
};

// A beacon by its id: UUID/MAJOR/MINOR is an iBeacon, NAMESPACE/INSTANCE an Eddystone-UID, a URL an
// Eddystone-URL. Nothing for what is none of these. The same id has always the same address.
std::optional<Advertiser> make_beacon(std::string_view id, int rssi);

// What phones and other things of passers-by advertise, `count` of them in turn: Apple Continuity,
// Find My, exposure notification (0xFD6F), a name, Google Fast Pair, encrypted Eddystone-TLM. The
// bytes "PHONE" stand in each where it has room for them, and in its address "FON".
std::vector<Advertiser> make_phones(std::size_t count);

}  // namespace cartwright::simulators
