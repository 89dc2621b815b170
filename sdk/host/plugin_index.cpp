#include "host/plugin_index.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>

#include "base/error.hpp"
#include "base/nearest.hpp"
#include "host/loader.hpp"
#include "host/where.hpp"

namespace cartwright::host {
namespace {

namespace fs = std::filesystem;

const fs::path plugins_below = "cartwright/plugins";

void add(std::vector<PluginFolder>& folders, const fs::path& path, const std::string& origin) {
  if (path.empty()) return;
  std::error_code error;
  fs::path absolute = fs::weakly_canonical(path, error);
  if (error) absolute = fs::absolute(path, error);
  const bool known = std::any_of(folders.begin(), folders.end(), [&](const PluginFolder& folder) {
    return folder.path == absolute;
  });
  if (!known) folders.push_back({std::move(absolute), origin});
}

std::vector<fs::path> plugin_files(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    if (entry->path().extension() == ".so") files.push_back(entry->path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

std::vector<PluginFolder> plugin_search_path(const std::vector<fs::path>& plugin_dirs) {
  std::vector<PluginFolder> folders;
  for (const fs::path& folder : plugin_dirs) add(folders, folder, "--plugin-dir");
  if (const char* const variable = std::getenv("CARTWRIGHT_PLUGIN_PATH")) {
    std::string_view rest = variable;
    while (!rest.empty()) {
      const std::size_t colon = std::min(rest.find(':'), rest.size());
      add(folders, rest.substr(0, colon), "CARTWRIGHT_PLUGIN_PATH");
      rest.remove_prefix(std::min(colon + 1, rest.size()));
    }
  }
  const fs::path program = program_folder();
  if (!program.empty()) {
    add(folders, program / ".." / CARTWRIGHT_LIBDIR / plugins_below, "beside the program");
    add(folders, program / ".." / "lib" / plugins_below, "beside the program");
  }
  const fs::path library = library_folder();
  if (!library.empty() && library != program) {
    add(folders, library / plugins_below, "beside the library");
  }
  add(folders, fs::path(CARTWRIGHT_FULL_LIBDIR) / plugins_below, "installed");
  return folders;
}

PluginIndex::PluginIndex(std::vector<PluginFolder> folders) : folders_(std::move(folders)) {
  std::map<std::string, fs::path, std::less<>> winners;
  for (const PluginFolder& folder : folders_) {
    for (const fs::path& file : plugin_files(folder.path)) {
      Inspection inspection = inspect_plugin_or_why(file);
      PluginCandidate candidate{
          file, folder.origin, std::move(inspection.manifest), std::move(inspection.refusal), {}};
      if (candidate.refusal.empty()) {
        const auto [winner, first] = winners.try_emplace(candidate.manifest->id, file);
        if (!first) candidate.shadowed_by = winner->second;
      }
      candidates_.push_back(std::move(candidate));
    }
  }
}

const PluginCandidate& PluginIndex::find(std::string_view id) const {
  std::vector<std::string_view> ids;
  const PluginCandidate* refused = nullptr;
  for (const PluginCandidate& candidate : candidates_) {
    if (candidate.usable()) {
      if (candidate.manifest->id == id) return candidate;
      ids.push_back(candidate.manifest->id);
    } else if (refused == nullptr && !candidate.refusal.empty() &&
               (candidate.manifest ? candidate.manifest->id == id
                                   : candidate.file.stem().native() == id)) {
      refused = &candidate;
    }
  }
  if (refused != nullptr) throw Error(ErrorKind::refused, refused->refusal);
  std::string searched;
  for (const PluginFolder& folder : folders_) {
    searched += (searched.empty() ? "" : ", ") + folder.path.string();
  }
  const std::string guess = did_you_mean(id, ids);
  throw Error(ErrorKind::not_found,
              "no plugin \"" + std::string(id) + "\"" +
                  (guess.empty() ? "; looked in " : guess + " Looked in ") + searched +
                  "; --plugin-dir or CARTWRIGHT_PLUGIN_PATH names more folders");
}

}  // namespace cartwright::host
