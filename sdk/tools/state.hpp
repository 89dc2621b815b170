#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <string>

namespace cartwright::tools {

// Where a cart keeps its trips: --state FOLDER, or the folder that --config names.
struct StateOption {
  std::string state;
  std::string config = "cart.toml";

  void add_to(CLI::App& command);
  // The database of trips and journeys. Error not_found where no cart has run there.
  std::filesystem::path database() const;
};

}  // namespace cartwright::tools
