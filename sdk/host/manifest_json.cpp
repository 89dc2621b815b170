#include "host/manifest_json.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "base/error.hpp"
#include "base/nearest.hpp"

namespace cartwright::host {

using nlohmann::json;

namespace {

[[noreturn]] void invalid(const std::string& text) {
  throw Error(ErrorKind::invalid_input, text);
}

constexpr int deepest = 16;

// The library keeps the last of two equal keys silently; a strict reader may not.
class DuplicateWatch {
 public:
  explicit DuplicateWatch(const std::string& name) : name_(name) {}
  bool operator()(int depth, json::parse_event_t event, json& parsed) {
    if (depth > deepest) {
      invalid(name_ + ": nested deeper than " + std::to_string(deepest) + " levels");
    }
    if (event == json::parse_event_t::object_start) {
      open_.emplace_back();
    } else if (event == json::parse_event_t::object_end) {
      open_.pop_back();
    } else if (event == json::parse_event_t::key) {
      const auto& key = parsed.get_ref<const std::string&>();
      if (!open_.back().insert(key).second) {
        invalid(name_ + ": key \"" + key + "\" stands twice in one object; keep one of them");
      }
    }
    return true;
  }

 private:
  const std::string& name_;
  std::vector<std::set<std::string>> open_;
};

}  // namespace

json parse_json_object(std::string_view text, std::size_t limit, const std::string& name) {
  if (text.size() > limit) {
    invalid(name + ": " + std::to_string(text.size()) + " bytes of JSON, at most " +
            std::to_string(limit) + " are read");
  }
  json document;
  try {
    document = json::parse(text, DuplicateWatch(name));
  } catch (const json::exception& error) {
    // "[json.exception.parse_error.101] parse error at line 3, column 5: ..." without its number
    const std::string_view what = error.what();
    const std::size_t bracket = what.find("] ");
    invalid(name + ": not valid JSON: " +
            std::string(bracket == std::string_view::npos ? what : what.substr(bracket + 2)));
  }
  if (!document.is_object()) {
    invalid(name + ": a JSON object is expected, this is " + document.type_name());
  }
  return document;
}

JsonObject::JsonObject(const json& object, std::string name, std::string path)
    : object_(&object), name_(std::move(name)), path_(std::move(path)) {}

std::string JsonObject::path(std::string_view key) const {
  return path_.empty() ? std::string(key) : path_ + "." + std::string(key);
}

void JsonObject::fail(std::string_view key, const std::string& what) const {
  invalid(name_ + ": \"" + path(key) + "\" " + what);
}

const json* JsonObject::find(std::string_view key) {
  asked_.push_back(key);
  const auto found = object_->find(key);
  return found == object_->end() ? nullptr : &*found;
}

std::optional<std::string> JsonObject::optional_text(std::string_view key) {
  const json* value = find(key);
  if (value == nullptr) return std::nullopt;
  if (!value->is_string()) fail(key, std::string("must be text, it is ") + value->type_name());
  return value->get<std::string>();
}

std::optional<std::int64_t> JsonObject::optional_integer(std::string_view key) {
  const json* value = find(key);
  if (value == nullptr) return std::nullopt;
  if (!value->is_number_integer() ||
      (value->is_number_unsigned() && value->get<std::uint64_t>() > INT64_MAX)) {
    fail(key, "must be a whole number of 64 bits, it is " + value->dump());
  }
  return value->get<std::int64_t>();
}

std::optional<bool> JsonObject::optional_boolean(std::string_view key) {
  const json* value = find(key);
  if (value == nullptr) return std::nullopt;
  if (!value->is_boolean()) {
    fail(key, std::string("must be true or false, it is ") + value->type_name());
  }
  return value->get<bool>();
}

std::string JsonObject::text(std::string_view key) {
  std::optional<std::string> value = optional_text(key);
  if (!value) fail(key, "is missing");
  return *std::move(value);
}

std::vector<JsonObject> JsonObject::objects(std::string_view key) {
  const json* value = find(key);
  std::vector<JsonObject> all;
  if (value == nullptr) return all;
  if (!value->is_array()) fail(key, std::string("must be a list, it is ") + value->type_name());
  for (const json& entry : *value) {
    const std::string place = path(key) + "[" + std::to_string(all.size()) + "]";
    if (!entry.is_object()) {
      invalid(name_ + ": \"" + place + "\" must be an object, it is " + entry.type_name());
    }
    all.emplace_back(entry, name_, place);
  }
  return all;
}

std::vector<std::string> JsonObject::texts(std::string_view key) {
  const json* value = find(key);
  std::vector<std::string> all;
  if (value == nullptr) return all;
  if (!value->is_array()) fail(key, std::string("must be a list, it is ") + value->type_name());
  for (const json& entry : *value) {
    if (!entry.is_string()) fail(key, "must be a list of texts, one is " + entry.dump());
    all.push_back(entry.get<std::string>());
  }
  return all;
}

void JsonObject::finish() const {
  for (const auto& [key, value] : object_->items()) {
    if (std::find(asked_.begin(), asked_.end(), key) == asked_.end()) {
      fail(key, "is not a key that is known here" + did_you_mean(key, asked_));
    }
  }
}

}  // namespace cartwright::host
