#pragma once

#include <chrono>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "link/recording.hpp"
#include "unit/plugins/rig.hpp"

namespace cartwright::test {

// A command that the cart gave while it was recorded.
struct GivenCommand {
  std::chrono::nanoseconds at{0};
  std::uint32_t unit = 0;
  std::string json;
};

// A recording of drivers/DRIVER/recordings with what stands beside it:
//
//   NAME.jsonl          what passed over the line (docs/formats/recording.md)
//   NAME.events         what the driver must tell, one event a line, as `cartwright decode` prints
//   it NAME.settings.json  the driver's settings, where they are not the defaults NAME.commands
//   what the cart asked, one {"t":NS,"unit":N,"command":{...}} a line
struct Recorded {
  std::string driver;
  std::string name;  // "scale-toledo8217/tare"
  link::Recording recording;
  std::vector<std::string> events;
  std::string settings = "{}";
  std::vector<GivenCommand> commands;

  // Bytes of a stream, or messages of a message link: the places where it can be split.
  std::size_t places() const;
  bool in_messages() const;
};

// All recordings of all drivers. Error names file and line of what can not be read.
std::vector<Recorded> all_recordings();
void PrintTo(const Recorded& recorded, std::ostream* out);

// What a driver did: all its events and all that it sent.
struct Story {
  std::vector<std::string> events;
  std::string sent;
  friend bool operator==(const Story&, const Story&) = default;
  friend void PrintTo(const Story& story, std::ostream* out);
};

// What goes wrong while a recording is played.
struct Mishaps {
  std::optional<std::size_t> split = {};    // the arrival that holds this byte comes in two
  bool trickle = false;                     // each byte arrives alone
  std::optional<std::size_t> end = {};      // nothing comes from this place on
  std::optional<std::uint64_t> crash = {};  // the driver dies in this call, once
  std::optional<std::size_t> garbage = {};  // before the arrival of this number
  std::string garbage_bytes = {};
};

// Plays a recording to a fresh driver; fails the test where a call is rolled back.
Story play(const Recorded& recorded, const Mishaps& mishaps = {});

// Calls that playing it takes, for Mishaps::crash.
std::uint64_t calls_of(const Recorded& recorded);

}  // namespace cartwright::test
