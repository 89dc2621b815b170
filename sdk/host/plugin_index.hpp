#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/manifest.hpp"

namespace cartwright::host {

// One folder of the search path and who named it.
struct PluginFolder {
  std::filesystem::path path;
  std::string origin;  // "--plugin-dir", "CARTWRIGHT_PLUGIN_PATH", "beside the program", ...
};

// The folders in which plugins are looked for, first one wins: `plugin_dirs` in their order,
// CARTWRIGHT_PLUGIN_PATH (divided by colons, empty parts ignored), ../lib/cartwright/plugins seen
// from the program (the build tree and a moved installation), cartwright/plugins seen from the
// library that holds this code, and the folder of the installation this was built for. Folders that
// are named twice stand once; folders that do not exist stand too, for messages.
std::vector<PluginFolder> plugin_search_path(const std::vector<std::filesystem::path>& plugin_dirs);

// A file NAME.so of a folder of the search path.
struct PluginCandidate {
  std::filesystem::path file;
  std::string origin;
  std::optional<Manifest> manifest;  // where it could be read, even if the plugin is refused
  std::string refusal;               // empty: ok
  // The earlier file with the same id that is used instead; empty: none.
  std::filesystem::path shadowed_by;

  bool usable() const { return refusal.empty() && shadowed_by.empty(); }
};

// The plugins that were there when it was made. Reads manifests only; nothing is run. Immutable.
class PluginIndex {
 public:
  explicit PluginIndex(std::vector<PluginFolder> folders);

  const std::vector<PluginFolder>& folders() const { return folders_; }
  // In the order of the search path, by file name within a folder.
  const std::vector<PluginCandidate>& candidates() const { return candidates_; }

  // The usable plugin with this id. Error refused where only refused ones have it (with why), else
  // not_found with the nearest id and the folders that were searched.
  const PluginCandidate& find(std::string_view id) const;

 private:
  std::vector<PluginFolder> folders_;
  std::vector<PluginCandidate> candidates_;
};

}  // namespace cartwright::host
