#pragma once

// What stands in a packet: numbers in BCD, bitmaps (BMPs) and TLV containers. Pure and strict:
// what is not in the specification's tables is not guessed, since nobody could tell where the next
// field begins.

#include <cartwright/driver/fixed.hpp>
#include <cartwright/driver/input.hpp>

#include <array>
#include <optional>

namespace cartwright::zvt {

using driver::ByteView;

// Why a packet can not be read, for people. It never holds a byte of a field's content.
using Wrong = driver::FixedString<96>;

inline void append_hex(Wrong& text, std::uint32_t value, int digits) {
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
    text.push_back("0123456789abcdef"[value >> shift & 15]);
  }
}

// Decimal digits, two a byte; nothing where a half byte is none.
constexpr std::optional<std::uint64_t> read_bcd(ByteView bytes) {
  std::uint64_t value = 0;
  if (bytes.size() > 9) return std::nullopt;
  for (const std::uint8_t byte : bytes) {
    const unsigned high = byte >> 4;
    const unsigned low = byte & 15;
    if (high > 9 || low > 9) return std::nullopt;
    value = value * 100 + high * 10 + low;
  }
  return value;
}

// --- bitmaps

enum class Length : std::uint8_t { fixed, ll, lll, tlv };

struct Bitmap {
  std::uint8_t number;
  Length length;
  std::uint8_t size;  // of a fixed one
};

// PA00P015, "Summary of utilised BMPs".
inline constexpr auto bitmaps = std::to_array<Bitmap>({
    {0x01, Length::fixed, 1},   // timeout
    {0x02, Length::fixed, 1},   // most status informations
    {0x03, Length::fixed, 1},   // service byte
    {0x04, Length::fixed, 6},   // amount
    {0x05, Length::fixed, 1},   // pump number
    {0x06, Length::tlv, 0},     // TLV container
    {0x0B, Length::fixed, 3},   // trace number
    {0x0C, Length::fixed, 3},   // time
    {0x0D, Length::fixed, 2},   // date, month and day
    {0x0E, Length::fixed, 2},   // expiry date
    {0x17, Length::fixed, 2},   // card sequence number
    {0x19, Length::fixed, 1},   // payment type, status byte, card type
    {0x22, Length::ll, 0},      // card number or EF_ID
    {0x23, Length::ll, 0},      // track 2
    {0x24, Length::lll, 0},     // track 3
    {0x27, Length::fixed, 1},   // result code
    {0x29, Length::fixed, 4},   // terminal id
    {0x2A, Length::fixed, 15},  // contract number (VU)
    {0x2D, Length::ll, 0},      // track 1
    {0x2E, Length::lll, 0},     // synchronous chip data
    {0x37, Length::fixed, 3},   // trace number of the original transaction
    {0x3A, Length::fixed, 2},   // CVV
    {0x3B, Length::fixed, 8},   // authorisation attribute
    {0x3C, Length::lll, 0},     // additional text
    {0x3D, Length::fixed, 3},   // password
    {0x49, Length::fixed, 2},   // currency
    {0x60, Length::lll, 0},     // totals
    {0x70, Length::fixed, 4},   // image: id
    {0x71, Length::fixed, 4},   // image: size
    {0x72, Length::fixed, 1},   // image: MIME type
    {0x73, Length::fixed, 1},   // image: encoding
    {0x74, Length::fixed, 1},   // image: pieces
    {0x75, Length::fixed, 1},   // image: index
    {0x87, Length::fixed, 2},   // receipt number
    {0x88, Length::fixed, 3},   // turnover record number
    {0x8A, Length::fixed, 1},   // card type
    {0x8B, Length::ll, 0},      // card name
    {0x8C, Length::fixed, 1},   // card type of the network
    {0x92, Length::lll, 0},     // ec-cash offline data; gone from later revisions
    {0x9A, Length::lll, 0},     // GeldKarte
    {0xA0, Length::fixed, 1},   // result code of the authorisation system
    {0xA7, Length::ll, 0},      // chip data, EF_ID
    {0xAA, Length::fixed, 3},   // date with year
    {0xAF, Length::lll, 0},     // EF_Info
    {0xBA, Length::fixed, 5},   // AID parameter
    {0xD0, Length::fixed, 1},   // algorithm
    {0xD1, Length::ll, 0},      // card offset
    {0xD2, Length::fixed, 1},   // direction
    {0xD3, Length::fixed, 1},   // key identifier
    {0xE0, Length::fixed, 1},   // shortest input
    {0xE1, Length::ll, 0},      // text 2, lines 1 to 8
    {0xE2, Length::ll, 0},     {0xE3, Length::ll, 0},    {0xE4, Length::ll, 0},
    {0xE5, Length::ll, 0},     {0xE6, Length::ll, 0},    {0xE7, Length::ll, 0},
    {0xE8, Length::ll, 0},     {0xE9, Length::fixed, 1},  // longest input
    {0xEA, Length::fixed, 1},                             // echo
    {0xEB, Length::fixed, 8},                             // MAC
    {0xF0, Length::fixed, 1},                             // display time
    {0xF1, Length::ll, 0},                                // text 1, lines 1 to 8
    {0xF2, Length::ll, 0},     {0xF3, Length::ll, 0},    {0xF4, Length::ll, 0},
    {0xF5, Length::ll, 0},     {0xF6, Length::ll, 0},    {0xF7, Length::ll, 0},
    {0xF8, Length::ll, 0},     {0xF9, Length::fixed, 1},  // beeps
    {0xFA, Length::fixed, 1},                             // card reader
    {0xFB, Length::fixed, 1},                             // confirmation
    {0xFC, Length::fixed, 1},                             // dialog control
    {0xFD, Length::fixed, 1},                             // which display
});

constexpr const Bitmap* find_bitmap(std::uint8_t number) {
  for (const Bitmap& one : bitmaps) {
    if (one.number == number) return &one;
  }
  return nullptr;
}

// Takes the length of a BER-TLV object (up to 65535) off `in`.
constexpr std::optional<std::size_t> take_tlv_length(ByteView& in) {
  if (in.empty()) return std::nullopt;
  const std::uint8_t first = in[0];
  std::size_t bytes = 1;
  std::size_t length = first;
  if (first == 0x81) {
    bytes = 2;
  } else if (first == 0x82) {
    bytes = 3;
  } else if (first > 0x7F) {
    return std::nullopt;
  }
  if (in.size() < bytes) return std::nullopt;
  if (bytes > 1) length = in[1];
  if (bytes > 2) length = length << 8 | in[2];
  in = in.subspan(bytes);
  return length;
}

// Takes the length in front of an LLVAR (2 bytes) or LLLVAR (3): one digit a byte, Fx Fy [Fz].
constexpr std::optional<std::size_t> take_var_length(ByteView& in, std::size_t digits) {
  if (in.size() < digits) return std::nullopt;
  std::size_t length = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    if ((in[i] & 0xF0) != 0xF0 || (in[i] & 15) > 9) return std::nullopt;
    length = length * 10 + (in[i] & 15u);
  }
  in = in.subspan(digits);
  return length;
}

struct Field {
  std::uint8_t number = 0;
  ByteView value;
};

// Takes the next bitmap off `in`, which must not be empty. Nothing, and `wrong` says why, for an
// unknown number or a length that the packet does not hold.
inline std::optional<Field> take_field(ByteView& in, std::size_t whole, Wrong& wrong) {
  const std::size_t at = whole - in.size();
  const auto refuse = [&](std::string_view why) {
    wrong.clear();
    wrong.append(why);
    wrong.append(" BMP ");
    append_hex(wrong, in[0], 2);
    wrong.append(" at byte 0x");
    append_hex(wrong, static_cast<std::uint32_t>(at), 4);
    return std::nullopt;
  };
  const Bitmap* const bitmap = find_bitmap(in[0]);
  if (bitmap == nullptr) return refuse("unknown");
  ByteView rest = in.subspan(1);
  std::optional<std::size_t> length = bitmap->size;
  if (bitmap->length == Length::ll) length = take_var_length(rest, 2);
  if (bitmap->length == Length::lll) length = take_var_length(rest, 3);
  if (bitmap->length == Length::tlv) length = take_tlv_length(rest);
  if (!length) return refuse("no length in");
  if (*length > rest.size()) return refuse("the packet ends inside");
  const Field field{in[0], rest.first(*length)};
  in = rest.subspan(*length);
  return field;
}

// --- TLV

struct Tlv {
  std::uint32_t tag = 0;  // its bytes: 0x24, 0x1F17, 0x1F8001
  bool constructed = false;
  ByteView value;
};

// Takes the next object off `in`, which must not be empty; nothing where it is malformed.
constexpr std::optional<Tlv> take_tlv(ByteView& in) {
  Tlv tlv;
  tlv.tag = in[0];
  tlv.constructed = (in[0] & 0x20) != 0;
  std::size_t size = 1;
  bool more = (in[0] & 0x1F) == 0x1F;
  while (more) {
    if (size == in.size() || size == 3) return std::nullopt;
    tlv.tag = tlv.tag << 8 | in[size];
    more = (in[size++] & 0x80) != 0;
  }
  ByteView rest = in.subspan(size);
  const auto length = take_tlv_length(rest);
  if (!length || *length > rest.size()) return std::nullopt;
  tlv.value = rest.first(*length);
  in = rest.subspan(*length);
  return tlv;
}

// Calls `each` with every primitive object and the tag of the one that holds it (0: none). False
// where one is malformed or they are nested too deep.
template <typename Each>
constexpr bool walk_tlv(ByteView in, Each&& each, std::uint32_t holder = 0, int depth = 0) {
  while (!in.empty()) {
    const auto tlv = take_tlv(in);
    if (!tlv || depth > 6) return false;
    if (!tlv->constructed) {
      each(*tlv, holder);
    } else if (!walk_tlv(tlv->value, each, tlv->tag, depth + 1)) {
      return false;
    }
  }
  return true;
}

}  // namespace cartwright::zvt
