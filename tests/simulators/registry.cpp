#include "simulators/registry.hpp"

#include "base/error.hpp"
#include "base/nearest.hpp"

namespace cartwright::simulators {
const Protocol& find_protocol(std::string_view name) {
  std::vector<std::string_view> names;
  std::string known;
  for (const Protocol& protocol : protocols()) {
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
