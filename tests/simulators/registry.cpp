#include "simulators/registry.hpp"

#include <array>

#include "base/error.hpp"
#include "base/nearest.hpp"
#include "simulators/cd5220.hpp"
#include "simulators/serial_scanner.hpp"
#include "simulators/toledo8217.hpp"

namespace cartwright::simulators {
namespace {

std::unique_ptr<Simulator> make_cd5220(const OptionValues& options) {
  return std::make_unique<Cd5220>(options);
}

constexpr std::array<Protocol, 3> all{{
    {"serial", "scanner-serial", "scanner", "a scanner that sends labels as text",
     "Sends [prefix] [AIM identifier] label suffix for each `scan LABEL [SYMBOLOGY]`. It hears "
     "nothing.",
     &serial_scanner_options, &make_serial_scanner},
    {"toledo8217", "scale-toledo8217", "scale", "a scale that speaks Toledo 8217",
     "Answers W, Z, T, C, A, B and the echo test E..F. A load moves until it has settled, then its "
     "weight is told. `place`, `remove`, `motion`, `zero` and `tare` are what a person does at it; "
     "`error` makes it mute until `reboot`.",
     &toledo8217_options, &make_toledo8217},
    {"cd5220", "display-cd5220", "display", "a customer display of two rows of twenty columns",
     "Obeys the CD5220 standard commands: cursor, modes, windows, strings, brightness, blinking. "
     "Fonts and downloaded characters are taken and not shown.",
     &cd5220_options, &make_cd5220},
}};

}  // namespace

std::span<const Protocol> protocols() {
  return all;
}

const Protocol& find_protocol(std::string_view name) {
  std::vector<std::string_view> names;
  std::string known;
  for (const Protocol& protocol : all) {
    if (name == protocol.name || name == protocol.driver) return protocol;
    names.push_back(protocol.name);
    names.push_back(protocol.driver);
    known += (known.empty() ? "" : ", ") + std::string(protocol.name);
  }
  throw Error(ErrorKind::not_found, "no simulator speaks \"" + std::string(name) + "\"" +
                                        did_you_mean(name, names) + "; known are " + known);
}

void refuse_action(const link::Happening& what, std::string_view device) {
  throw Error(ErrorKind::invalid_input, "line " + std::to_string(what.line) + ": a simulated " +
                                            std::string(device) + " knows no \"" + what.action +
                                            "\"");
}

}  // namespace cartwright::simulators
