#include "base/strict_json.hpp"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/hex.hpp"

namespace cartwright {
namespace {

using nlohmann::json;

constexpr int kMaxDepth = 16;

[[noreturn]] void fail(const std::string& text) {
  throw Error(ErrorKind::invalid_input, text);
}

// At most `most` bytes of UTF-8 and a mark where more stood.
std::string cut(std::string text, std::size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0U) == 0x80U) --most;
  return text.replace(most, std::string::npos, "...");
}

// What is open while the text is read, to refuse what the values alone no longer show: the library
// keeps the last of two equal keys.
class StructureCheck {
 public:
  explicit StructureCheck(const std::string& name) : name_(name) {}

  bool operator()(int depth, json::parse_event_t event, json& value) {
    using Event = json::parse_event_t;
    const bool opens = event == Event::object_start || event == Event::array_start;
    if ((opens || event == Event::value) && !open_.empty()) ++open_.back().entries;
    if (opens) {
      if (depth >= kMaxDepth) {
        fail(name_ + ": lists and objects nested deeper than " + std::to_string(kMaxDepth));
      }
      open_.push_back(
          {.is_list = event == Event::array_start, .entries = 0, .key = {}, .keys = {}});
    }
    if (event == Event::object_end || event == Event::array_end) open_.pop_back();
    if (event == Event::key) take_key(value.get_ref<const std::string&>());
    return true;
  }

 private:
  struct Open {
    bool is_list;
    std::size_t entries;
    std::string key;  // the last one
    std::set<std::string> keys;
  };

  void take_key(const std::string& key) {
    Open& object = open_.back();
    object.key = key;
    if (object.keys.insert(key).second) return;
    fail(name_ + ": key " + cut(json(path()).dump(), 200) +
         " stands twice in one object; keep one of them");
  }

  // "offers[3].id"
  std::string path() const {
    std::string path;
    for (const Open& open : open_) {
      if (open.is_list) {
        path += "[" + std::to_string(open.entries - 1) + "]";
      } else {
        path += (path.empty() ? "" : ".") + open.key;
      }
    }
    return path;
  }

  const std::string& name_;
  std::vector<Open> open_;
};

// "[json.exception.parse_error.101] parse error at line 3, column 5: ..." without its number
std::string explained(const json::parse_error& error) {
  constexpr std::string_view kAt = "parse error at ";
  const std::string_view what = error.what();
  const std::size_t at = what.find(kAt);
  if (at == std::string_view::npos) return " at byte " + std::to_string(error.byte);
  std::string text(what.substr(at + kAt.size()));
  // What it repeats may end within a character.
  if (!is_utf8(as_bytes(text))) {
    std::replace_if(
        text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80U; },
        '?');
  }
  return " at " + cut(std::move(text), 200);
}

}  // namespace

json parse_strict_json(std::string_view text, const std::string& name, std::size_t most_bytes) {
  if (text.size() > most_bytes) {
    fail(name + ": " + std::to_string(text.size()) + " bytes of JSON, longer than the " +
         std::to_string(most_bytes) + " that are read");
  }
  if (!is_utf8(as_bytes(text))) fail(name + ": not valid JSON: it is not UTF-8");
  StructureCheck check(name);
  try {
    return json::parse(text, std::ref(check));
  } catch (const json::parse_error& error) {
    fail(name + ": not valid JSON" + explained(error));
  } catch (const json::out_of_range&) {
    fail(name + ": not valid JSON: a number in it is too large");
  }
}

std::string shown_json(const json& value) {
  constexpr std::size_t kMost = 60;
  if (value.is_array() && value.size() > 10) return "a list of " + std::to_string(value.size());
  if (value.is_object() && value.size() > 10) return "an object of " + std::to_string(value.size());
  return cut(value.dump(-1, ' ', false, json::error_handler_t::replace), kMost);
}

}  // namespace cartwright
