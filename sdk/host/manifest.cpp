#include "host/manifest.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

#include "base/json_object.hpp"
#include "base/nearest.hpp"
#include "base/strict_json.hpp"
#include "host/manifest_words.hpp"

namespace cartwright::host {
namespace {

constexpr std::size_t most_units = 16;
constexpr std::size_t most_links = 8;
constexpr std::size_t most_entries = 256;  // of match, settings, choices

constexpr std::array<std::string_view, 6> known_classes{
    "cw.scanner/1", "cw.scale/1", "cw.display/1", "cw.terminal/1", "cw.locator/1", "cw.sink/1"};
constexpr std::array<std::string_view, 9> known_schemes{
    "serial", "pty", "tcp", "tls", "tcp-listen", "replay", "usb", "hid", "scenario"};
constexpr std::array<std::string_view, 2> shapes{"stream", "messages"};
constexpr std::array<std::string_view, 2> ios{"pure", "own"};  // who does the I/O
constexpr std::array<std::string_view, 6> known_needs{"usb",   "tty",       "net HOST:PORT",
                                                      "state", "read PATH", "helper"};

template <std::size_t N>
bool among(std::string_view word, const std::array<std::string_view, N>& known) {
  return std::find(known.begin(), known.end(), word) != known.end();
}

// The tail of a message about an unknown word.
std::string known_are(std::string_view word, std::span<const std::string_view> known) {
  const std::string guess = did_you_mean(word, known);
  std::string all = guess.empty() ? "; known are" : guess + " Known are";
  for (const std::string_view one : known)
    all += (&one == &known[0] ? " " : ", ") + std::string(one);
  return all;
}

void bound(JsonObject& object, std::string_view key, std::size_t count, std::size_t most) {
  if (count > most) {
    object.refuse(key, "has " + std::to_string(count) + " entries, at most " +
                           std::to_string(most) + " are allowed");
  }
}

template <typename List, typename Name>
void unique(JsonObject& object, std::string_view key, const List& list, const Name& name) {
  std::set<std::string> seen;
  for (const auto& entry : list) {
    if (!seen.insert(name(entry)).second) {
      object.refuse(key, "has \"" + name(entry) + "\" twice; give each entry a name of its own");
    }
  }
}

AbiVersion read_abi(JsonObject& object) {
  const std::string text = object.text("abi");
  AbiVersion version;
  const char* const end = text.data() + text.size();
  const auto major = std::from_chars(text.data(), end, version.major);
  if (major.ec == std::errc() && major.ptr != end && *major.ptr == '.') {
    const auto minor = std::from_chars(major.ptr + 1, end, version.minor);
    if (minor.ec == std::errc() && minor.ptr == end && to_text(version) == text) return version;
  }
  object.refuse("abi",
                "must be MAJOR.MINOR of the headers it was built with, such as \"0.1\"; it is "
                "\"" +
                    text + "\"");
}

std::string read_name(JsonObject& object, std::string_view key) {
  std::string name = object.text(key);
  if (!is_name(name)) {
    object.refuse(key, "must be 1 to 32 of a-z, 0-9 and _, a letter first; it is \"" + name + "\"");
  }
  return name;
}

ManifestUnit read_unit(JsonObject object) {
  ManifestUnit unit{read_name(object, "name"), object.text("class")};
  if (!among(unit.class_id, known_classes) && !is_vendor_class(unit.class_id)) {
    object.refuse("class", "names no class: \"" + unit.class_id + "\"" +
                               known_are(unit.class_id, known_classes) +
                               "; a vendor's own reads like com.example.thing/1");
  }
  object.finish();
  return unit;
}

ManifestLink read_link(JsonObject object) {
  ManifestLink link;
  link.name = read_name(object, "name");
  link.shape =
      object.word("shape", shapes) == shapes[0] ? link::Shape::stream : link::Shape::messages;
  object.value("schemes", "name at least one scheme");
  link.schemes = object.texts("schemes");
  if (link.schemes.empty()) object.refuse("schemes", "is empty; name at least one scheme");
  bound(object, "schemes", link.schemes.size(), known_schemes.size());
  unique(object, "schemes", link.schemes, [](const std::string& scheme) { return scheme; });
  for (const std::string& scheme : link.schemes) {
    if (!among(scheme, known_schemes)) {
      object.refuse("schemes", "names an unknown scheme \"" + scheme + "\"" +
                                   known_are(scheme, known_schemes));
    }
  }
  link.defaults = object.text_or("defaults", "");
  link.sensitive = object.boolean_or("sensitive", false);
  object.finish();
  return link;
}

bool is_need(std::string_view need) {
  if (need == "usb" || need == "tty" || need == "state" || need == "helper") return true;
  if (need.starts_with("read /")) return true;
  const std::size_t colon = need.rfind(':');
  return need.starts_with("net ") && colon != std::string_view::npos && colon > 4 &&
         is_port(need.substr(colon + 1));
}

void read_needs(JsonObject& object, Manifest& manifest) {
  manifest.needs = object.texts("needs");
  bound(object, "needs", manifest.needs.size(), most_entries);
  for (const std::string& need : manifest.needs) {
    if (!is_need(need)) {
      object.refuse("needs", "names \"" + need + "\"" + known_are(need, known_needs));
    }
  }
  if (manifest.io == PluginIo::pure && !manifest.needs.empty()) {
    object.refuse("needs", "must be empty for io \"pure\": such a driver opens nothing itself");
  }
}

void read_head(JsonObject& object, Manifest& manifest) {
  manifest.id = object.text("id");
  if (!is_plugin_id(manifest.id)) {
    object.refuse("id", "must be 1 to 64 of a-z, 0-9, - and ., a letter first; it is \"" +
                            manifest.id + "\"");
  }
  manifest.version = object.text("version");
  if (!is_semantic_version(manifest.version)) {
    object.refuse("version",
                  "must be a semantic version such as \"1.2.3\" or \"1.2.3-rc.1\"; it is \"" +
                      manifest.version + "\"");
  }
  manifest.abi = read_abi(object);
  manifest.io = object.word("io", ios) == ios[0] ? PluginIo::pure : PluginIo::own;
  manifest.summary = object.text("summary");
}

}  // namespace

std::string to_text(AbiVersion version) {
  return std::to_string(version.major) + "." + std::to_string(version.minor);
}

Manifest parse_manifest(std::string_view json, const std::string& name) {
  const nlohmann::json document = parse_strict_json(json, name, manifest_limit);
  JsonObject object(document, name);
  Manifest manifest;
  read_head(object, manifest);
  object.value("units", "name at least one unit");
  for (JsonObject& unit : object.objects("units")) manifest.units.push_back(read_unit(unit));
  if (manifest.units.empty()) object.refuse("units", "is empty; name at least one unit");
  bound(object, "units", manifest.units.size(), most_units);
  unique(object, "units", manifest.units, [](const ManifestUnit& unit) { return unit.name; });
  for (JsonObject& link : object.objects("links")) manifest.links.push_back(read_link(link));
  if (manifest.io == PluginIo::pure && manifest.links.empty()) {
    object.refuse("links", "is missing; a driver with io \"pure\" needs at least one link");
  }
  bound(object, "links", manifest.links.size(), most_links);
  unique(object, "links", manifest.links, [](const ManifestLink& link) { return link.name; });
  for (JsonObject& match : object.objects("match"))
    manifest.match.push_back(read_match_rule(match));
  bound(object, "match", manifest.match.size(), most_entries);
  for (JsonObject& setting : object.objects("settings")) {
    manifest.settings.push_back(read_setting_schema(setting));
  }
  bound(object, "settings", manifest.settings.size(), most_entries);
  unique(object, "settings", manifest.settings, [](const SettingSchema& one) { return one.key; });
  read_needs(object, manifest);
  object.finish();
  return manifest;
}

}  // namespace cartwright::host
