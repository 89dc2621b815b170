#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <string>
#include <vector>

#include "host/plugin_index.hpp"

namespace cartwright::tools {

// --plugin-dir of every command that loads drivers.
struct PluginDirs {
  std::vector<std::string> dirs;

  void add_to(CLI::App& command) {
    command.add_option("--plugin-dir", dirs, "Look for plugins here first (may be repeated)")
        ->allow_extra_args(false);
  }
  host::PluginIndex index() const {
    return host::PluginIndex(
        host::plugin_search_path(std::vector<std::filesystem::path>(dirs.begin(), dirs.end())));
  }
};

}  // namespace cartwright::tools
