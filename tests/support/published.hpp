#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace cartwright::test {

// Published facts that the tests use where they are on this machine: the folder that
// CARTWRIGHT_SHARED names, or `shared` beside the tree.
inline std::filesystem::path shared_folder() {
  const char* const named = std::getenv("CARTWRIGHT_SHARED");
  return named != nullptr ? std::filesystem::path(named)
                          : std::filesystem::path(CARTWRIGHT_SOURCE_DIR) / "../shared";
}

// The cases of a published file, or nothing where it is not here.
inline std::optional<nlohmann::json> published(const std::string& name) {
  std::ifstream file(shared_folder() / "vectors" / name);
  if (!file) return std::nullopt;
  return nlohmann::json::parse(file);
}

}  // namespace cartwright::test
