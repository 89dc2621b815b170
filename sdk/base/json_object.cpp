#include "base/json_object.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "base/error.hpp"
#include "base/nearest.hpp"
#include "base/strict_json.hpp"

namespace cartwright {
namespace {

using nlohmann::json;

constexpr std::size_t kMaxText = 1000;     // bytes
constexpr std::size_t kMaxList = 200'000;  // entries

[[noreturn]] void fail(const std::string& text) {
  throw Error(ErrorKind::invalid_input, text);
}

std::string in_quotes(std::string_view text) {
  return "\"" + std::string(text) + "\"";
}

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

// Keys may be names that someone chose.
std::string plain(std::string_view key) {
  constexpr std::size_t kMost = 60;
  return key.size() > kMost || has_control(key) ? shown_json(json(key)) : std::string(key);
}

}  // namespace

JsonObject::JsonObject(const json& value, std::string place, std::string path)
    : object_(&value), place_(std::move(place)), path_(std::move(path)) {
  if (!value.is_object()) {
    if (!path_.empty()) path_.pop_back();
    fail(place_ + ": " + (path_.empty() ? "" : path_ + ": ") + shown_json(value) +
         " is no object {...}");
  }
}

const json* JsonObject::find(std::string_view key) {
  asked_.emplace(key);
  const auto found = object_->find(key);
  return found == object_->end() ? nullptr : &*found;
}

std::string JsonObject::path_of(std::string_view key) const {
  return path_ + plain(key);
}

void JsonObject::refuse(std::string_view key, const std::string& why) const {
  fail(place_ + ": " + path_of(key) + ": " + why);
}

void JsonObject::refuse_missing(std::string_view key, std::string_view remedy) const {
  std::vector<std::string_view> strangers;
  for (const auto& [name, ignored] : object_->items()) {
    if (!asked_.contains(name)) strangers.emplace_back(name);
  }
  const std::string mistyped = nearest(key, strangers);
  std::string why = "is missing";
  if (!mistyped.empty()) {
    why += "; " + shown_json(json(mistyped)) + " is no key, did you mean this?";
  } else if (!remedy.empty()) {
    why += "; " + std::string(remedy);
  }
  refuse(key, why);
}

std::string JsonObject::checked_text(std::string_view key, const json& value) const {
  if (!value.is_string()) refuse(key, shown_json(value) + " is no text; write it in quotes");
  const auto& text = value.get_ref<const std::string&>();
  if (text.empty()) refuse(key, "is empty");
  if (text.size() > kMaxText) refuse(key, "longer than " + std::to_string(kMaxText) + " bytes");
  if (has_control(text)) refuse(key, shown_json(value) + " holds a control character");
  return text;
}

bool JsonObject::has(std::string_view key) {
  return find(key) != nullptr;
}

const json& JsonObject::value(std::string_view key, std::string_view remedy) {
  const json* found = find(key);
  if (found == nullptr) refuse_missing(key, remedy);
  return *found;
}

std::string JsonObject::text(std::string_view key, std::string_view remedy) {
  return checked_text(key, value(key, remedy));
}

std::string JsonObject::text_or(std::string_view key, std::string_view otherwise) {
  return has(key) ? text(key) : std::string(otherwise);
}

const json* JsonObject::find_list(std::string_view key, const char* what) {
  const json* list = find(key);
  if (list == nullptr) return nullptr;
  if (!list->is_array()) refuse(key, shown_json(*list) + " is no list of " + what);
  if (list->size() > kMaxList) refuse(key, "more than " + std::to_string(kMaxList) + " entries");
  return list;
}

std::vector<std::string> JsonObject::texts(std::string_view key) {
  const json* list = find_list(key, "texts");
  std::vector<std::string> result;
  if (list == nullptr) return result;
  result.reserve(list->size());
  for (const json& entry : *list) result.push_back(checked_text(key, entry));
  return result;
}

std::int64_t JsonObject::integer(std::string_view key, std::int64_t least, std::int64_t most) {
  const json& number = value(key);
  if (!number.is_number_integer()) refuse(key, shown_json(number) + " is no whole number");
  constexpr auto kTop = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  const bool beyond = number.is_number_unsigned() && number.get<std::uint64_t>() > kTop;
  if (beyond || number.get<std::int64_t>() < least || number.get<std::int64_t>() > most) {
    refuse(key, shown_json(number) + " is not from " + std::to_string(least) + " to " +
                    std::to_string(most));
  }
  return number.get<std::int64_t>();
}

std::int64_t JsonObject::integer_or(std::string_view key, std::int64_t least, std::int64_t most,
                                    std::int64_t otherwise) {
  return has(key) ? integer(key, least, most) : otherwise;
}

bool JsonObject::boolean_or(std::string_view key, bool otherwise) {
  const json* found = find(key);
  if (found == nullptr) return otherwise;
  if (!found->is_boolean()) refuse(key, shown_json(*found) + " is neither true nor false");
  return found->get<bool>();
}

std::string_view JsonObject::word(std::string_view key, std::span<const std::string_view> words) {
  const std::string said = text(key);
  const auto found = std::find(words.begin(), words.end(), said);
  if (found != words.end()) return *found;
  std::string all;
  for (const std::string_view word : words) all += (all.empty() ? "" : ", ") + in_quotes(word);
  refuse(key, shown_json(json(said)) + " is none of " + all + did_you_mean(said, words));
}

std::string_view JsonObject::word_or_first(std::string_view key,
                                           std::span<const std::string_view> words) {
  return has(key) ? word(key, words) : words.front();
}

JsonObject JsonObject::object(std::string_view key) {
  return {value(key), place_, path_of(key) + "."};
}

std::vector<JsonObject> JsonObject::objects(std::string_view key) {
  const json* list = find_list(key, "objects");
  std::vector<JsonObject> result;
  if (list == nullptr) return result;
  for (const json& entry : *list) {
    result.emplace_back(entry, place_, path_of(key) + "[" + std::to_string(result.size()) + "].");
  }
  return result;
}

std::string_view JsonObject::one_of(std::span<const std::string_view> keys) {
  std::vector<std::string_view> found;
  std::string all;
  for (const std::string_view key : keys) {
    if (has(key)) found.push_back(key);
    all += (all.empty() ? "" : ", ") + std::string(key);
  }
  if (found.empty()) {
    finish();  // names a mistyped one
    fail(place_ + ": " + path_ + "one of " + all + " is missing");
  }
  if (found.size() > 1) refuse(found[1], "stands beside " + std::string(found[0]) + "; write one");
  return found.front();
}

std::vector<std::string> JsonObject::keys() const {
  std::vector<std::string> names;
  for (const auto& [name, ignored] : object_->items()) names.push_back(name);
  return names;
}

void JsonObject::finish() const {
  const std::vector<std::string_view> known(asked_.begin(), asked_.end());
  for (const auto& [name, ignored] : object_->items()) {
    if (asked_.contains(name)) continue;
    fail(place_ + ": unknown key " + shown_json(json(path_ + name)) + did_you_mean(name, known));
  }
}

}  // namespace cartwright
