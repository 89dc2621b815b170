#include "link/line_settings.hpp"

#include <array>

#include "base/error.hpp"
#include "base/nearest.hpp"
#include "link/numbers.hpp"

namespace cartwright::link {
namespace {

constexpr std::array<std::string_view, 5> keys{"baud", "format", "flow", "dtr", "rts"};
constexpr std::string_view parity_letters = "NOEMS";  // in the order of Parity
constexpr std::array<std::string_view, 3> flow_names{"none", "rtscts", "xonxoff"};

std::optional<std::string> set_format(LineSettings& settings, std::string_view value) {
  const std::size_t parity = value.size() == 3 ? parity_letters.find(value[1]) : std::string::npos;
  if (parity == std::string_view::npos || value[0] < '5' || value[0] > '8' ||
      (value[2] != '1' && value[2] != '2')) {
    return "is no format like 8N1: data bits 5 to 8, parity N, O, E, M or S, stop bits 1 or 2";
  }
  settings.data_bits = static_cast<std::uint8_t>(value[0] - '0');
  settings.parity = static_cast<Parity>(parity);
  settings.stop_bits = static_cast<std::uint8_t>(value[2] - '0');
  return std::nullopt;
}

std::optional<std::string> set_flow(LineSettings& settings, std::string_view value) {
  for (std::size_t i = 0; i < flow_names.size(); ++i) {
    if (flow_names[i] == value) {
      settings.flow = static_cast<Flow>(i);
      return std::nullopt;
    }
  }
  return "is none of none, rtscts, xonxoff" + did_you_mean(value, flow_names);
}

std::optional<std::string> set_switch(bool& setting, std::string_view value) {
  if (value != "on" && value != "off") {
    return "is neither on nor off";
  }
  setting = value == "on";
  return std::nullopt;
}

}  // namespace

std::optional<std::string> set_line_setting(LineSettings& settings, std::string_view key,
                                            std::string_view value) {
  if (key == "baud") {
    const auto baud = read_unsigned(value, 4'000'000);
    if (!baud || *baud < 50) {
      return "is no rate from 50 to 4000000";
    }
    settings.baud = static_cast<std::uint32_t>(*baud);
    return std::nullopt;
  }
  if (key == "format") {
    return set_format(settings, value);
  }
  if (key == "flow") {
    return set_flow(settings, value);
  }
  return set_switch(key == "dtr" ? settings.dtr : settings.rts, value);
}

LineSettings parse_line_settings(std::string_view text, const LineSettings& base) {
  LineSettings settings = base;
  while (!text.empty()) {
    const std::string_view part = text.substr(0, text.find('&'));
    text.remove_prefix(std::min(text.size(), part.size() + 1));
    const std::string_view key = part.substr(0, part.find('='));
    bool known = false;
    for (const std::string_view name : keys) {
      known = known || name == key;
    }
    if (!known || key.size() == part.size()) {
      throw Error(ErrorKind::invalid_input, "line settings: unknown setting \"" +
                                                std::string(part) + "\"" + did_you_mean(key, keys));
    }
    const std::string_view value = part.substr(key.size() + 1);
    if (const auto wrong = set_line_setting(settings, key, value)) {
      throw Error(ErrorKind::invalid_input, "line settings: " + std::string(key) + " \"" +
                                                std::string(value) + "\" " + *wrong);
    }
  }
  return settings;
}

std::string to_text(const LineSettings& settings) {
  std::string format;
  format += static_cast<char>('0' + settings.data_bits);
  format += parity_letters[static_cast<std::size_t>(settings.parity)];
  format += static_cast<char>('0' + settings.stop_bits);
  return "baud=" + std::to_string(settings.baud) + "&format=" + format +
         "&flow=" + std::string(flow_names[static_cast<std::size_t>(settings.flow)]) +
         "&dtr=" + (settings.dtr ? "on" : "off") + "&rts=" + (settings.rts ? "on" : "off");
}

}  // namespace cartwright::link
