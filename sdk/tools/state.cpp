#include "tools/state.hpp"

#include "base/error.hpp"
#include "cart/configuration.hpp"

namespace cartwright::tools {

void StateOption::add_to(CLI::App& command) {
  command.add_option("--config", config, "The cart's configuration")->capture_default_str();
  command.add_option("--state", state, "The cart's state folder, instead of --config");
}

std::filesystem::path StateOption::database() const {
  const std::filesystem::path folder =
      state.empty() ? cart::read_configuration(config).state : std::filesystem::path(state);
  const std::filesystem::path file = cart::database_file(folder);
  if (!std::filesystem::exists(file)) {
    throw Error(ErrorKind::not_found, file.string() +
                                          " is not there: no cart has run with this "
                                          "state folder yet");
  }
  return file;
}

}  // namespace cartwright::tools
