#include <cartwright/driver/escapes.hpp>

#include "keys.hpp"

namespace cartwright::ble {
namespace {

using driver::take_until;
using driver::trimmed;

// Hexadecimal digits, with dashes anywhere between bytes; exactly `size` bytes.
bool read_hex(std::string_view text, std::size_t size, std::uint8_t* bytes) {
  std::size_t digits = 0;
  for (const char c : text) {
    if (c == '-' && digits % 2 == 0) continue;
    const int digit = driver::detail::hex_digit(c);
    if (digit < 0 || digits == 2 * size) return false;
    std::uint8_t& byte = bytes[digits / 2];
    byte = static_cast<std::uint8_t>(byte * 16 + digit);
    ++digits;
  }
  return digits == 2 * size;
}

bool read_u16(std::string_view text, std::uint8_t* bytes) {
  std::uint32_t value = 0;
  if (text.empty() || text.size() > 5) return false;
  for (const char c : text) {
    if (c < '0' || c > '9') return false;
    value = value * 10 + static_cast<std::uint32_t>(c - '0');
  }
  bytes[0] = static_cast<std::uint8_t>(value >> 8);
  bytes[1] = static_cast<std::uint8_t>(value);
  return value <= 0xFFFF;
}

bool read_uuid_key(std::string_view first, std::string_view rest, Key& key) {
  key.kind = Key::Kind::uuid;
  key.id_size = 16;
  if (!read_hex(first, 16, key.id.data())) return false;
  for (std::uint8_t at = 16; !rest.empty(); at = static_cast<std::uint8_t>(at + 2)) {
    if (at == 20 || !read_u16(take_until(rest, "/"), key.id.data() + at)) return false;
    key.id_size = static_cast<std::uint8_t>(at + 2);
  }
  return true;
}

bool read_namespace_key(std::string_view first, std::string_view rest, Key& key) {
  key.kind = Key::Kind::name_space;
  key.id_size = rest.empty() ? 10 : 16;
  return read_hex(first, 10, key.id.data()) &&
         (rest.empty() || read_hex(rest, 6, key.id.data() + 10));
}

}  // namespace

std::optional<Key> read_key(std::string_view text) {
  Key key;
  if (text.find("://") != std::string_view::npos) {
    key.kind = Key::Kind::url;
    if (!key.url.assign(text)) return std::nullopt;
    return key;
  }
  const std::string_view whole = text;
  std::string_view rest = text;
  const std::string_view first = take_until(rest, "/");
  if (rest.empty() && first.size() != whole.size()) return std::nullopt;  // a '/' at the end
  if (read_uuid_key(first, rest, key)) return key;
  key = {};
  if (read_namespace_key(first, rest, key)) return key;
  return std::nullopt;
}

bool Key::fits(const Beacon& beacon) const {
  switch (kind) {
    case Kind::uuid:
      if (!beacon.has_uuid()) return false;
      break;
    case Kind::name_space:
      if (beacon.format != CW_BEACON_EDDYSTONE_UID) return false;
      break;
    case Kind::url:
      return beacon.format == CW_BEACON_EDDYSTONE_URL && beacon.url.view().starts_with(url.view());
  }
  for (std::size_t i = 0; i < id_size; ++i) {
    if (id[i] != beacon.id[i]) return false;
  }
  return true;
}

bool Keys::is_ours(const Beacon& beacon) const {
  if (ours.empty()) return true;
  for (const Key& key : ours) {
    if (key.fits(beacon)) return true;
  }
  return false;
}

std::uint8_t Keys::zone_of(const Beacon& beacon) const {
  for (const Place& place : places) {
    if (!place.key.fits(beacon)) continue;
    for (std::size_t i = 0; i < places.size(); ++i) {
      if (places[i].zone.view() == place.zone.view()) return static_cast<std::uint8_t>(i);
    }
  }
  return no_zone;
}

std::string_view read_ours(std::string_view text, Keys& keys) {
  return driver::each_part(text, " ,\n\t", [&](std::string_view part) -> std::string_view {
    const auto key = read_key(part);
    if (!key) {
      return "beacons: a part is no UUID, UUID/MAJOR/MINOR, NAMESPACE/INSTANCE (hexadecimal) or "
             "URL";
    }
    return keys.ours.push_back(*key) ? std::string_view() : "beacons: more than 32";
  });
}

std::string_view read_places(std::string_view text, Keys& keys) {
  return driver::each_zone(text, [&](std::string_view part) -> std::string_view {
    const std::size_t at = part.rfind('=');  // a URL may hold one too
    if (at == std::string_view::npos) return "zones: a part is not KEY=NAME";
    const auto key = read_key(trimmed(part.substr(0, at)));
    if (!key) {
      return "zones: a part has no UUID, UUID/MAJOR/MINOR, NAMESPACE/INSTANCE or URL before its =";
    }
    Place place;
    place.key = *key;
    const std::string_view wrong = driver::read_zone_name(part.substr(at + 1), place.zone);
    if (!wrong.empty()) return wrong;
    return keys.places.push_back(place) ? std::string_view() : "zones: more than 64";
  });
}

}  // namespace cartwright::ble
