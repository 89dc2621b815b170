#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace cartwright {

// A table of a TOML file read strictly: each key is asked for by name and type, and finish()
// refuses keys that nobody asked for. Every Error is invalid_input and reads `FILE:LINE: unknown
// key "sacle" in [device], did you mean "scale"?`.
class ConfigTable {
 public:
  static ConfigTable read(const std::filesystem::path& file);
  // `name` stands for the file in messages.
  static ConfigTable parse(std::string_view text, const std::string& name);

  bool has(std::string_view key) const;
  std::optional<std::string> text(std::string_view key);
  std::optional<std::int64_t> integer(std::string_view key);
  std::optional<bool> boolean(std::string_view key);
  std::vector<std::string> texts(std::string_view key);
  // [key]; an empty table where absent.
  ConfigTable table(std::string_view key);
  // [[key]]
  std::vector<ConfigTable> tables(std::string_view key);

  // As above, but an Error where the key is missing, which names the table and a key that looks
  // like a mistyped one.
  std::string required_text(std::string_view key);
  std::int64_t required_integer(std::string_view key);

  // Keys of this table in the file's order, for tables whose keys are names.
  std::vector<std::string> keys() const;
  // This table as JSON text, for settings that a driver's manifest describes.
  std::string json();
  // `FILE:LINE` of the key, or of this table where the key is absent.
  std::string place(std::string_view key = {}) const;
  [[noreturn]] void fail(std::string_view key, const std::string& what) const;
  // Error on the first key that was never asked for. Call when all keys have been read.
  void finish() const;

  struct Document;

 private:
  ConfigTable(std::shared_ptr<const Document> document, const void* node, std::string name);
  [[noreturn]] void fail_missing(std::string_view key) const;

  std::shared_ptr<const Document> document_;
  const void* node_;  // toml::table of the document, or null for an absent table
  std::string name_;  // "[device]" in messages
  std::set<std::string, std::less<>> asked_;
};

}  // namespace cartwright
