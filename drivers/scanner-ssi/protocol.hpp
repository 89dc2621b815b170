#pragma once

// Packets of the Simple Serial Interface. Pure: bytes in, a token out.
//
//   length opcode source status data... checksum
//
// length counts all but the checksum, which is the two's complement of the sum of the rest in 16
// bits, high byte first. Source: Zebra, Simple Serial Interface Programmer's Guide, 72E-40451-03
// and -04EN, chapters 2 and 3.

#include <cartwright/driver/checksum.hpp>
#include <cartwright/driver/fixed.hpp>
#include <cartwright/driver/input.hpp>

namespace cartwright::ssi {

using driver::ByteView;

namespace opcode {
inline constexpr std::uint8_t management = 0x80;            // SSI_MGMT_COMMAND, both ways
inline constexpr std::uint8_t request_revision = 0xA3;      // REQUEST_REVISION
inline constexpr std::uint8_t reply_revision = 0xA4;        // REPLY_REVISION
inline constexpr std::uint8_t image_data = 0xB1;            // IMAGE_DATA
inline constexpr std::uint8_t video_data = 0xB4;            // VIDEO_DATA
inline constexpr std::uint8_t param_send = 0xC6;            // PARAM_SEND, both ways
inline constexpr std::uint8_t ack = 0xD0;                   // CMD_ACK, both ways
inline constexpr std::uint8_t nak = 0xD1;                   // CMD_NAK, both ways
inline constexpr std::uint8_t capabilities_request = 0xD3;  // CAPABILITIES_REQUEST
inline constexpr std::uint8_t capabilities_reply = 0xD4;    // CAPABILITIES_REPLY
inline constexpr std::uint8_t batch_data = 0xD6;            // BATCH_DATA
inline constexpr std::uint8_t start_decode = 0xE4;          // START_SESSION, START_DECODE
inline constexpr std::uint8_t stop_decode = 0xE5;           // STOP_SESSION, STOP_DECODE
inline constexpr std::uint8_t beep = 0xE6;                  // BEEP
inline constexpr std::uint8_t led_on = 0xE7;                // LED_ON
inline constexpr std::uint8_t led_off = 0xE8;               // LED_OFF
inline constexpr std::uint8_t scan_enable = 0xE9;           // SCAN_ENABLE
inline constexpr std::uint8_t scan_disable = 0xEA;          // SCAN_DISABLE
inline constexpr std::uint8_t decode_data = 0xF3;           // DECODE_DATA
inline constexpr std::uint8_t event = 0xF6;                 // EVENT
}  // namespace opcode

inline constexpr std::uint8_t from_decoder = 0;
inline constexpr std::uint8_t from_host = 4;

inline constexpr std::uint8_t status_repeated = 0x01;   // sent before
inline constexpr std::uint8_t status_continued = 0x02;  // the message goes on in the next packet
inline constexpr std::uint8_t status_permanent = 0x08;  // parameters outlive a loss of power

// CMD_NAK, field Cause.
inline constexpr std::uint8_t cause_resend = 1;       // the checksum is wrong
inline constexpr std::uint8_t cause_bad_context = 2;  // an unknown or unexpected message
inline constexpr std::uint8_t cause_denied = 6;       // not allowed, or out of range
inline constexpr std::uint8_t cause_cancel = 10;      // not wanted

inline constexpr std::uint8_t event_boot = 3;  // EVENT, code "Boot up"

inline constexpr std::size_t header_size = 4;
inline constexpr std::size_t checksum_size = 2;
inline constexpr std::size_t longest_packet = 255 + checksum_size;

struct Packet {
  std::uint8_t opcode = 0;
  std::uint8_t source = 0;
  std::uint8_t status = 0;
  ByteView data;
  ByteView body;  // all but the checksum

  bool repeated() const { return (status & status_repeated) != 0; }
  bool continued() const { return (status & status_continued) != 0; }
};

enum class TokenKind : std::uint8_t {
  incomplete,
  packet,
  damaged,  // a packet with a wrong checksum, or without its end
  garbage,  // bytes that begin no packet
};

struct Token {
  TokenKind kind = TokenKind::incomplete;
  std::size_t size = 0;  // bytes from the front that this token is
  Packet packet;         // damaged: what its header says, as far as it is there
};

namespace detail {

// Opcodes that a decoder sends.
constexpr bool is_from_decoder(std::uint8_t code) {
  switch (code) {
    case opcode::management:
    case opcode::reply_revision:
    case opcode::image_data:
    case opcode::video_data:
    case opcode::param_send:
    case opcode::ack:
    case opcode::nak:
    case opcode::capabilities_reply:
    case opcode::batch_data:
    case opcode::decode_data:
    case opcode::event:
      return true;
    default:
      return false;
  }
}

// Bits 2, 4 and 6 of the status are used by no message.
inline constexpr std::uint8_t status_unused = 0x54;

// A packet may begin here, as far as its header can be seen.
constexpr bool may_begin(ByteView in) {
  if (in.empty() || in[0] < header_size) return false;
  if (in.size() > 2 && in[2] != from_decoder && in[2] != from_host) return false;
  return in.size() < header_size || (in[3] & status_unused) == 0;
}

// A decoder's packet begins here with near certainty, as far as its header can be seen.
constexpr bool surely_begins(ByteView in) {
  return in.size() >= 2 && may_begin(in) && is_from_decoder(in[1]) &&
         (in.size() == 2 || in[2] == from_decoder);
}

constexpr bool is_whole(ByteView in) {
  if (in.size() < header_size) return false;
  const std::size_t length = in[0];
  if (in.size() < length + checksum_size) return false;
  const std::uint16_t sum = driver::sum_complement16(in.first(length));
  return in[length] == sum >> 8 && in[length + 1] == (sum & 0xFF);
}

inline Packet packet_of(ByteView in, std::size_t length) {
  return {in[1], in[2], in[3], in.subspan(header_size, length - header_size), in.first(length)};
}

// The header of a packet whose data can not be trusted.
inline Packet header_of(ByteView in) {
  return {in[1], in[2], in[3], {}, in.first(header_size)};
}

}  // namespace detail

// A decoder's packet begins at the front, as far as one can tell before its end is there.
constexpr bool is_decoder_packet(ByteView in) {
  return detail::surely_begins(in);
}

// The token at the front of `in`. `silence` says that nothing more comes. A length is believed only
// once its checksum fits: behind a wrong one the next header counts, and each byte is judged by
// those in front of it and its own packet, so the same bytes give the same tokens however they are
// cut.
inline Token read_token(ByteView in, bool silence) {
  if (in.empty()) return {};
  if (!detail::may_begin(in)) {
    std::size_t size = 1;
    while (size < in.size() && !detail::may_begin(in.subspan(size))) ++size;
    return {TokenKind::garbage, size, {}};
  }
  if (in.size() < header_size) {
    return silence ? Token{TokenKind::garbage, in.size(), {}} : Token{};
  }
  const std::size_t total = in[0] + checksum_size;
  if (detail::is_whole(in)) {
    return {TokenKind::packet, total, detail::packet_of(in, in[0])};
  }
  if (in.size() < total && !silence) return {};
  const ByteView seen = in.first(total < in.size() ? total : in.size());
  std::size_t next = 1;
  while (next < seen.size() && !detail::surely_begins(seen.subspan(next))) ++next;
  return {TokenKind::damaged, next, detail::header_of(in)};
}

// A packet of the host.
using Frame = driver::FixedVector<std::uint8_t, longest_packet>;

// `data` has at most 251 bytes.
inline Frame host_packet(std::uint8_t code, std::uint8_t status, ByteView data) {
  Frame frame;
  frame.push_back(static_cast<std::uint8_t>(header_size + data.size()));
  frame.push_back(code);
  frame.push_back(from_host);
  frame.push_back(status);
  frame.append(data);
  const std::uint16_t sum = driver::sum_complement16(frame.view());
  frame.push_back(static_cast<std::uint8_t>(sum >> 8));
  frame.push_back(static_cast<std::uint8_t>(sum & 0xFF));
  return frame;
}

// Raw labels: text up to CR or LF, or to a silence. Size 0: incomplete. A CR that comes first may
// be the length of a packet of 13 bytes, until more is there.
struct RawLabel {
  std::size_t size = 0;  // bytes from the front, the end included
  std::string_view text;
};

inline RawLabel read_raw_label(ByteView in, bool silence) {
  const std::string_view text = driver::text_of(in);
  if (text == "\r" && !silence) return {};
  const std::size_t end = text.find_first_of("\r\n");
  if (end != std::string_view::npos) return {end + 1, text.substr(0, end)};
  return silence ? RawLabel{text.size(), text} : RawLabel{};
}

}  // namespace cartwright::ssi
