#pragma once

// What a Toledo 8217 scale sends. Pure: bytes in, a frame out.
//
//   STX weight [N] CR        "W" while the weight is stable; N: a tare is subtracted
//   STX '?' status CR        otherwise, and as answer to Z, T and C
//   STX CR                   "A", a confidence test was begun
//
// Source: Mettler-Toledo DIVA Service Manual, 6.1.3 and 6.1.4 (8217 protocol).

#include <cartwright/driver/decimal.hpp>
#include <cartwright/driver/input.hpp>

namespace cartwright::toledo8217 {

using driver::ByteView;
using driver::Decimal;

// Table "Scale Status Byte Bit Definitions". Bit 6 is always 1 on real scales and 0 on some
// imitations, bit 7 is the line's parity; neither is looked at.
inline constexpr std::uint8_t bit_motion = 0x01;
inline constexpr std::uint8_t bit_over_capacity = 0x02;
inline constexpr std::uint8_t bit_under_zero = 0x04;
inline constexpr std::uint8_t bit_outside_zero_capture = 0x08;
inline constexpr std::uint8_t bit_centre_of_zero = 0x10;
inline constexpr std::uint8_t bit_net = 0x20;

enum class FrameKind : std::uint8_t { incomplete, garbage, weight, status, acknowledge };

struct Frame {
  FrameKind kind = FrameKind::incomplete;
  std::size_t size = 0;     // bytes from the front that this frame is
  Decimal weight;           // kind weight, with the digits that the scale indicated
  bool net = false;         // kind weight
  std::uint8_t status = 0;  // kind status
};

namespace detail {

constexpr std::uint8_t stx = 0x02;
constexpr std::uint8_t cr = 0x0D;
constexpr std::size_t longest_weight = 12;  // the manual's longest is 7: "0WW.WWN"

// No frame begins before the next STX from `from` on.
constexpr Frame garbage(ByteView in, std::size_t from) {
  std::size_t size = from;
  while (size < in.size() && in[size] != stx) ++size;
  return {FrameKind::garbage, size, {}, false, 0};
}

constexpr Frame read_status(ByteView in) {
  if (in.size() > 2 && in[2] >= 0x80) return garbage(in, 2);
  if (in.size() < 4) return {};
  // The status is one byte of any value: 0x02 and 0x0D are no frame border there.
  if (in[3] != cr) return garbage(in, 2);
  return {FrameKind::status, 4, {}, false, in[2]};
}

inline Frame read_weight(ByteView in, std::size_t end) {
  const bool net = in[end - 1] == 'N';
  const ByteView digits = in.subspan(1, end - 1 - (net ? 1 : 0));
  const auto weight = driver::parse_decimal(driver::text_of(digits));
  if (!weight) return garbage(in, end + 1);
  return {FrameKind::weight, end + 1, *weight, net, 0};
}

}  // namespace detail

// The frame at the front of `in`. Each byte is judged when it comes, so the same bytes give the
// same frames however they are cut.
inline Frame read_frame(ByteView in) {
  if (in.empty()) return {};
  if (in[0] != detail::stx) return detail::garbage(in, 1);
  if (in.size() > 1 && in[1] == '?') return detail::read_status(in);
  for (std::size_t i = 1; i < in.size(); ++i) {
    const std::uint8_t byte = in[i];
    if (byte == detail::cr) {
      if (i == 1) return {FrameKind::acknowledge, 2, {}, false, 0};
      return detail::read_weight(in, i);
    }
    const bool known =
        (byte >= '0' && byte <= '9') || byte == ' ' || byte == '.' || byte == ',' || byte == 'N';
    if (!known || i > detail::longest_weight) return detail::garbage(in, i);
  }
  return {};
}

}  // namespace cartwright::toledo8217
