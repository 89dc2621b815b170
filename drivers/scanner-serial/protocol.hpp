#pragma once

// Labels in a stream of bytes: [prefix] label suffix, or [prefix] label and then silence. Pure:
// bytes in, a token out.

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace cartwright::scanner_serial {

struct Framing {
  std::string_view prefix;  // empty: none
  std::string_view suffix;  // empty: the next prefix or silence ends a label
  std::size_t longest = 1024;
};

enum class TokenKind : std::uint8_t {
  incomplete,
  label,
  blank,     // line ends between labels
  garbage,   // bytes that no label has, or that stand before the prefix
  cut,       // a prefix where a suffix was due
  too_long,  // no end within the longest label
};

struct Token {
  TokenKind kind = TokenKind::incomplete;
  std::size_t size = 0;     // bytes from the front that this token is
  std::string_view label;   // kind label; may be empty
  bool tore_label = false;  // kind garbage: a label had begun, what follows is its rest
};

namespace detail {

constexpr bool is_line_end(char c) {
  return c == '\r' || c == '\n';
}

// Control bytes that labels hold: those of ISO/IEC 15434 (GS, RS, FS, US, EOT), tab and line ends.
constexpr bool may_stand_in_label(char c) {
  const auto byte = static_cast<unsigned char>(c);
  if (byte >= 0x20) return byte != 0x7F;
  return (byte >= 0x1C && byte <= 0x1F) || byte == 0x04 || byte == '\t' || is_line_end(c);
}

constexpr bool is_printable_ascii(char c) {
  return c > 0x20 && c < 0x7F;
}

// Where the first prefix begins, whole or its head at the very end.
constexpr std::size_t find_prefix(std::string_view in, std::string_view prefix) {
  std::size_t at = 0;
  while (at < in.size() && !in.substr(at).starts_with(prefix) &&
         !prefix.starts_with(in.substr(at))) {
    ++at;
  }
  return at;
}

constexpr std::string_view without_line_ends(std::string_view label) {
  while (!label.empty() && is_line_end(label.front())) label.remove_prefix(1);
  while (!label.empty() && is_line_end(label.back())) label.remove_suffix(1);
  return label;
}

constexpr bool ends_at(std::string_view body, std::size_t end, std::string_view mark) {
  return !mark.empty() && body.substr(0, end).ends_with(mark);
}

}  // namespace detail

// What stands before the label at the front of `in`: blank, garbage, or nothing (incomplete with
// size 0, as the label may begin there). `after_garbage` says that the last token was garbage: then
// bytes over 0x7F are still part of it.
constexpr Token read_before_label(std::string_view in, const Framing& framing, bool after_garbage) {
  if (!framing.prefix.empty()) {
    const std::size_t at = detail::find_prefix(in, framing.prefix);
    if (at == 0) return {};
    const bool blank = detail::without_line_ends(in.substr(0, at)).empty();
    return {blank ? TokenKind::blank : TokenKind::garbage, at, {}, false};
  }
  const char first = in.front();
  if (detail::is_line_end(first) && !framing.suffix.starts_with(first)) {
    return {TokenKind::blank, 1, {}, false};
  }
  if (after_garbage && static_cast<unsigned char>(first) >= 0x80) {
    return {TokenKind::garbage, 1, {}, false};
  }
  return {};
}

// The token at the front of `in`. `silence` says that nothing more comes. Each byte is judged when
// it comes, so the same bytes give the same tokens however they are cut.
constexpr Token read_token(std::string_view in, const Framing& framing, bool after_garbage,
                           bool silence) {
  if (in.empty()) return {};
  if (const Token before = read_before_label(in, framing, after_garbage); before.size != 0) {
    return before;
  }
  if (in.size() < framing.prefix.size()) {
    return silence ? Token{TokenKind::garbage, in.size(), {}, false} : Token{};
  }
  const std::size_t skip = framing.prefix.size();
  const std::string_view body = in.substr(skip);
  const std::size_t limit =
      framing.longest + (framing.suffix.empty() ? framing.prefix : framing.suffix).size();
  bool begun = false;
  for (std::size_t i = 0; i < body.size(); ++i) {
    const char c = body[i];
    const std::size_t end = i + 1;
    if (detail::ends_at(body, end, framing.suffix)) {
      const auto label = body.substr(0, end - framing.suffix.size());
      return {TokenKind::label, skip + end, detail::without_line_ends(label), false};
    }
    if (detail::ends_at(body, end, framing.prefix)) {
      // The new prefix stays for the next token.
      if (!framing.suffix.empty()) return {TokenKind::cut, end, {}, false};
      const auto label = body.substr(0, end - skip);
      return {TokenKind::label, end, detail::without_line_ends(label), false};
    }
    const bool known = detail::may_stand_in_label(c) ||
                       framing.suffix.find(c) != std::string_view::npos ||
                       framing.prefix.find(c) != std::string_view::npos;
    if (!known) return {TokenKind::garbage, skip + end, {}, begun};
    if (framing.suffix.empty() ? end > limit : end >= limit) {
      return {TokenKind::too_long, skip + end, {}, true};
    }
    begun = begun || detail::is_printable_ascii(c);
  }
  if (!silence || !framing.suffix.empty()) return {};
  if (body.size() > framing.longest) return {TokenKind::too_long, in.size(), {}, true};
  return {TokenKind::label, in.size(), detail::without_line_ends(body), false};
}

}  // namespace cartwright::scanner_serial
