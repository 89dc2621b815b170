#include "status.hpp"

#include "words.hpp"

namespace cartwright::zvt {
namespace {

constexpr std::string_view hex_digits = "0123456789ABCDEF";
constexpr std::uint32_t no_receipt = 0xFFFF;  // 87 FFFF: there is none

// Reads the parts of one status information into Facts.
class StatusReader {
 public:
  StatusReader(std::uint8_t charset, Wrong& wrong) : charset_(charset), wrong_(wrong) {}

  bool take(const Field& field) {
    switch (field.number) {
      case 0x04:
        return number(field, facts_.amount_minor, CW_HAS_AMOUNT);
      case 0x06:
        return container(field.value);
      case 0x0B:
        return number(field, facts_.trace, CW_HAS_TRACE);
      case 0x22:
        facts_.pan_masked = masked_pan(field.value);
        return true;
      case 0x27:
        facts_.result = field.value[0];
        facts_.has |= CW_HAS_RESULT;
        return true;
      case 0x49:
        return number(field, facts_.currency, CW_HAS_CURRENCY);
      case 0x87:
        if ((field.value[0] << 8 | field.value[1]) == no_receipt) return true;
        return number(field, facts_.receipt, CW_HAS_RECEIPT);
      case 0x8A:
        card_type_ = card_type_name(field.value[0]);
        return true;
      case 0x8B:
        facts_.card = masked_text<40>(trimmed(field.value), charset_);
        return true;
      default:
        return true;
    }
  }

  Facts finish() {
    if (facts_.card.empty()) facts_.card.assign(card_type_);
    if (facts_.refused() && facts_.text.empty()) {
      facts_.text.assign(result_text(static_cast<std::uint8_t>(facts_.result)));
    }
    return facts_;
  }

 private:
  template <typename Number>
  bool number(const Field& field, Number& into, std::uint32_t bit) {
    const auto value = read_bcd(field.value);
    if (!value) {
      wrong_.assign("no number in BMP ");
      append_hex(wrong_, field.number, 2);
      return false;
    }
    into = static_cast<Number>(*value);
    facts_.has |= bit;
    return true;
  }

  bool container(ByteView tlvs) {
    bool good = walk_tlv(tlvs, [&](const Tlv& tlv, std::uint32_t) {
      if (tlv.tag == 0x14 && tlv.value.size() == 1) charset_ = tlv.value[0];
    });
    good = good && walk_tlv(tlvs, [&](const Tlv& tlv, std::uint32_t holder) {
             // Extended error text, or what the terminal shows.
             const bool text = tlv.tag == 0x1F17 || (tlv.tag == 0x07 && holder == 0x24);
             if (text && facts_.text.empty()) {
               facts_.text = masked_text<120>(trimmed(tlv.value), charset_);
             }
             if (tlv.tag == 0x1F2B) long_trace(tlv.value);
           });
    if (!good) wrong_.assign("a malformed TLV in BMP 06");
    return good;
  }

  // A trace number of more than six digits; BMP 0B is 0 then.
  void long_trace(ByteView bcd) {
    const auto value = read_bcd(bcd);
    if (!value || *value > 0xFFFFFFFFu) return;
    facts_.trace = static_cast<std::uint32_t>(*value);
    facts_.has |= CW_HAS_TRACE;
  }

  Facts facts_;
  std::uint8_t charset_;
  std::string_view card_type_;
  Wrong& wrong_;
};

}  // namespace

std::optional<Facts> read_status(ByteView data, std::uint8_t charset, Wrong& wrong) {
  StatusReader reader(charset, wrong);
  const std::size_t whole = data.size();
  while (!data.empty()) {
    const auto field = take_field(data, whole, wrong);
    if (!field || !reader.take(*field)) return std::nullopt;
  }
  return reader.finish();
}

std::optional<Completion> read_completion(ByteView data, Wrong& wrong) {
  Completion completion;
  const std::size_t whole = data.size();
  // A status enquiry's: [LLLVAR software] status [BMP 06]. No bitmap of a completion is Fx.
  if (!data.empty() && data[0] >= 0xF0) {
    const auto length = take_var_length(data, 3);
    if (!length || *length > data.size()) {
      wrong.assign("no length of the software version");
      return std::nullopt;
    }
    completion.software = masked_text<64>(trimmed(data.first(*length)), 0, 0);
    data = data.subspan(*length);
    if (!data.empty()) {
      completion.terminal_status = data[0];
      data = data.subspan(1);
    }
  } else if (data.size() == 1 || (!data.empty() && find_bitmap(data[0]) == nullptr)) {
    completion.terminal_status = data[0];
    data = data.subspan(1);
  }
  while (!data.empty()) {
    const auto field = take_field(data, whole, wrong);
    if (!field) return std::nullopt;
    if (field->number != 0x06) continue;
    const bool good = walk_tlv(field->value, [&](const Tlv& tlv, std::uint32_t) {
      if (tlv.tag == 0x1F40) completion.model = masked_text<64>(trimmed(tlv.value), 0, 0);
      if (tlv.tag == 0x1F41) completion.software = masked_text<64>(trimmed(tlv.value), 0, 0);
      if (tlv.tag != 0x1F42) return;
      completion.serial.clear();
      for (const std::uint8_t byte : tlv.value) {
        completion.serial.push_back(hex_digits[byte >> 4]);
        completion.serial.push_back(hex_digits[byte & 15]);
      }
    });
    if (!good) {
      wrong.assign("a malformed TLV in BMP 06");
      return std::nullopt;
    }
  }
  return completion;
}

}  // namespace cartwright::zvt
