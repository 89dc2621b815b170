#pragma once

// What a line of a DWM1001 says. Pure: no state, no clock, no floating point.
//
// Source: Qorvo (Decawave) DWM1001 Firmware Application Programming Interface Guide 2.2, 6.5 (shell
// commands lec, lep, les) and 6.2 (shell mode by double enter).

#include <cartwright/driver/parts.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace cartwright::dwm1001 {

struct Position {
  std::int32_t x_mm = 0;
  std::int32_t y_mm = 0;
  std::int32_t z_mm = 0;
  std::uint32_t quality = 0;  // 0 to 100

  friend constexpr bool operator==(const Position&, const Position&) = default;
};

enum class Says : std::uint8_t {
  nothing,   // an empty line, the shell's prompt, its echo or banner
  prompt,    // the shell waits for a command
  position,  // and nothing else is wrong with the line
  salvaged,  // the line is damaged, its position is whole
  no_fix,    // distances alone: the tag does not know where it is
  another,   // the position of a tag that is not ours
  damaged,
};

struct Line {
  Says says = Says::damaged;
  Position position;
  std::uint32_t tag = 0;  // of a listener's line, with has_tag
  bool has_tag = false;
};

// Metres as the module writes them, "-1.77", in whole millimetres; nothing for anything else, more
// than three decimals, or more than 9999 m. `exact`: two decimals, as the firmware always writes
// them, so that a lost digit is noticed.
constexpr std::optional<std::int32_t> read_millimetres(std::string_view text, bool exact) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const std::size_t point = text.find('.');
  if (point == 0 || point == std::string_view::npos || point > 4) return std::nullopt;
  const std::size_t decimals = text.size() - point - 1;
  if (decimals == 0 || decimals > 3 || (exact && decimals != 2)) return std::nullopt;
  std::int32_t value = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i == point) continue;
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  for (std::size_t i = decimals; i < 3; ++i) value *= 10;
  return negative ? -value : value;
}

namespace detail {

using driver::take_until;

// At most three digits up to 100.
constexpr std::optional<std::uint32_t> read_quality(std::string_view text) {
  std::uint32_t value = 0;
  if (text.empty() || text.size() > 3) return std::nullopt;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<std::uint32_t>(c - '0');
  }
  if (value > 100) return std::nullopt;
  return value;
}

constexpr std::optional<std::uint32_t> read_id(std::string_view text) {
  std::uint32_t value = 0;
  if (text.size() != 4) return std::nullopt;
  for (const char c : text) {
    std::uint32_t digit = 0;
    if (c >= '0' && c <= '9') {
      digit = static_cast<std::uint32_t>(c - '0');
    } else if (c >= 'A' && c <= 'F') {
      digit = static_cast<std::uint32_t>(c - 'A') + 10;
    } else {
      return std::nullopt;
    }
    value = value * 16 + digit;
  }
  return value;
}

// "x,y,z,q" and nothing else.
constexpr std::optional<Position> read_position(std::string_view text, bool exact) {
  const auto x = read_millimetres(take_until(text, ","), exact);
  const auto y = read_millimetres(take_until(text, ","), exact);
  const auto z = read_millimetres(take_until(text, ","), exact);
  const auto quality = read_quality(text);
  if (!x || !y || !z || !quality) return std::nullopt;
  return Position{*x, *y, *z, *quality};
}

constexpr Line found(const std::optional<Position>& position) {
  Line line;
  if (!position) return line;
  line.says = Says::position;
  line.position = *position;
  return line;
}

// lep "x,y,z,q"; of a listener "INDEX,TAG,x,y,z,q,xNN".
constexpr Line read_lep(std::string_view text) {
  const Line own = found(read_position(text, false));
  if (own.says == Says::position) return own;
  std::string_view rest = text;
  const auto index = read_quality(take_until(rest, ","));
  const auto tag = read_id(take_until(rest, ","));
  const std::size_t slot = rest.rfind(",x");
  if (!index || !tag || slot == std::string_view::npos || rest.size() != slot + 4) return {};
  Line line = found(read_position(rest.substr(0, slot), false));
  line.tag = *tag;
  line.has_tag = true;
  return line;
}

// lec "N,(AN<i>,ID,x,y,z,distance,)*N POS,x,y,z,q"; without a position POS is missing.
constexpr Line read_lec(std::string_view text) {
  const auto count = read_quality(take_until(text, ","));
  if (!count) return {};
  for (std::uint32_t i = 0; i < *count; ++i) {
    const std::string_view name = take_until(text, ",");
    if (!name.starts_with("AN") || !read_quality(name.substr(2))) return {};
    if (!read_id(take_until(text, ","))) return {};
    for (int number = 0; number < 4; ++number) {
      if (!read_millimetres(take_until(text, ","), false)) return {};
    }
  }
  if (text.empty()) return {Says::no_fix, {}, 0, false};
  if (take_until(text, ",") != "POS") return {};
  return found(read_position(text, false));
}

// les "(ID[x,y,z]=distance )* le_us=N est[x,y,z,q]"; without a position est is missing.
constexpr Line read_les(std::string_view text) {
  while (!text.empty()) {
    std::string_view part = take_until(text, " ");
    if (part.empty()) continue;
    if (part.starts_with("est[") && part.ends_with(']')) {
      if (!text.empty()) return {};
      return found(read_position(part.substr(4, part.size() - 5), false));
    }
    if (part.starts_with("le_us=")) {
      for (const char c : part.substr(6)) {
        if (c < '0' || c > '9') return {};
      }
      continue;
    }
    if (!read_id(take_until(part, "["))) return {};
    if (!read_millimetres(take_until(part, ","), false)) return {};
    if (!read_millimetres(take_until(part, ","), false)) return {};
    if (!read_millimetres(take_until(part, "]"), false)) return {};
    if (!part.starts_with('=') || !read_millimetres(part.substr(1), false)) return {};
  }
  return {Says::no_fix, {}, 0, false};
}

// The whole position at the end of a damaged line, as the firmware writes it. With another whole
// one before it nobody can say which of them is now.
constexpr Line salvage(std::string_view text) {
  const std::size_t pos = text.rfind("POS,");
  const std::size_t est = text.rfind("est[");
  std::optional<Position> position;
  std::size_t at = pos;
  if (pos != std::string_view::npos) {
    position = read_position(text.substr(pos + 4), true);
  } else if (est != std::string_view::npos && text.ends_with(']')) {
    at = est;
    position = read_position(text.substr(est + 4, text.size() - est - 5), true);
  }
  if (!position) return {};
  std::string_view before = text.substr(0, at);
  for (std::size_t other = before.rfind("POS,"); other != std::string_view::npos;
       other = before.rfind("POS,")) {
    if (read_position(before.substr(other + 4), true)) return {};
    before = before.substr(0, other);
  }
  return {Says::salvaged, *position, 0, false};
}

// What the shell says beside positions: its prompt, the echo of a command, its banner.
constexpr bool is_chatter(std::string_view text) {
  constexpr std::string_view known[] = {"lep",       "lec",     "les",      "DWM1001",
                                        "Copyright", "License", "Compiled", "Help"};
  while (text.starts_with(' ')) text.remove_prefix(1);
  for (const std::string_view word : known) {
    if (text == word) return true;
    if (word.size() > 3 && text.starts_with(word)) return true;
  }
  return text.empty();
}

}  // namespace detail

inline constexpr std::string_view prompt = "dwm> ";

// One line without its end.
constexpr Line read_line(std::string_view text) {
  bool at_prompt = false;
  while (text.starts_with(prompt)) {
    text.remove_prefix(prompt.size());
    at_prompt = true;
  }
  while (text.ends_with(' ')) text.remove_suffix(1);
  if (text.empty() || text == "dwm>") {
    return {at_prompt || !text.empty() ? Says::prompt : Says::nothing, {}, 0, false};
  }
  Line line;
  if (text.starts_with("POS,")) {
    line = detail::read_lep(text.substr(4));
  } else if (text.starts_with("DIST,")) {
    line = detail::read_lec(text.substr(5));
  } else if (detail::is_chatter(text)) {
    return {Says::nothing, {}, 0, false};
  } else {
    line = detail::read_les(text);
  }
  return line.says == Says::damaged ? detail::salvage(text) : line;
}

}  // namespace cartwright::dwm1001
