#pragma once

// Whether a label or packet is the one that came before, without keeping it. No defence against
// who chooses the bytes.

#include <cstdint>
#include <string_view>

namespace cartwright::driver {

// FNV-1a, 64 bits: begin with fnv1a_start and add byte by byte, or hash a whole text.
inline constexpr std::uint64_t fnv1a_start = 0xcbf29ce484222325u;

constexpr std::uint64_t fnv1a(std::uint64_t hash, std::uint8_t byte) {
  return (hash ^ byte) * 0x100000001b3u;
}

constexpr std::uint64_t fnv1a(std::string_view text) {
  std::uint64_t hash = fnv1a_start;
  for (const char c : text) hash = fnv1a(hash, static_cast<std::uint8_t>(c));
  return hash;
}

}  // namespace cartwright::driver
