#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "simulators/options.hpp"
#include "simulators/simulator.hpp"

namespace cartwright::simulators {

// One simulated device: how it is found and what it is, for help texts.
struct Protocol {
  std::string_view name;          // "toledo8217"
  std::string_view driver;        // the driver's id, "scale-toledo8217"
  std::string_view device_class;  // as units begin in scenarios, "scale"
  std::string_view summary;       // one line
  std::string_view help;          // what it does and does not do
  const std::vector<OptionHelp>& (*options)();
  std::unique_ptr<Simulator> (*make)(const OptionValues& options);
  std::string_view second_class{};  // of a device that is two units, "scale" beside "scanner"
};

// All, by name. The build makes the list from the functions `Protocol NAME_protocol() {` in
// protocols/*.cpp, so a new simulator is a new file there and nothing else.
std::span<const Protocol> protocols();

// By its name or its driver's id. Error not_found names the nearest and all known.
const Protocol& find_protocol(std::string_view name);

}  // namespace cartwright::simulators
