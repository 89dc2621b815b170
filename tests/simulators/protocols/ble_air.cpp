#include "simulators/protocols/ble_air.hpp"

#include <algorithm>

#include "base/hex.hpp"
#include "link/numbers.hpp"

namespace cartwright::simulators {
namespace {

using Octets = std::vector<std::uint8_t>;

void append(Octets& to, const Octets& more) {
  for (const std::uint8_t octet : more) to.push_back(octet);
}

// One AD structure: length, type, value.
Octets structure(std::uint8_t type, const Octets& value) {
  Octets all{static_cast<std::uint8_t>(value.size() + 1), type};
  append(all, value);
  return all;
}

// So many bytes of hexadecimal digits, dashes left out.
std::optional<Octets> octets(std::string_view text, std::size_t size) {
  std::string digits(text);
  std::erase(digits, '-');
  const auto bytes = from_hex(digits);
  if (!bytes || bytes->size() != size) return std::nullopt;
  Octets all;
  for (const std::byte byte : *bytes) all.push_back(static_cast<std::uint8_t>(byte));
  return all;
}

std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t at = text.find('/');
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

const Octets flags = structure(0x01, {0x06});
constexpr std::uint8_t at_one_metre = 0xC5;    // -59 dBm
constexpr std::uint8_t at_no_distance = 0xEE;  // -18 dBm

// Apple, Proximity Beacon Specification.
std::optional<Octets> ibeacon(const std::vector<std::string_view>& parts) {
  const auto uuid = octets(parts[0], 16);
  const auto major = link::read_unsigned(parts[1], 65535);
  const auto minor = link::read_unsigned(parts[2], 65535);
  if (!uuid || !major || !minor) return std::nullopt;
  Octets value{0x4C, 0x00, 0x02, 0x15};
  append(value, *uuid);
  for (const auto number : {*major, *minor}) {
    value.push_back(static_cast<std::uint8_t>(number >> 8));
    value.push_back(static_cast<std::uint8_t>(number & 0xFF));
  }
  value.push_back(at_one_metre);
  Octets data = flags;
  append(data, structure(0xFF, value));
  return data;
}

Octets eddystone(const Octets& frame) {
  Octets value{0xAA, 0xFE};
  append(value, frame);
  Octets data = flags;
  append(data, structure(0x03, {0xAA, 0xFE}));
  append(data, structure(0x16, value));
  return data;
}

std::optional<Octets> eddystone_uid(const std::vector<std::string_view>& parts) {
  const auto name_space = octets(parts[0], 10);
  const auto instance = octets(parts[1], 6);
  if (!name_space || !instance) return std::nullopt;
  Octets frame{0x00, at_no_distance};
  append(frame, *name_space);
  append(frame, *instance);
  append(frame, {0, 0});
  return eddystone(frame);
}

// The endings of names are not packed: that is the encoder's choice.
std::optional<Octets> eddystone_url(std::string_view url) {
  Octets frame{0x10, at_no_distance};
  std::uint8_t scheme = 0;
  for (const std::string_view prefix : {"http://www.", "https://www.", "http://", "https://"}) {
    if (url.starts_with(prefix)) {
      frame.push_back(scheme);
      for (const char c : url.substr(prefix.size())) frame.push_back(static_cast<std::uint8_t>(c));
      if (frame.size() > 20) return std::nullopt;
      return eddystone(frame);
    }
    ++scheme;
  }
  return std::nullopt;
}

const Octets marker{'P', 'H', 'O', 'N', 'E'};

Octets marked(Octets value, std::size_t size) {
  append(value, marker);
  value.resize(size, 0x50);
  return value;
}

}  // namespace

std::optional<Advertiser> make_beacon(std::string_view id, int rssi) {
  std::optional<Octets> data;
  const auto parts = split(id);
  if (id.find("://") != std::string_view::npos) {
    data = eddystone_url(id);
  } else if (parts.size() == 3) {
    data = ibeacon(parts);
  } else if (parts.size() == 2) {
    data = eddystone_uid(parts);
  }
  if (!data) return std::nullopt;
  Advertiser beacon;
  beacon.data = *data;
  beacon.rssi = rssi;
  std::uint32_t hash = 2166136261u;
  for (const char c : id) hash = (hash ^ static_cast<std::uint8_t>(c)) * 16777619u;
  for (std::size_t i = 0; i < 4; ++i) {
    beacon.address[i] = static_cast<std::uint8_t>(hash >> (8 * i));
  }
  beacon.address[4] = 0xBE;
  beacon.address[5] = 0xAC;
  return beacon;
}

std::vector<Advertiser> make_phones(std::size_t count) {
  // Manufacturer data of Apple (0x004C): Nearby Info (0x10) and Find My (0x12); service data of
  // exposure notification and of Fast Pair; a complete local name; an encrypted TLM.
  Octets nearby = flags;
  append(nearby, structure(0xFF, marked({0x4C, 0x00, 0x10, 0x05}, 9)));
  const Octets find_my = structure(0xFF, marked({0x4C, 0x00, 0x12, 0x19, 0x10}, 29));
  Octets exposure = structure(0x03, {0x6F, 0xFD});
  append(exposure, structure(0x16, marked({0x6F, 0xFD}, 22)));
  Octets name = flags;
  append(name, structure(0x09, marked({'m', 'y', ' '}, 12)));
  const Octets fast_pair = structure(0x16, marked({0x2C, 0xFE}, 10));
  const Octets encrypted = eddystone(marked({0x20, 0x01}, 18));
  const std::array<Octets, 6> kinds{nearby, find_my, exposure, name, fast_pair, encrypted};
  std::vector<Advertiser> phones;
  for (std::size_t i = 0; i < count; ++i) {
    Advertiser phone;
    phone.address = {
        static_cast<std::uint8_t>(i), static_cast<std::uint8_t>(i >> 8), 'F', 'O', 'N', 0x5A};
    phone.address_type = 1;
    phone.data = kinds[i % kinds.size()];
    phone.rssi = -50 - static_cast<int>(i % 40);
    phones.push_back(std::move(phone));
  }
  return phones;
}

}  // namespace cartwright::simulators
