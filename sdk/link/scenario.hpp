#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/hex.hpp"

namespace cartwright::link {

// One line of a scenario: what happens to one device.
struct Happening {
  std::chrono::nanoseconds at{0};  // from the start
  std::string unit;                // `scanner0`
  std::string action;              // `scan`
  std::vector<std::string> args;   // read from quotes and escapes
  Bytes bytes;                     // of garbage and noise, drawn from the seed
  std::size_t line = 0;            // in the file, from 1

  friend bool operator==(const Happening&, const Happening&) = default;
};

// What testers write: a line a happening, `TIME UNIT ACTION ARGS...`, `#` begins a comment.
//
//   seed 7
//   0.5s          scanner0   scan 4006381333931
//   +300ms~50ms   scale0     place 1.250 kg
//
// TIME counts from the start, or with + from the line before; ~ adds a jitter up to that much
// either way. A word with spaces stands in quotes; \", \\ and \xHH are known in them. The unit's
// name without its number is its class. The vocabulary is in docs/tester-guide.md.
//
// The same text and seed give the same happenings, bytes included: one SplitMix64 serves the lines
// in the file's order, first the jitter, then the bytes of each.
struct Scenario {
  std::uint64_t seed = 0;
  std::vector<Happening> happenings;  // by time, lines of the same time as they stand

  // `seed` takes the place of the one in the text. Error invalid_input reads `NAME:LINE: WHAT`.
  static Scenario parse(std::string_view text, const std::string& name,
                        std::optional<std::uint64_t> seed = std::nullopt);
  static Scenario read(const std::filesystem::path& file,
                       std::optional<std::uint64_t> seed = std::nullopt);
};

// The message a mock device's driver is given: `decline "card expired"`, words quoted where they
// need it, as they are in the file.
std::string message_text(const Happening& happening);

// The words of such a message, or of a scenario's line. Nothing on an open quote, an unknown escape
// or a control character. A # outside of quotes ends the text.
std::optional<std::vector<std::string>> read_words(std::string_view text);

}  // namespace cartwright::link
