#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cartwright::host {

// Parses strict JSON of at most `limit` bytes: one object, no key twice, no comment. Error
// invalid_input that begins with `name`.
nlohmann::json parse_json_object(std::string_view text, std::size_t limit, const std::string& name);

// An object of a JSON document read strictly: each key is asked for by name and type, finish()
// refuses the others. Every Error is invalid_input and reads `NAME: "links[0].shape" ...`.
class JsonObject {
 public:
  // `path` is "" for the document itself. `object` outlives this.
  JsonObject(const nlohmann::json& object, std::string name, std::string path);

  // The value, or null where the key is absent.
  const nlohmann::json* find(std::string_view key);
  std::optional<std::string> optional_text(std::string_view key);
  std::optional<std::int64_t> optional_integer(std::string_view key);
  std::optional<bool> optional_boolean(std::string_view key);
  // As above, but an Error where the key is absent.
  std::string text(std::string_view key);
  // The objects of an array; none where the key is absent.
  std::vector<JsonObject> objects(std::string_view key);
  std::vector<std::string> texts(std::string_view key);

  // Error on the first key that was never asked for, with the nearest one that was.
  void finish() const;
  // "links[0].shape"
  std::string path(std::string_view key) const;
  [[noreturn]] void fail(std::string_view key, const std::string& what) const;

 private:
  const nlohmann::json* object_;
  std::string name_;
  std::string path_;
  std::vector<std::string_view> asked_;
};

}  // namespace cartwright::host
