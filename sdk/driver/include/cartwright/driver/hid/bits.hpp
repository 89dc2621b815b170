#pragma once

// Numbers in reports: any bit offset, least significant bit first (clause 5.6, 8.4). A report is
// what was on the wire, report ID included.

#include <cartwright/driver/input.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace cartwright::driver::hid {

// `bits` (1 to 32) from bit `offset`; nothing where they do not lie in the report.
constexpr std::optional<std::uint32_t> take_bits(ByteView report, std::size_t offset,
                                                 std::uint32_t bits) {
  if (bits == 0 || bits > 32 || offset > report.size() * 8 || bits > report.size() * 8 - offset) {
    return std::nullopt;
  }
  std::uint64_t value = 0;
  const std::size_t first = offset / 8;
  const std::size_t last = (offset + bits - 1) / 8;
  for (std::size_t i = last + 1; i > first; --i) value = (value << 8) | report[i - 1];
  value >>= offset % 8;
  return static_cast<std::uint32_t>(value & ((std::uint64_t{1} << bits) - 1));
}

// The same as a number in two's complement.
constexpr std::optional<std::int32_t> take_signed_bits(ByteView report, std::size_t offset,
                                                       std::uint32_t bits) {
  const auto raw = take_bits(report, offset, bits);
  if (!raw) return std::nullopt;
  const std::uint32_t sign = std::uint32_t{1} << (bits - 1);
  return static_cast<std::int32_t>((*raw ^ sign) - sign);
}

// Writes the lowest `bits` (1 to 32) of `value`; false, and nothing written, where they do not lie
// in the report.
constexpr bool put_bits(std::span<std::uint8_t> report, std::size_t offset, std::uint32_t bits,
                        std::uint32_t value) {
  if (bits == 0 || bits > 32 || offset > report.size() * 8 || bits > report.size() * 8 - offset) {
    return false;
  }
  for (std::uint32_t i = 0; i < bits; ++i) {
    std::uint8_t& byte = report[(offset + i) / 8];
    const auto mask = static_cast<std::uint8_t>(1u << ((offset + i) % 8));
    byte = static_cast<std::uint8_t>(((value >> i) & 1u) != 0 ? byte | mask : byte & ~mask);
  }
  return true;
}

}  // namespace cartwright::driver::hid
