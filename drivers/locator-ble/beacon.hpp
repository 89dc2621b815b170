#pragma once

// What a beacon says in its advertisement. Whatever is no beacon is nothing: no part of it is kept.
//
// Sources: Apple, Proximity Beacon Specification, release R1; AltBeacon Protocol Specification 1.0;
// Google, Eddystone Protocol Specification (UID, URL, unencrypted TLM); Bluetooth Core
// Specification Supplement, part A (AD structures).

#include <cartwright/abi/locator.h>
#include <cartwright/driver/fixed.hpp>
#include <cartwright/driver/input.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace cartwright::ble {

using driver::ByteView;

struct Beacon {
  std::uint32_t format = 0;  // CW_BEACON_*
  // iBeacon and AltBeacon: UUID, major, minor; Eddystone-UID: namespace, instance.
  std::array<std::uint8_t, 20> id{};
  std::int32_t tx = 0;  // not of a TLM
  driver::FixedString<120> url;
  std::uint32_t battery_mv = 0;        // TLM
  std::int32_t temperature_centi = 0;  // TLM, where it has one
  bool has_temperature = false;

  constexpr std::uint32_t major() const { return id[16] * 256u + id[17]; }
  constexpr std::uint32_t minor() const { return id[18] * 256u + id[19]; }
  constexpr bool has_uuid() const {
    return format == CW_BEACON_IBEACON || format == CW_BEACON_ALTBEACON;
  }
};

namespace detail {

constexpr std::uint32_t be16(ByteView bytes, std::size_t at) {
  return bytes[at] * 256u + bytes[at + 1];
}

// A strength in one byte, two's complement.
constexpr std::int32_t dbm(std::uint8_t byte) {
  return byte < 128 ? byte : byte - 256;
}

constexpr bool begins(ByteView bytes, std::initializer_list<std::uint8_t> with) {
  if (bytes.size() < with.size()) return false;
  std::size_t i = 0;
  for (const std::uint8_t b : with) {
    if (bytes[i++] != b) return false;
  }
  return true;
}

constexpr void copy_id(Beacon& beacon, ByteView bytes) {
  for (std::size_t i = 0; i < bytes.size(); ++i) beacon.id[i] = bytes[i];
}

// Manufacturer specific data: company identifier first.
constexpr std::optional<Beacon> read_manufacturer(ByteView data) {
  Beacon beacon;
  if (data.size() == 25 && begins(data, {0x4C, 0x00, 0x02, 0x15})) {
    beacon.format = CW_BEACON_IBEACON;
    copy_id(beacon, data.subspan(4, 20));
  } else if (data.size() == 26 && begins(data.subspan(2), {0xBE, 0xAC})) {
    beacon.format = CW_BEACON_ALTBEACON;
    copy_id(beacon, data.subspan(4, 20));
  } else {
    return std::nullopt;
  }
  beacon.tx = dbm(data[24]);
  return beacon;
}

// Eddystone-URL: "HTTP URL encoding" and "URL scheme prefix".
constexpr std::optional<Beacon> read_url(ByteView frame) {
  constexpr std::array<std::string_view, 4> schemes{"http://www.", "https://www.", "http://",
                                                    "https://"};
  constexpr std::array<std::string_view, 14> words{".com/", ".org/", ".edu/", ".net/", ".info/",
                                                   ".biz/", ".gov/", ".com",  ".org",  ".edu",
                                                   ".net",  ".info", ".biz",  ".gov"};
  if (frame.size() < 3 || frame.size() > 20 || frame[2] >= schemes.size()) return std::nullopt;
  Beacon beacon;
  beacon.format = CW_BEACON_EDDYSTONE_URL;
  beacon.tx = dbm(frame[1]);
  beacon.url.append(schemes[frame[2]]);
  for (const std::uint8_t c : frame.subspan(3)) {
    if (c < words.size()) {
      beacon.url.append(words[c]);
    } else if (c > 0x20 && c < 0x7F) {
      beacon.url.push_back(static_cast<char>(c));
    } else {
      return std::nullopt;
    }
  }
  return beacon;
}

// Eddystone-TLM, version 0: battery in mV, temperature as signed 8.8, two counters. Version 1 is
// encrypted and says nothing to us.
constexpr std::optional<Beacon> read_tlm(ByteView frame) {
  if (frame.size() != 14 || frame[1] != 0) return std::nullopt;
  Beacon beacon;
  beacon.format = CW_BEACON_EDDYSTONE_TLM;
  beacon.battery_mv = be16(frame, 2);
  const auto temperature = static_cast<std::int16_t>(be16(frame, 4));
  beacon.has_temperature = temperature != INT16_MIN;  // 0x8000: it has none
  const std::int32_t hundredths = temperature * 100;
  beacon.temperature_centi = (hundredths + (hundredths < 0 ? -128 : 128)) / 256;
  return beacon;
}

// Service data of 0xFEAA.
constexpr std::optional<Beacon> read_eddystone(ByteView frame) {
  if (frame.empty()) return std::nullopt;
  if (frame[0] == 0x10) return read_url(frame);
  if (frame[0] == 0x20) return read_tlm(frame);
  // UID: the last two bytes are reserved, and some leave them out.
  if (frame[0] != 0x00 || (frame.size() != 20 && frame.size() != 18)) return std::nullopt;
  Beacon beacon;
  beacon.format = CW_BEACON_EDDYSTONE_UID;
  beacon.tx = dbm(frame[1]);
  copy_id(beacon, frame.subspan(2, 16));
  return beacon;
}

}  // namespace detail

// The first beacon in an advertisement's AD structures, up to one that does not fit into its
// length; nothing for anything else.
constexpr std::optional<Beacon> read_beacon(ByteView data) {
  constexpr std::uint8_t service_data_16 = 0x16;
  constexpr std::uint8_t manufacturer_data = 0xFF;
  std::optional<Beacon> found;
  while (!data.empty() && data[0] != 0) {  // a length of 0: the rest is not used
    const std::size_t size = data[0];
    if (size > data.size() - 1) return found;
    const std::uint8_t type = data[1];
    const ByteView value = data.subspan(2, size - 1);
    if (!found && type == manufacturer_data) found = detail::read_manufacturer(value);
    if (!found && type == service_data_16 && detail::begins(value, {0xAA, 0xFE})) {
      found = detail::read_eddystone(value.subspan(2));
    }
    data = data.subspan(1 + size);
  }
  return found;
}

}  // namespace cartwright::ble
