#include "link/numbers.hpp"

#include <array>
#include <charconv>

namespace cartwright::link {
namespace {

constexpr std::int64_t ns_per_ms = 1'000'000;
constexpr std::int64_t ns_per_s = 1'000'000'000;
constexpr std::int64_t longest_ns = 10LL * 86'400 * ns_per_s;

bool all_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

struct Unit {
  std::string_view name;
  std::int64_t ns;
};
constexpr std::array<Unit, 3> units{
    {{"min", 60 * ns_per_s}, {"ms", ns_per_ms}, {"s", ns_per_s}}};  // "ms" before "s"

// `1.25` times `scale`, exact; nothing where a part of a nanosecond is left.
std::optional<std::int64_t> scaled(std::string_view decimal, std::int64_t scale) {
  const std::size_t point = decimal.find('.');
  const std::string_view whole = decimal.substr(0, point);
  const auto units_before = read_unsigned(whole, 999'999'999);
  if (!units_before) {
    return std::nullopt;
  }
  const auto before = static_cast<std::int64_t>(*units_before);
  if (before > longest_ns / scale) {
    return std::nullopt;
  }
  std::int64_t value = before * scale;
  if (point != std::string_view::npos) {
    for (const char digit : decimal.substr(point + 1)) {
      if (scale % 10 != 0) {
        return std::nullopt;
      }
      scale /= 10;
      value += (digit - '0') * scale;
    }
  }
  return value;
}

}  // namespace

std::optional<std::uint64_t> read_unsigned(std::string_view text, std::uint64_t most) {
  std::uint64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (!all_digits(text) || error != std::errc{} || stop != end || value > most) {
    return std::nullopt;
  }
  return value;
}

std::optional<std::uint16_t> read_hex16(std::string_view text) {
  std::uint16_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  // from_chars would take a minus.
  return whole && text.size() <= 4 && text[0] != '-' ? std::optional(value) : std::nullopt;
}

std::optional<std::int64_t> read_signed(std::string_view text, std::int64_t least,
                                        std::int64_t most) {
  std::int64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (text.empty() || error != std::errc{} || stop != end || value < least || value > most) {
    return std::nullopt;
  }
  return value;
}

std::optional<std::chrono::nanoseconds> read_duration(std::string_view text) {
  for (const Unit& unit : units) {
    if (!text.ends_with(unit.name)) {
      continue;
    }
    const std::string_view number = text.substr(0, text.size() - unit.name.size());
    if (!is_decimal(number, false)) {
      return std::nullopt;
    }
    const auto ns = scaled(number, unit.ns);
    if (!ns || *ns > longest_ns) {
      return std::nullopt;
    }
    return std::chrono::nanoseconds(*ns);
  }
  return std::nullopt;
}

std::string duration_text(std::chrono::nanoseconds duration) {
  const std::int64_t ns = duration.count();
  const bool in_seconds = ns >= ns_per_s || ns == 0;
  const std::int64_t scale = in_seconds ? ns_per_s : ns_per_ms;
  std::string text = std::to_string(ns / scale);
  if (ns % scale != 0) {
    const std::string digits = std::to_string(scale + ns % scale).substr(1);
    text += "." + digits.substr(0, digits.find_last_not_of('0') + 1);
  }
  return text + (in_seconds ? "s" : "ms");
}

bool is_decimal(std::string_view text, bool may_be_negative) {
  if (may_be_negative && text.starts_with('-')) {
    text.remove_prefix(1);
  }
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  if (!all_digits(whole) || whole.size() > 9) {
    return false;
  }
  if (point == std::string_view::npos) {
    return true;
  }
  const std::string_view part = text.substr(point + 1);
  return all_digits(part) && part.size() <= 9;
}

}  // namespace cartwright::link
