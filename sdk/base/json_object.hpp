#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cartwright {

// One object of JSON from outside, its keys asked for by name and type; finish() refuses those that
// nobody asked for. Every Error is invalid_input and reads `PLACE: PATH: what is wrong and what is
// expected`, PATH being as "links[0].shape". The JSON must outlive the reader.
//
// Texts are 1 to 1000 bytes without control characters; lists have at most 200,000 entries.
class JsonObject {
 public:
  // `place` names the file and where in it; `path` is "" for what the place names. Error where the
  // value is no object.
  JsonObject(const nlohmann::json& value, std::string place, std::string path = {});

  bool has(std::string_view key);
  // The value as it is; null where the key is absent.
  const nlohmann::json* find(std::string_view key);
  // The value as it is. Where the key is absent, an Error with the key that may have been meant for
  // it, else with `remedy`.
  const nlohmann::json& value(std::string_view key, std::string_view remedy = {});

  std::string text(std::string_view key, std::string_view remedy = {});
  std::string text_or(std::string_view key, std::string_view otherwise);
  // A list of texts, empty where the key is absent.
  std::vector<std::string> texts(std::string_view key);
  std::int64_t integer(std::string_view key, std::int64_t least, std::int64_t most);
  std::int64_t integer_or(std::string_view key, std::int64_t least, std::int64_t most,
                          std::int64_t otherwise);
  bool boolean_or(std::string_view key, bool otherwise);
  // One of `words`.
  std::string_view word(std::string_view key, std::span<const std::string_view> words);
  // The same, the first of them where the key is absent.
  std::string_view word_or_first(std::string_view key, std::span<const std::string_view> words);
  JsonObject object(std::string_view key);
  // A list of objects; empty where the key is absent.
  std::vector<JsonObject> objects(std::string_view key);
  // The one of these keys that is there. Error where none or several are.
  std::string_view one_of(std::span<const std::string_view> keys);

  // Keys in ascending order, for objects whose keys are names.
  std::vector<std::string> keys() const;
  [[noreturn]] void refuse(std::string_view key, const std::string& why) const;
  // Error on the first key that was never asked for, with the nearest one that was.
  void finish() const;

 private:
  [[noreturn]] void refuse_missing(std::string_view key, std::string_view remedy) const;
  std::string path_of(std::string_view key) const;
  std::string checked_text(std::string_view key, const nlohmann::json& value) const;
  // Null where the key is absent.
  const nlohmann::json* find_list(std::string_view key, const char* what);

  const nlohmann::json* object_;
  std::string place_;  // "FILE: offers[3] "id""
  std::string path_;   // "when." of a nested object
  std::set<std::string, std::less<>> asked_;
};

}  // namespace cartwright
