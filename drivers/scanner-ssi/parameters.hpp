#pragma once

// The setting `parameters`, "238=1, 159=1", as the data of PARAM_SEND. Source: Zebra, Simple Serial
// Interface Programmer's Guide, 72E-40451, PARAM_SEND, "Parameter numbers format".

#include <cartwright/driver/fixed.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace cartwright::ssi {

// Of one PARAM_SEND, without its beep code.
using ParameterBytes = driver::FixedVector<std::uint8_t, 250>;

namespace detail {

constexpr std::string_view trim(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

constexpr std::optional<std::uint32_t> read_number(std::string_view text) {
  text = trim(text);
  if (text.empty() || text.size() > 5) return std::nullopt;
  std::uint32_t number = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + static_cast<std::uint32_t>(c - '0');
  }
  return number <= 0xFFFF ? std::optional(number) : std::nullopt;
}

// Below 0xF0 one byte; F0, F1, F2 and a byte for those from 256, 512, 768 on; F8 and two bytes for
// those from 1024 on.
constexpr bool put_number(std::uint32_t number, ParameterBytes& bytes) {
  const auto low = static_cast<std::uint8_t>(number & 0xFF);
  const auto high = static_cast<std::uint8_t>(number >> 8);
  if (number < 0xF0) return bytes.push_back(low);
  if (number < 0x100) return false;
  if (number < 0x400) {
    return bytes.push_back(static_cast<std::uint8_t>(0xF0 + high - 1)) && bytes.push_back(low);
  }
  return bytes.push_back(0xF8) && bytes.push_back(high) && bytes.push_back(low);
}

// A value over 255 is a word: F4, the number, two bytes.
constexpr bool put_parameter(std::uint32_t number, std::uint32_t value, ParameterBytes& bytes) {
  const auto low = static_cast<std::uint8_t>(value & 0xFF);
  if (value <= 0xFF) return put_number(number, bytes) && bytes.push_back(low);
  return bytes.push_back(0xF4) && put_number(number, bytes) &&
         bytes.push_back(static_cast<std::uint8_t>(value >> 8)) && bytes.push_back(low);
}

}  // namespace detail

// Nothing where an entry is not number=value, a number is none of SSI (240 to 255), or the list is
// longer than one message.
constexpr std::optional<ParameterBytes> read_parameters(std::string_view text) {
  ParameterBytes bytes;
  while (!detail::trim(text).empty()) {
    const std::string_view entry = text.substr(0, text.find(','));
    text.remove_prefix(entry.size() < text.size() ? entry.size() + 1 : text.size());
    const std::size_t at = entry.find('=');
    if (at == std::string_view::npos) return std::nullopt;
    const auto number = detail::read_number(entry.substr(0, at));
    const auto value = detail::read_number(entry.substr(at + 1));
    if (!number || !value || !detail::put_parameter(*number, *value, bytes)) return std::nullopt;
  }
  return bytes;
}

}  // namespace cartwright::ssi
