#include "gs1/eci.hpp"

#include <algorithm>
#include <optional>

namespace cartwright::gs1 {
namespace {

constexpr std::size_t kDigits = 6;
constexpr std::size_t kSize = kDigits + 1;

// The number of the ECI that begins here.
std::optional<unsigned> eci_at(std::string_view data) {
  if (data.size() < kSize || data[0] != '\\') return std::nullopt;
  unsigned number = 0;
  for (const char c : data.substr(1, kDigits)) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + static_cast<unsigned>(c - '0');
  }
  return number;
}

// AIM ITS/04-023: 0 to 30 are code pages of 8 bits or more that begin as ASCII does, 26 among them
// is UTF-8, but 25 is UTF-16; 170 is ISO 646.
bool begins_as_ascii(unsigned eci) {
  constexpr unsigned kLastCodePage = 30;
  constexpr unsigned kUtf16 = 25;
  constexpr unsigned kIso646 = 170;
  return (eci <= kLastCodePage && eci != kUtf16) || eci == kIso646;
}

std::string named(std::string_view data) {
  return "ECI " + std::string(data.substr(1, kDigits));
}

}  // namespace

bool holds_eci(std::string_view aim) {
  constexpr std::size_t kLength = 3;
  if (aim.size() != kLength) return false;
  const auto among = [&](std::string_view modifiers) {
    return modifiers.find(aim[2]) != std::string_view::npos;
  };
  switch (aim[1]) {
    case 'Q':
      return among("246");
    case 'd':
      return among("456");
    case 'J':
    case 'z':
      return among("345");
    case 'L':
      return among("1");
    default:
      return false;
  }
}

EciPrefix read_eci_prefix(std::string_view data) {
  EciPrefix prefix;
  while (const auto eci = eci_at(data.substr(prefix.size))) {
    if (!begins_as_ascii(*eci)) {
      prefix.refusal = "the symbol is written in a character set that can not be read (" +
                       named(data.substr(prefix.size)) + "); its maker must print it in ASCII";
      return prefix;
    }
    prefix.size += kSize;
  }
  for (std::size_t at = prefix.size; at < data.size(); ++at) {
    if (data[at] != '\\') continue;
    if (eci_at(data.substr(at))) {
      return {at, "the character set changes here (" + named(data.substr(at)) +
                      "), which GS1 data do not; its maker must print it in ASCII"};
    }
    ++at;  // a backslash of the data stands twice
  }
  return prefix;
}

}  // namespace cartwright::gs1
