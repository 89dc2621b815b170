#include "offers/json_reader.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "base/error.hpp"
#include "base/hex.hpp"
#include "base/nearest.hpp"

namespace cartwright::offers {
namespace {

using nlohmann::json;

constexpr int kMaxDepth = 8;
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

// Refuses what the values alone no longer show.
class StructureCheck {
 public:
  explicit StructureCheck(const std::string& name) : name_(name) {}

  bool operator()(int depth, json::parse_event_t event, json& value) {
    if (depth > kMaxDepth) fail(name_ + ": lists and objects are nested too deep");
    if (event == json::parse_event_t::object_start) keys_.emplace_back();
    if (event == json::parse_event_t::object_end) keys_.pop_back();
    if (event == json::parse_event_t::key) {
      const auto& key = value.get_ref<const std::string&>();
      if (!keys_.back().insert(key).second) {
        fail(name_ + ": key " + shown(value) + " stands twice in an object");
      }
    }
    return true;
  }

 private:
  const std::string& name_;
  std::vector<std::set<std::string>> keys_;  // of each object that is open
};

}  // namespace

json parse_strict_json(std::string_view text, const std::string& name) {
  if (!is_utf8(as_bytes(text))) fail(name + ": it is not UTF-8");
  StructureCheck check(name);
  try {
    return json::parse(text, std::ref(check));
  } catch (const json::parse_error& error) {
    fail(name + ": no JSON at byte " + std::to_string(error.byte));
  } catch (const json::out_of_range&) {
    fail(name + ": a number is too large");
  }
}

std::string shown(const json& value) {
  constexpr std::size_t kMost = 60;
  if (value.is_array() && value.size() > 10) return "a list of " + std::to_string(value.size());
  std::string text = value.dump(-1, ' ', false, json::error_handler_t::replace);
  if (text.size() > kMost) text.replace(kMost, std::string::npos, "...");
  return text;
}

JsonObject::JsonObject(const json& value, std::string place, std::string path)
    : object_(&value), place_(std::move(place)), path_(std::move(path)) {
  if (!value.is_object()) {
    if (!path_.empty()) path_.pop_back();
    fail(place_ + ": " + (path_.empty() ? "" : path_ + ": ") + shown(value) + " is no object");
  }
}

const json* JsonObject::find(std::string_view key) {
  asked_.emplace(key);
  const auto found = object_->find(key);
  return found == object_->end() ? nullptr : &*found;
}

void JsonObject::refuse(std::string_view key, const std::string& why) const {
  fail(place_ + ": " + path_ + std::string(key) + ": " + why);
}

void JsonObject::refuse_missing(std::string_view key) const {
  std::vector<std::string_view> strangers;
  for (const auto& [name, ignored] : object_->items()) {
    if (!asked_.contains(name)) strangers.emplace_back(name);
  }
  const std::string mistyped = nearest(key, strangers);
  refuse(key, mistyped.empty()
                  ? "is missing"
                  : "is missing; " + in_quotes(mistyped) + " is no key, did you mean this?");
}

std::string JsonObject::checked_text(std::string_view key, const json& value) const {
  if (!value.is_string()) refuse(key, shown(value) + " is no text; write it in quotes");
  const auto& text = value.get_ref<const std::string&>();
  if (text.empty()) refuse(key, "is empty");
  if (text.size() > kMaxText) refuse(key, "longer than " + std::to_string(kMaxText) + " bytes");
  if (has_control(text)) refuse(key, shown(value) + " holds a control character");
  return text;
}

bool JsonObject::has(std::string_view key) {
  return find(key) != nullptr;
}

const json& JsonObject::value(std::string_view key) {
  const json* found = find(key);
  if (found == nullptr) refuse_missing(key);
  return *found;
}

std::string JsonObject::text(std::string_view key) {
  return checked_text(key, value(key));
}

std::string JsonObject::text_or(std::string_view key, std::string_view otherwise) {
  return has(key) ? text(key) : std::string(otherwise);
}

std::vector<std::string> JsonObject::texts(std::string_view key) {
  const json* list = find(key);
  std::vector<std::string> result;
  if (list == nullptr) return result;
  if (!list->is_array()) refuse(key, shown(*list) + " is no list of texts");
  if (list->size() > kMaxList) refuse(key, "more than " + std::to_string(kMaxList) + " entries");
  result.reserve(list->size());
  for (const json& entry : *list) result.push_back(checked_text(key, entry));
  return result;
}

std::int64_t JsonObject::integer(std::string_view key, std::int64_t least, std::int64_t most) {
  const json& number = value(key);
  if (!number.is_number_integer()) refuse(key, shown(number) + " is no whole number");
  constexpr auto kTop = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  const bool beyond = number.is_number_unsigned() && number.get<std::uint64_t>() > kTop;
  if (beyond || number.get<std::int64_t>() < least || number.get<std::int64_t>() > most) {
    refuse(key,
           shown(number) + " is not from " + std::to_string(least) + " to " + std::to_string(most));
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
  if (!found->is_boolean()) refuse(key, shown(*found) + " is neither true nor false");
  return found->get<bool>();
}

std::string_view JsonObject::word(std::string_view key, std::span<const std::string_view> words) {
  if (!has(key)) return words.front();
  const std::string said = text(key);
  const auto found = std::find(words.begin(), words.end(), said);
  if (found != words.end()) return *found;
  std::string all;
  for (const std::string_view word : words) all += (all.empty() ? "" : ", ") + in_quotes(word);
  refuse(key, in_quotes(said) + " is none of " + all + did_you_mean(said, words));
}

JsonObject JsonObject::object(std::string_view key) {
  return {value(key), place_, path_ + std::string(key) + "."};
}

std::vector<JsonObject> JsonObject::objects(std::string_view key) {
  const json* list = find(key);
  std::vector<JsonObject> result;
  if (list == nullptr) return result;
  if (!list->is_array()) refuse(key, shown(*list) + " is no list of objects");
  if (list->size() > kMaxList) refuse(key, "more than " + std::to_string(kMaxList) + " entries");
  for (std::size_t i = 0; i < list->size(); ++i) {
    result.emplace_back((*list)[i], place_,
                        path_ + std::string(key) + "[" + std::to_string(i) + "].");
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
    fail(place_ + ": " + path_ + "unknown key " + shown(json(name)) + did_you_mean(name, known));
  }
}

}  // namespace cartwright::offers
