#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "base/hex.hpp"

namespace cartwright::test {

// The bytes of a hexadecimal text, as the rig takes them.
inline std::string hex(std::string_view text) {
  return std::string(as_text(from_hex(text).value()));
}

inline std::string to_hex_text(std::string_view bytes) {
  return to_hex(as_bytes(bytes));
}

// The cases of a published file, or nothing where it is not on this machine: in the folder that
// CARTWRIGHT_SHARED names, or in `shared` beside the tree.
inline std::optional<nlohmann::json> published(const std::string& name) {
  const char* const named = std::getenv("CARTWRIGHT_SHARED");
  const auto folder = named != nullptr ? std::filesystem::path(named)
                                       : std::filesystem::path(CARTWRIGHT_SOURCE_DIR) / "../shared";
  std::ifstream file(folder / "vectors" / name);
  if (!file) return std::nullopt;
  return nlohmann::json::parse(file);
}

}  // namespace cartwright::test
