#pragma once

// What a scale sends that speaks MT-SICS, levels 0 and 1. Pure: bytes in, an answer out.
//
//   S S 100.00 g      stable weight (S, SI, SIR, SR); S D: it moves; the value fills ten columns
//   S I, S +, S -     not now; over the range; under it
//   Z A, ZI D, TA I   done; done while it moved; not now
//   T L, TA L         a wrong parameter
//   I4 A "1234567"    the serial number; also said after power-on and after @
//   ES, ET, EL        not understood; spoilt on the line; not possible
//
// Source: Mettler-Toledo MT-SICS Reference Manual 11780711, sections 2.1 (formats, error messages)
// and 3 (commands).

#include <cartwright/driver/decimal.hpp>
#include <cartwright/driver/input.hpp>

namespace cartwright::mtsics {

using driver::ByteView;
using driver::Decimal;

enum class AnswerKind : std::uint8_t {
  incomplete,
  garbage,
  nothing,  // an empty line
  weight,   // command, status S, D or A, value and unit
  status,   // command and status alone
  text,     // command, status, quoted text
  broken,   // S S Error 10b: the scale says it is broken
  error     // ES, ET, EL: status S, T or L
};

struct Answer {
  AnswerKind kind = AnswerKind::incomplete;
  std::size_t size = 0;      // bytes from the front that this answer is
  std::string_view command;  // "S", "Z", "I4"; part of the bytes read
  char status = 0;           // S D A I L + - B E
  Decimal value;             // with the digits that the scale indicated
  std::uint32_t unit = 0;    // CW_UNIT_*; 0 for one that this driver can not tell
  std::string_view text;     // without the quotes at its ends
};

namespace detail {

constexpr std::size_t longest = 256;  // I2 and I3 have texts of free length

constexpr std::string_view take_word(std::string_view& text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  const std::string_view word = text.substr(0, text.find(' '));
  text.remove_prefix(word.size());
  return word;
}

constexpr Answer of_kind(AnswerKind kind) {
  Answer answer;
  answer.kind = kind;
  return answer;
}

constexpr bool is_command(std::string_view word) {
  if (word.empty() || word.size() > 5) return false;
  for (const char c : word) {
    if ((c < 'A' || c > 'Z') && (c < '0' || c > '9')) return false;
  }
  return word.front() >= 'A' && word.front() <= 'Z';
}

// What stands behind command and status: nothing, a quoted text, or a weight with its unit.
constexpr AnswerKind read_rest(std::string_view rest, Answer& answer) {
  const std::string_view first = take_word(rest);
  if (first.empty()) return AnswerKind::status;
  if (first == "Error") return AnswerKind::broken;
  if (first.starts_with('"')) {
    const char* const begin = first.data();
    answer.text = {begin + 1, static_cast<std::size_t>(rest.data() + rest.size() - begin - 1)};
    if (answer.text.ends_with('"')) answer.text.remove_suffix(1);
    return AnswerKind::text;
  }
  const auto value = driver::parse_decimal(first);
  const std::string_view unit = take_word(rest);
  if (!value || !rest.empty()) {
    answer.text = first;
    return answer.command.starts_with('S') ? AnswerKind::garbage : AnswerKind::text;
  }
  answer.value = *value;
  answer.unit = driver::unit_of(unit).value_or(0);
  return AnswerKind::weight;
}

constexpr bool is_control(char c) {
  return (c >= 0 && c < ' ') || c == 0x7F;
}

// A whole line without CR LF. What an idle line picked up before it is left out.
constexpr Answer read_text(std::string_view line) {
  while (!line.empty() && is_control(line.front())) line.remove_prefix(1);
  while (!line.empty() && line.back() == ' ') line.remove_suffix(1);
  if (line.empty()) return of_kind(AnswerKind::nothing);
  Answer answer = of_kind(AnswerKind::garbage);
  for (const char c : line) {
    if (is_control(c)) return answer;  // texts may have 8-bit characters
  }
  if (line == "ES" || line == "ET" || line == "EL") {
    answer.kind = AnswerKind::error;
    answer.status = line[1];
    return answer;
  }
  answer.command = take_word(line);
  const std::string_view status = take_word(line);
  constexpr std::string_view known = "SDAILBE+-";
  if (!is_command(answer.command) || status.size() != 1 ||
      known.find(status[0]) == std::string_view::npos) {
    return answer;
  }
  answer.status = status[0];
  answer.kind = read_rest(line, answer);
  return answer;
}

}  // namespace detail

// The capacity that stands at the end of I2's text, "Model Standard 5100.00 g"; nothing where none
// does.
struct Capacity {
  Decimal value;
  std::uint32_t unit = 0;
};
constexpr std::optional<Capacity> read_capacity(std::string_view text) {
  const auto take_last = [&] {
    while (!text.empty() && (text.back() == ' ' || text.back() == '"')) text.remove_suffix(1);
    const std::size_t at = text.find_last_of(" \"");
    const std::string_view word = text.substr(at == std::string_view::npos ? 0 : at + 1);
    text.remove_suffix(word.size());
    return word;
  };
  const auto unit = driver::unit_of(take_last());
  const auto value = driver::parse_decimal(take_last());
  if (!unit || !value) return std::nullopt;
  return Capacity{*value, *unit};
}

// The answer at the front of `in`. The same bytes give the same answers however they are cut: a
// line is judged when its LF is there, or when it is longer than any.
constexpr Answer read_answer(ByteView in) {
  for (std::size_t i = 0; i < in.size() && i <= detail::longest; ++i) {
    if (in[i] != '\n') continue;
    std::string_view line = driver::text_of(in.first(i));
    if (line.ends_with('\r')) line.remove_suffix(1);
    Answer answer = detail::read_text(line);
    answer.size = i + 1;
    return answer;
  }
  if (in.size() <= detail::longest) return {};
  Answer answer = detail::of_kind(AnswerKind::garbage);
  answer.size = detail::longest;
  return answer;
}

}  // namespace cartwright::mtsics
