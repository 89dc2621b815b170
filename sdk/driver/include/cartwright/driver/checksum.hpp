#pragma once

// Check values of device protocols.

#include <cartwright/driver/input.hpp>

namespace cartwright::driver {

// Exclusive or of all bytes.
constexpr std::uint8_t lrc_xor(ByteView bytes) {
  std::uint8_t value = 0;
  for (const std::uint8_t b : bytes) value = static_cast<std::uint8_t>(value ^ b);
  return value;
}

// Two's complement of the byte sum, 16 bits (Zebra SSI).
constexpr std::uint16_t sum_complement16(ByteView bytes) {
  std::uint32_t sum = 0;
  for (const std::uint8_t b : bytes) sum += b;
  return static_cast<std::uint16_t>(0x10000u - (sum & 0xFFFFu));
}

// CRC-16 with reflected bits: polynomial 0x8408 (CRC-CCITT; Kermit starts with 0, X-25 with 0xFFFF)
// or 0xA001 (CRC-16/ARC, Modbus).
constexpr std::uint16_t crc16_reflected(ByteView bytes, std::uint16_t start,
                                        std::uint16_t polynomial) {
  std::uint16_t crc = start;
  for (const std::uint8_t b : bytes) {
    crc = static_cast<std::uint16_t>(crc ^ b);
    for (int bit = 0; bit < 8; ++bit) {
      crc = static_cast<std::uint16_t>((crc & 1) != 0 ? (crc >> 1) ^ polynomial : crc >> 1);
    }
  }
  return crc;
}

}  // namespace cartwright::driver
