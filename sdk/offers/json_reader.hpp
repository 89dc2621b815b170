#pragma once

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cartwright::offers {

// JSON from outside, strictly: UTF-8, no key twice in an object, not deeper than any format here
// goes. Error invalid_input `NAME: ...`.
nlohmann::json parse_strict_json(std::string_view text, const std::string& name);

// A value as it stands in a message, cut where it is long.
std::string shown(const nlohmann::json& value);

// One object, its keys asked for by name and type; finish() refuses those that nobody asked for.
// Every Error is invalid_input and reads `PLACE: key: what is wrong and what is expected`. The JSON
// must outlive the reader.
class JsonObject {
 public:
  static constexpr std::int64_t kMaxMinor = 1'000'000'000'000;  // above is a typing error

  // Error where the value is no object.
  JsonObject(const nlohmann::json& value, std::string place, std::string path = {});

  bool has(std::string_view key);
  std::string text(std::string_view key);
  std::string text_or(std::string_view key, std::string_view otherwise);
  // A list of texts, empty where the key is absent.
  std::vector<std::string> texts(std::string_view key);
  std::int64_t integer(std::string_view key, std::int64_t least, std::int64_t most);
  std::int64_t integer_or(std::string_view key, std::int64_t least, std::int64_t most,
                          std::int64_t otherwise);
  bool boolean_or(std::string_view key, bool otherwise);
  // One of `words`, the first of them where the key is absent.
  std::string_view word(std::string_view key, std::span<const std::string_view> words);
  JsonObject object(std::string_view key);
  // A list of objects; empty where the key is absent.
  std::vector<JsonObject> objects(std::string_view key);
  // The value as it is; Error where the key is absent.
  const nlohmann::json& value(std::string_view key);
  // The one of these keys that is there. Error where none or several are.
  std::string_view one_of(std::span<const std::string_view> keys);

  // Keys in ascending order, for objects whose keys are names.
  std::vector<std::string> keys() const;
  [[noreturn]] void refuse(std::string_view key, const std::string& why) const;
  void finish() const;

 private:
  const nlohmann::json* find(std::string_view key);
  [[noreturn]] void refuse_missing(std::string_view key) const;
  std::string checked_text(std::string_view key, const nlohmann::json& value) const;

  const nlohmann::json* object_;
  std::string place_;  // "FILE: offers[3] "id""
  std::string path_;   // "when." of a nested object
  std::set<std::string, std::less<>> asked_;
};

}  // namespace cartwright::offers
