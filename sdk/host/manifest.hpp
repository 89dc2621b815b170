#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "host/match_rule.hpp"
#include "link/link.hpp"

namespace cartwright::host {

// The version of the binary contract, "0.1".
struct AbiVersion {
  std::uint32_t major = 0;
  std::uint32_t minor = 0;
  friend bool operator==(const AbiVersion&, const AbiVersion&) = default;
};

std::string to_text(AbiVersion version);

enum class PluginIo : std::uint8_t { pure, own };

struct ManifestUnit {
  std::string name;
  std::string class_id;  // "cw.scale/1", or a vendor's "com.vendor.thing/1"
};

struct ManifestLink {
  std::string name;
  link::Shape shape = link::Shape::stream;
  std::vector<std::string> schemes;
  std::string defaults;    // query of a link's URI, used where the configuration names no value
  bool sensitive = false;  // recorded in redacted form only
};

using SettingValue = std::variant<std::string, std::int64_t, bool>;

enum class SettingType : std::uint8_t { text, integer, boolean };

struct SettingSchema {
  std::string key;
  SettingType type = SettingType::text;
  std::optional<SettingValue> fallback;  // "default"; without it the configuration must name one
  std::optional<std::int64_t> min;       // integer: least value; text: least length in bytes
  std::optional<std::int64_t> max;
  std::vector<SettingValue> choices;  // empty: any
  std::string help;
};

struct Setting {
  std::string key;
  SettingValue value;
};

// What a plugin says about itself, readable without running its code.
struct Manifest {
  std::string id;
  std::string version;  // semantic version 2.0.0
  AbiVersion abi;       // of the headers that the plugin was built with
  PluginIo io = PluginIo::pure;
  std::string summary;
  std::vector<ManifestUnit> units;
  std::vector<ManifestLink> links;
  std::vector<MatchRule> match;
  std::vector<SettingSchema> settings;
  std::vector<std::string> needs;  // io own: "usb", "tty", "net HOST:PORT", "state", ...
};

// Most bytes of a manifest's JSON.
inline constexpr std::size_t manifest_limit = 65536;

// Reads a manifest strictly. `name` stands for the file in messages. Error invalid_input names
// file, key and remedy: unknown keys (with the nearest valid one), missing keys, keys given twice,
// values that the contract does not allow.
Manifest parse_manifest(std::string_view json, const std::string& name);

// A device's settings, a JSON object, checked against the schema: each setting of the schema once,
// in the schema's order, defaults filled in. `place` says where the settings were written. Error
// invalid_input names place, key and what is allowed.
std::vector<Setting> check_settings(const Manifest& manifest, std::string_view json,
                                    const std::string& place);

}  // namespace cartwright::host
