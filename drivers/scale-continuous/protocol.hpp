#pragma once

// What a scale sends that sends lines by itself. Pure: bytes in, a line's meaning out.
//
//   [address] header [, mode] , value [unit] CR LF       ST,GS,+0001.234kg
//
// header  ST stable, US unstable, OL over (with '-': under) and UL under the range, QT a count
// mode    GS gross, NT net, TR the tare itself; LO, OK, HI, -- results of a comparison
// value   sign, spaces or zeros, digits with '.' or ','; the separator before the unit may be left
//         out or be a space
//
// Sources: A&D HW-G and EK-L instruction manuals, "Data format"; Dini Argeo DGT4X technical manual,
// "Standard string".

#include <cartwright/driver/decimal.hpp>
#include <cartwright/driver/input.hpp>

namespace cartwright::continuous {

using driver::ByteView;
using driver::Decimal;

enum class LineKind : std::uint8_t {
  incomplete,
  garbage,
  nothing,  // an empty line, a command's echo, the tare itself
  weight,
  over,
  under,
  foreign  // a count, a percentage, or a unit that this driver can not tell
};

enum class Mode : std::uint8_t { unknown, gross, net };

struct Line {
  LineKind kind = LineKind::incomplete;
  std::size_t size = 0;  // bytes from the front that this line is
  Decimal value;         // kind weight, with the digits that the scale indicated
  bool stable = false;
  Mode mode = Mode::unknown;
  std::uint32_t unit = 0;  // CW_UNIT_*; 0 where the line names none
};

namespace detail {

constexpr std::size_t longest = 48;  // the manuals' longest is 26

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
constexpr bool is_letter(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '%';
}
constexpr void skip(std::string_view& text, char c) {
  while (!text.empty() && text.front() == c) text.remove_prefix(1);
}
constexpr bool take(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

// A separator: a comma or semicolon with spaces round it, or spaces alone.
constexpr bool take_separator(std::string_view& text) {
  const std::size_t before = text.size();
  skip(text, ' ');
  if (!text.empty() && (text.front() == ',' || text.front() == ';')) text.remove_prefix(1);
  return text.size() != before;
}

// The part that is a number: sign, spaces, digits and one point.
constexpr std::string_view take_number(std::string_view& text) {
  std::size_t end = 0;
  while (end < text.size() && text[end] == ' ') ++end;
  if (end < text.size() && (text[end] == '+' || text[end] == '-')) ++end;
  while (end < text.size() && text[end] == ' ') ++end;
  while (end < text.size() && is_digit(text[end])) ++end;
  if (end + 1 < text.size() && (text[end] == '.' || text[end] == ',') && is_digit(text[end + 1])) {
    ++end;
    while (end < text.size() && is_digit(text[end])) ++end;
  } else if (end < text.size() && text[end] == '.') {
    ++end;  // "1234."
  }
  const std::string_view number = text.substr(0, end);
  text.remove_prefix(end);
  return number;
}

constexpr bool take_mode(std::string_view& text, Line& line) {
  if (take(text, "GS")) {
    line.mode = Mode::gross;
  } else if (take(text, "NT")) {
    line.mode = Mode::net;
  } else if (take(text, "TR")) {
    line.kind = LineKind::nothing;
  } else if (!take(text, "LO") && !take(text, "OK") && !take(text, "HI") && !take(text, "--")) {
    return true;  // none
  }
  return take_separator(text);
}

// What stands behind the number: nothing, or a unit.
constexpr bool take_unit(std::string_view text, Line& line) {
  take_separator(text);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  if (text.empty()) return true;
  for (const char c : text) {
    if (!is_letter(c) && c != ' ') return false;
  }
  const auto unit = driver::unit_of(text);
  if (!unit) line.kind = LineKind::foreign;
  line.unit = unit.value_or(0);
  return text.size() <= 4;
}

constexpr Line read_range(std::string_view text, bool under) {
  return {
      under || text.find('-') < text.find_first_of("0123456789") ? LineKind::under : LineKind::over,
      0,
      {},
      false,
      Mode::unknown,
      0};
}

// A whole line without its end.
constexpr Line read_text(std::string_view text) {
  Line line{LineKind::garbage, 0, {}, false, Mode::unknown, 0};
  if (text.starts_with('\x02')) text.remove_prefix(1);
  if (text.ends_with('\x03')) text.remove_suffix(1);
  for (const char c : text) {
    if (c < ' ' || c > '~') return line;
  }
  if (text.empty() || text == "Z" || text == "T" || text == "CT") {
    line.kind = LineKind::nothing;
    return line;
  }
  for (int i = 0; i < 2 && !text.empty() && is_digit(text.front()); ++i) text.remove_prefix(1);
  const std::string_view header = text.substr(0, 2);
  text.remove_prefix(header.size());
  if (!take_separator(text)) return line;
  if (header == "OL" || header == "UL") return read_range(text, header == "UL");
  if (header != "ST" && header != "US" && header != "QT") return line;
  line.stable = header == "ST";
  line.kind = header == "QT" ? LineKind::foreign : LineKind::weight;
  const bool form = take_mode(text, line);
  const auto value = driver::parse_decimal(take_number(text));
  if (!form || !value || !take_unit(text, line)) line.kind = LineKind::garbage;
  line.value = value.value_or(Decimal{});
  return line;
}

}  // namespace detail

// The line at the front of `in`. The same bytes give the same lines however they are cut: a line is
// judged when its end is there, or when it is longer than any.
constexpr Line read_line(ByteView in) {
  for (std::size_t i = 0; i < in.size() && i <= detail::longest; ++i) {
    if (in[i] != '\r' && in[i] != '\n') continue;
    Line line = detail::read_text(driver::text_of(in.first(i)));
    line.size = i + 1;
    return line;
  }
  if (in.size() <= detail::longest) return {};
  return {LineKind::garbage, detail::longest, {}, false, Mode::unknown, 0};
}

}  // namespace cartwright::continuous
