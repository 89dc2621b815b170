#pragma once

// What a scale sends that speaks SMA SCP-0499. Pure: bytes in, a message out.
//
//   LF s r n m f weight(10) unit(3) CR   the standard scale response
//   LF r e c m CR                        diagnostics, "D"
//   LF xxx:text CR                       a field of "A", "B", "I" and "N"
//   LF ? CR, LF ! CR                     not understood; a communication error
//
// Source: Scale Manufacturers Association, Standard Scale Serial Communication Protocol, Levels #1
// and #2 (SMA SCP-0499), first edition with Mod 1 of 2005, sections 4 and 5.

#include <cartwright/driver/decimal.hpp>
#include <cartwright/driver/input.hpp>
#include <cartwright/driver/parts.hpp>

namespace cartwright::sma {

using driver::ByteView;
using driver::Decimal;

enum class MessageKind : std::uint8_t {
  incomplete,
  garbage,
  nothing,  // LF LF: an empty line
  scale,
  diagnostics,
  field,
  unknown,  // ?
  spoilt    // !
};

struct Message {
  MessageKind kind = MessageKind::incomplete;
  std::size_t size = 0;  // bytes from the front that this message is
  // kind scale
  char status = ' ';  // Z O U E I T e or space
  char mode = 'G';    // G N T, in high resolution g n t
  bool moves = false;
  bool has_weight = false;  // else dashes
  Decimal weight;           // with the digits that the scale indicated
  std::uint32_t unit = 0;   // CW_UNIT_*; 0 for one that this driver can not tell
  // kind diagnostics
  bool memory_error = false;  // RAM, ROM or EEPROM
  bool calibration_error = false;
  // kind field: "MFG" and what stands behind the colon; parts of the bytes read
  std::string_view name;
  std::string_view text;
};

namespace detail {

constexpr char lf = '\n';
constexpr char cr = '\r';
constexpr std::size_t longest = 64;  // an about field has 25 characters at most

constexpr bool one_of(char c, std::string_view set) {
  return set.find(c) != std::string_view::npos;
}

constexpr std::string_view trimmed(std::string_view text) {
  return driver::trimmed(text, " _");
}

constexpr Message of_kind(MessageKind kind) {
  Message message;
  message.kind = kind;
  return message;
}

// 5.1: s r n m f weight unit. The unit's blanks are spaces or underscores; some scales leave them
// out.
constexpr Message read_scale(std::string_view text) {
  Message message = of_kind(MessageKind::garbage);
  const bool columns = text.size() >= 16 && text.size() <= 18 && one_of(text[0], " ZOUEITe") &&
                       text[1] >= '0' && text[1] <= '9' && one_of(text[2], "GNTgnt") &&
                       one_of(text[3], " M");
  if (!columns) return message;
  const std::string_view digits = text.substr(5, 10);
  const bool dashes = trimmed(digits).find_first_not_of('-') == std::string_view::npos;
  const auto weight = driver::parse_decimal(digits);
  if (!weight && !dashes) return message;
  for (const char c : text.substr(15)) {
    if ((c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && !one_of(c, " _/")) return message;
  }
  message.kind = MessageKind::scale;
  message.status = text[0];
  message.mode = text[2];
  message.moves = text[3] == 'M';
  message.has_weight = weight.has_value();
  message.weight = weight.value_or(Decimal{});
  message.unit = driver::unit_of(trimmed(text.substr(15))).value_or(0);
  return message;
}

// 5.4: RAM or ROM, EEPROM, calibration, maker's own; each a letter or a space.
constexpr Message read_diagnostics(std::string_view text) {
  if (!one_of(text[0], " R") || !one_of(text[1], " E") || !one_of(text[2], " C")) {
    return of_kind(MessageKind::garbage);
  }
  Message message = of_kind(MessageKind::diagnostics);
  message.memory_error = text[0] == 'R' || text[1] == 'E';
  message.calibration_error = text[2] == 'C';
  return message;
}

constexpr Message read_text(std::string_view text) {
  for (const char c : text) {
    if (c < ' ' || c > '~') return of_kind(MessageKind::garbage);
  }
  if (text == "?") return of_kind(MessageKind::unknown);
  if (text == "!") return of_kind(MessageKind::spoilt);
  if (text.size() >= 4 && text[3] == ':') {
    Message message = of_kind(MessageKind::field);
    message.name = trimmed(text.substr(0, 3));
    message.text = trimmed(text.substr(4));
    return message;
  }
  return text.size() == 4 ? read_diagnostics(text) : read_scale(text);
}

// No message begins before the next LF from `from` on.
constexpr Message garbage(ByteView in, std::size_t from) {
  Message message = of_kind(MessageKind::garbage);
  message.size = from;
  while (message.size < in.size() && in[message.size] != lf) ++message.size;
  return message;
}

}  // namespace detail

// The message at the front of `in`. The same bytes give the same messages however they are cut.
constexpr Message read_message(ByteView in) {
  if (in.empty()) return {};
  if (in[0] != detail::lf) return detail::garbage(in, 1);
  for (std::size_t i = 1; i < in.size(); ++i) {
    if (in[i] == detail::lf) {
      Message message = detail::of_kind(i == 1 ? MessageKind::nothing : MessageKind::garbage);
      message.size = i;
      return message;
    }
    if (in[i] == detail::cr) {
      Message message = detail::read_text(driver::text_of(in.subspan(1, i - 1)));
      message.size = i + 1;
      return message;
    }
    if (i > detail::longest) return detail::garbage(in, i);
  }
  return {};
}

}  // namespace cartwright::sma
