#pragma once

// How ZVT packets (APDUs) stand on a line. Pure: bytes in, frames out.
//
//   packet   CLASS INSTR LENGTH data      LENGTH: one byte, or FF and two bytes, the low one first
//   tcp      the packets, one after the other
//   serial   DLE STX packet DLE ETX CRC-L CRC-H, each DLE of the packet doubled; answered by ACK or
//            NAK. CRC-16 of packet and ETX, reflected 0x8408, start 0.
//
// Source: ECR-Interface ZVT-Protocol, PA00P015 (commands) and PA00P016 (transport).

#include <cartwright/driver/checksum.hpp>
#include <cartwright/driver/fixed.hpp>

#include <algorithm>
#include <optional>

namespace cartwright::zvt {

using driver::ByteView;

inline constexpr std::uint8_t stx = 0x02;
inline constexpr std::uint8_t etx = 0x03;
inline constexpr std::uint8_t ack = 0x06;
inline constexpr std::uint8_t dle = 0x10;
inline constexpr std::uint8_t nak = 0x15;

// More than a terminal may send: the registration names the limit (tag 1A).
inline constexpr std::size_t longest_data = 8192;
inline constexpr std::size_t longest_packet = longest_data + 5;

struct Packet {
  std::uint16_t control = 0;  // CLASS and INSTR: 0x040F
  ByteView data;
};

// Where the data of the packet at the front of `in` begins and how long it is; nothing while its
// header is incomplete.
struct Header {
  std::size_t size = 3;
  std::size_t data = 0;
};
constexpr std::optional<Header> read_header(ByteView in) {
  if (in.size() < 3) return std::nullopt;
  if (in[2] != 0xFF) return Header{3, in[2]};
  if (in.size() < 5) return std::nullopt;
  return Header{5, in[3] + (std::size_t{in[4]} << 8)};
}

constexpr Packet packet_of(ByteView in, Header header) {
  return {static_cast<std::uint16_t>(in[0] << 8 | in[1]), in.subspan(header.size, header.data)};
}

enum class FrameKind : std::uint8_t {
  incomplete,
  garbage,  // no frame
  broken,   // a frame with a wrong check value or of a wrong form
  acknowledge,
  refusal,  // NAK
  packet
};

struct Frame {
  FrameKind kind = FrameKind::incomplete;
  std::size_t size = 0;  // bytes from the front that this frame is
  Packet packet = {};
  std::uint16_t crc = 0;   // kind packet, serial
  bool malformed = false;  // kind packet, serial: the length in its header is wrong
};

// What a terminal's packet may begin with: answers and the commands of a terminal to its register.
constexpr bool is_class(std::uint8_t byte) {
  return byte == 0x04 || byte == 0x06 || byte == 0x80 || byte == 0x84 || byte == 0x0F ||
         byte == 0x05 || byte == 0x08;
}

// A command or answer that every terminal sends: what a stream that lost its way is found again by.
constexpr bool is_usual(std::uint8_t c, std::uint8_t i) {
  return (c == 0x80 && i == 0x00) || c == 0x84 || (c == 0x04 && (i == 0x0F || i == 0xFF)) ||
         (c == 0x06 && (i == 0x0F || i == 0x1E || i == 0xD1 || i == 0xD3));
}

// The packet at the front of a TCP stream; `lost`: the bytes before it were garbage.
constexpr Frame read_tcp(ByteView in, bool lost) {
  if (in.empty() || (lost && is_class(in[0]) && in.size() < 2)) return {};
  const auto header = read_header(in);
  const bool too_long = header && header->data > longest_data;
  if (!is_class(in[0]) || too_long || (lost && !is_usual(in[0], in[1]))) {
    std::size_t size = 1;
    while (size < in.size() && !is_class(in[size])) ++size;
    return {.kind = FrameKind::garbage, .size = size};
  }
  if (!header || in.size() - header->size < header->data) return {};
  return {.kind = FrameKind::packet,
          .size = header->size + header->data,
          .packet = packet_of(in, *header)};
}

namespace detail {

// The bytes between DLE STX and DLE ETX with doubled DLEs made one, in `scratch`.
struct Body {
  FrameKind kind = FrameKind::incomplete;
  std::size_t end = 0;   // in `in`: after DLE ETX, or where garbage ends
  std::size_t size = 0;  // in `scratch`
};
constexpr Body read_body(ByteView in, std::span<std::uint8_t> scratch) {
  Body body;
  for (std::size_t i = 2; i < in.size(); ++i) {
    if (in[i] == dle) {
      if (i + 1 == in.size()) return {};
      ++i;
      if (in[i] == etx) {
        body.kind = FrameKind::packet;
        body.end = i + 1;
        return body;
      }
      // A new block begins in the middle of one that broke off.
      if (in[i] == stx) return {FrameKind::broken, i - 1, 0};
      if (in[i] != dle) return {FrameKind::broken, i + 1, 0};
    }
    if (body.size == scratch.size()) return {FrameKind::broken, i + 1, 0};
    scratch[body.size++] = in[i];
  }
  return {};
}

}  // namespace detail

// What stands at the front of a serial line. A packet's data lies in `scratch`, which holds
// longest_packet bytes and one for ETX. Each byte is judged when it comes, so the same bytes give
// the same frames however they are cut.
constexpr Frame read_serial(ByteView in, std::span<std::uint8_t> scratch) {
  if (in.empty()) return {};
  if (in[0] == ack) return {.kind = FrameKind::acknowledge, .size = 1};
  if (in[0] == nak) return {.kind = FrameKind::refusal, .size = 1};
  if (in[0] != dle || (in.size() > 1 && in[1] != stx)) {
    std::size_t size = 1;
    while (size < in.size() && in[size] != dle && in[size] != ack && in[size] != nak) ++size;
    return {.kind = FrameKind::garbage, .size = size};
  }
  const detail::Body body = detail::read_body(in, scratch.first(scratch.size() - 1));
  if (body.kind == FrameKind::incomplete) return {};
  if (body.kind == FrameKind::broken) return {.kind = FrameKind::broken, .size = body.end};
  if (in.size() < body.end + 2) return {};
  scratch[body.size] = etx;
  const auto sent = static_cast<std::uint16_t>(in[body.end] | in[body.end + 1] << 8);
  const auto crc = driver::crc16_reflected(scratch.first(body.size + 1), 0, 0x8408);
  const std::size_t size = body.end + 2;
  if (crc != sent) return {.kind = FrameKind::broken, .size = size};
  const ByteView packet(scratch.data(), body.size);
  const auto header = read_header(packet);
  if (!header || header->size + header->data != packet.size()) {
    return {.kind = FrameKind::packet, .size = size, .packet = {}, .crc = crc, .malformed = true};
  }
  return {
      .kind = FrameKind::packet, .size = size, .packet = packet_of(packet, *header), .crc = crc};
}

// A packet under construction; its length is filled in by bytes(). What the cart sends is short.
class Outgoing {
 public:
  static constexpr std::size_t capacity = 64;

  constexpr Outgoing() = default;
  explicit constexpr Outgoing(std::uint16_t control) {
    put(static_cast<std::uint8_t>(control >> 8));
    put(static_cast<std::uint8_t>(control & 0xFF));
    put(0);
  }
  constexpr Outgoing& put(std::uint8_t byte) {
    bytes_.push_back(byte);
    if (bytes_.size() > 3) bytes_[2] = static_cast<std::uint8_t>(bytes_.size() - 3);
    return *this;
  }
  // `digits` decimal digits, an even number, two a byte.
  constexpr Outgoing& bcd(std::uint64_t value, std::size_t digits) {
    std::uint64_t power = 1;
    for (std::size_t i = 2; i < digits; ++i) power *= 10;
    for (; digits > 0; digits -= 2, power /= 100) {
      const std::uint64_t pair = value / (power > 0 ? power : 1) % 100;
      put(static_cast<std::uint8_t>(pair / 10 << 4 | pair % 10));
    }
    return *this;
  }
  constexpr ByteView bytes() const { return bytes_.view(); }
  constexpr bool is_answer() const { return !bytes_.empty() && (bytes_[0] & 0x80) != 0; }

 private:
  driver::FixedVector<std::uint8_t, capacity> bytes_;
};

using Block = driver::FixedVector<std::uint8_t, 2 * Outgoing::capacity + 6>;

// A packet as it stands on a serial line.
constexpr Block serial_block(const Outgoing& packet) {
  Block block;
  driver::FixedVector<std::uint8_t, Outgoing::capacity + 1> checked;
  block.push_back(dle);
  block.push_back(stx);
  for (const std::uint8_t byte : packet.bytes()) {
    checked.push_back(byte);
    block.push_back(byte);
    if (byte == dle) block.push_back(dle);
  }
  checked.push_back(etx);
  const auto crc = driver::crc16_reflected(checked.view(), 0, 0x8408);
  block.push_back(dle);
  block.push_back(etx);
  block.push_back(static_cast<std::uint8_t>(crc & 0xFF));
  block.push_back(static_cast<std::uint8_t>(crc >> 8));
  return block;
}

}  // namespace cartwright::zvt
