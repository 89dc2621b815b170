#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cartwright::link {

enum class Parity : std::uint8_t { none, odd, even, mark, space };
enum class Flow : std::uint8_t { none, rtscts, xonxoff };

// How a serial line is set. The text form is that of a URI's query:
// `baud=9600&format=7E1&flow=none&dtr=on&rts=on`; format is data bits (5 to 8), parity (N, O, E, M,
// S), stop bits (1, 2).
struct LineSettings {
  std::uint32_t baud = 9600;
  std::uint8_t data_bits = 8;
  Parity parity = Parity::none;
  std::uint8_t stop_bits = 1;
  Flow flow = Flow::none;
  bool dtr = true;  // many devices take their power from DTR and RTS
  bool rts = true;  // without meaning where flow is rtscts

  friend bool operator==(const LineSettings&, const LineSettings&) = default;
};

// Changes one setting. Returns what is wrong with the value, for people; nothing where it was
// taken. `key` must be one of baud, format, flow, dtr, rts.
std::optional<std::string> set_line_setting(LineSettings& settings, std::string_view key,
                                            std::string_view value);

// `base` changed by the settings named in `text`. Error invalid_input names the key or value.
LineSettings parse_line_settings(std::string_view text, const LineSettings& base = {});

std::string to_text(const LineSettings& settings);

}  // namespace cartwright::link
