#pragma once

#include <cartwright/abi/terminal.h>

#include "fields.hpp"
#include "text.hpp"

namespace cartwright::zvt {

// What a status information (04 0F) says of a transaction. Nothing of a card but what may be shown.
struct Facts {
  std::int64_t amount_minor = 0;
  std::uint32_t has = 0;  // CW_HAS_*
  std::uint32_t currency = 0;
  std::uint32_t result = 0;  // BMP 27
  std::uint32_t trace = 0;
  std::uint32_t receipt = 0;
  FixedString<40> card;
  MaskedPan pan_masked;
  FixedString<120> text;

  bool approved() const { return (has & CW_HAS_RESULT) != 0 && result == 0; }
  bool refused() const { return (has & CW_HAS_RESULT) != 0 && result != 0; }
  bool same_transaction(const Facts& other) const {
    return has == other.has && result == other.result && trace == other.trace &&
           receipt == other.receipt && amount_minor == other.amount_minor;
  }
};

// Nothing, and `wrong` says why, for a packet that holds what the specification does not know.
std::optional<Facts> read_status(ByteView data, std::uint8_t charset, Wrong& wrong);

// What a completion (06 0F) says; each part may be missing.
struct Completion {
  std::optional<std::uint8_t> terminal_status;  // of a status enquiry; 0 is ready
  FixedString<64> software;
  FixedString<64> model;
  FixedString<32> serial;
};
std::optional<Completion> read_completion(ByteView data, Wrong& wrong);

// Calls `each(line, charset)` for each line of a text block (06 D3) and sets `type` to the kind of
// receipt (tag 1F07). False where it is malformed.
template <typename Each>
bool read_text_block(ByteView data, std::uint8_t charset, std::uint32_t& type, Wrong& wrong,
                     Each&& each) {
  while (!data.empty()) {
    const auto field = take_field(data, data.size(), wrong);
    if (!field) return false;
    if (field->number != 0x06) continue;
    bool good = walk_tlv(field->value, [&](const Tlv& tlv, std::uint32_t) {
      if (tlv.tag == 0x14 && tlv.value.size() == 1) charset = tlv.value[0];
      if (tlv.tag == 0x1F07 && tlv.value.size() == 1) type = tlv.value[0];
    });
    good = good && walk_tlv(field->value, [&](const Tlv& tlv, std::uint32_t holder) {
             if (tlv.tag == 0x07 && holder == 0x25) each(tlv.value, charset);
           });
    if (good) continue;
    wrong.assign("a malformed TLV in BMP 06");
    return false;
  }
  return true;
}

}  // namespace cartwright::zvt
