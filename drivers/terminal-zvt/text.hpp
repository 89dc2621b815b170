#pragma once

// The terminal's texts as UTF-8, and card numbers made unreadable before anything else is done.

#include <cartwright/driver/code_page.hpp>
#include <cartwright/driver/input.hpp>

namespace cartwright::zvt {

using driver::ByteView;
using driver::FixedString;

// PA00P015, tag 14: the number that names a character set. 1 to 16 are parts of ISO 8859.
inline constexpr std::uint8_t charset_latin1 = 1;
inline constexpr std::uint8_t charset_latin9 = 15;
inline constexpr std::uint8_t charset_utf8 = 0xFE;
inline constexpr std::uint8_t charset_cp437 = 0xFF;

namespace detail {

constexpr char32_t latin9(std::uint8_t byte) {
  switch (byte) {
    case 0xA4:
      return U'€';
    case 0xA6:
      return U'Š';
    case 0xA8:
      return U'š';
    case 0xB4:
      return U'Ž';
    case 0xB8:
      return U'ž';
    case 0xBC:
      return U'Œ';
    case 0xBD:
      return U'œ';
    case 0xBE:
      return U'Ÿ';
    default:
      return byte;
  }
}

// One character of more than ASCII, of a set with a byte a character.
constexpr char32_t character(std::uint8_t byte, std::uint8_t charset) {
  switch (charset) {
    case charset_cp437:
      return driver::from_byte(driver::CodePage::cp437, byte);
    case charset_latin1:
      return byte < 0xA0 ? driver::replacement_character : byte;
    case charset_latin9:
      return byte < 0xA0 ? driver::replacement_character : latin9(byte);
    default:
      return driver::replacement_character;
  }
}

constexpr bool is_digit(std::uint8_t byte) {
  return byte >= '0' && byte <= '9';
}

constexpr bool separates(std::uint8_t byte) {
  return byte == ' ' || byte == '-' || byte == '.' || byte == '/' || byte == '_' || byte == 0xA0;
}

// A run of digits with at most so many separators from one to the next.
struct Run {
  std::size_t size = 0;    // bytes
  std::size_t digits = 0;  // of them
};
constexpr Run digit_run(ByteView in, std::size_t separators) {
  Run run;
  for (std::size_t i = 0, gap = 0; i < in.size() && gap <= separators; ++i) {
    if (is_digit(in[i])) {
      gap = 0;
      ++run.digits;
      run.size = i + 1;
    } else if (separates(in[i])) {
      ++gap;
    } else {
      break;
    }
  }
  return run;
}

// Whether digit `index` of a card number of `count` digits may be seen: the first six and last four
// of a long one, the last four of a short one.
constexpr bool may_show(std::size_t index, std::size_t count) {
  return index + 4 >= count || (count >= 14 && index < 6);
}

}  // namespace detail

inline constexpr std::size_t shortest_card_number = 12;

// `in` as UTF-8, as much as fits. A run of twelve or more digits, with separators or without, may
// be a card number: of such only what may_show says stays. Control characters are left out.
template <std::size_t N>
constexpr FixedString<N> masked_text(ByteView in, std::uint8_t charset,
                                     std::size_t separators = 2) {
  FixedString<N> text;
  std::size_t run_end = 0;
  std::size_t digits = 0;  // of the run
  std::size_t index = 0;   // of the digit in it
  for (std::size_t i = 0; i < in.size();) {
    const std::uint8_t byte = in[i];
    if (i >= run_end && detail::is_digit(byte)) {
      const detail::Run run = detail::digit_run(in.subspan(i), separators);
      run_end = i + run.size;
      digits = run.digits;
      index = 0;
    }
    if (detail::is_digit(byte)) {
      const bool hide = digits >= shortest_card_number && !detail::may_show(index++, digits);
      if (!text.push_back(hide ? '*' : static_cast<char>(byte))) return text;
      ++i;
    } else if (byte < 0x80 || charset != charset_utf8) {
      ++i;
      if (byte < 0x20 || byte == 0x7F) continue;
      if (!text.append(driver::to_utf8(byte < 0x80 ? byte : detail::character(byte, charset)))) {
        return text;
      }
    } else {
      std::string_view rest = driver::text_of(in.subspan(i));
      const std::size_t before = rest.size();
      if (!text.append(driver::to_utf8(driver::take_character(rest)))) return text;
      i += before - rest.size();
    }
  }
  return text;
}

// A card number in BCD, padded with F; E is a digit that the terminal has masked itself. What may
// not be seen becomes '*'.
using MaskedPan = FixedString<24>;
constexpr MaskedPan masked_pan(ByteView bcd) {
  const auto half = [&](std::size_t i) {
    return static_cast<std::uint8_t>(i % 2 == 0 ? bcd[i / 2] >> 4 : bcd[i / 2] & 15);
  };
  std::size_t count = 0;
  while (count < 2 * bcd.size() && half(count) != 0x0F && half(count) != 0x0D) ++count;
  MaskedPan text;
  for (std::size_t i = 0; i < count; ++i) {
    const bool shown = count >= 8 && half(i) <= 9 && detail::may_show(i, count);
    if (!text.push_back(shown ? static_cast<char>('0' + half(i)) : '*')) break;
  }
  return text;
}

// Without the blanks and zeros at its end.
constexpr ByteView trimmed(ByteView in) {
  while (!in.empty() && (in.back() == 0 || in.back() == ' ')) in = in.first(in.size() - 1);
  return in;
}

}  // namespace cartwright::zvt
