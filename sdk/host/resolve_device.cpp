#include <algorithm>

#include "base/error.hpp"
#include "host/devices.hpp"
#include "link/uri.hpp"

namespace cartwright::host {
namespace {

std::string prefix(const DeviceConfig& config) {
  return config.place.empty() ? "device \"" + config.name + "\": "
                              : config.place + ": device \"" + config.name + "\": ";
}

[[noreturn]] void refuse(const DeviceConfig& config, const std::string& text) {
  throw Error(ErrorKind::invalid_input, prefix(config) + text);
}

std::string listed(const std::vector<std::string>& words) {
  std::string all;
  for (const std::string& word : words) all += (all.empty() ? "" : ", ") + word;
  return all;
}

// The URI with the manifest's defaults for what it does not say.
std::string with_defaults(const DeviceConfig& config, const std::string& text,
                          const ManifestLink& about) {
  link::Uri uri;
  try {
    uri = link::parse_uri(text);
  } catch (const Error& error) {
    refuse(config, error.what());
  }
  if (std::find(about.schemes.begin(), about.schemes.end(), uri.scheme) == about.schemes.end()) {
    refuse(config, "its link \"" + about.name + "\" can not be " + uri.scheme + ":, driver \"" +
                       config.driver + "\" takes " + listed(about.schemes));
  }
  if (about.defaults.empty()) return text;
  const auto keys = link::uri_keys(uri.scheme);
  const link::Uri defaults = link::parse_uri(about.schemes.front() + ":/?" + about.defaults);
  for (const auto& [key, value] : defaults.query) {
    const bool known = std::find(keys.begin(), keys.end(), key) != keys.end();
    if (known && !uri.value(key)) uri.query.emplace_back(key, value);
  }
  return link::to_text(uri);
}

std::vector<std::string> unit_names(const DeviceConfig& config, const Manifest& manifest) {
  if (config.units.empty() && manifest.units.size() == 1) return {config.name};
  if (config.units.size() == manifest.units.size()) return config.units;
  std::vector<std::string> names;
  for (const ManifestUnit& unit : manifest.units) names.push_back(unit.name);
  refuse(config, "driver \"" + config.driver + "\" has " + std::to_string(names.size()) +
                     (names.size() == 1 ? " unit (" : " units (") + listed(names) +
                     "); name each, in this order, in units = [...]");
}

}  // namespace

DeviceSetup resolve_device(const DeviceConfig& config, const PluginIndex& plugins) {
  DeviceSetup setup;
  setup.name = config.name;
  const PluginCandidate* found = nullptr;
  try {
    found = &plugins.find(config.driver);
  } catch (const Error& error) {
    throw Error(error.kind(), prefix(config) + error.what());
  }
  setup.plugin = found->file;
  setup.manifest = *found->manifest;
  setup.isolation = config.isolation;
  setup.record = config.record;
  setup.policy = config.policy;
  const Manifest& manifest = setup.manifest;
  if (manifest.io == PluginIo::own && config.isolation == Isolation::in_line) {
    refuse(config, "driver \"" + config.driver +
                       "\" does its own I/O and runs only with isolation = \"process\"");
  }
  setup.units = unit_names(config, manifest);
  setup.settings = check_settings(manifest, config.settings, prefix(config) + "settings");
  const std::size_t wanted = manifest.io == PluginIo::own ? 0 : manifest.links.size();
  if (config.links.size() != wanted) {
    std::vector<std::string> names;
    for (const ManifestLink& link : manifest.links) names.push_back(link.name);
    refuse(config, "driver \"" + config.driver + "\" needs " + std::to_string(wanted) +
                       (wanted == 1 ? " link" : " links") +
                       (names.empty() ? "" : " (" + listed(names) + ")") + ", " +
                       std::to_string(config.links.size()) + " given");
  }
  for (std::size_t i = 0; i < wanted; ++i) {
    setup.links.push_back(with_defaults(config, config.links[i], manifest.links[i]));
  }
  return setup;
}

}  // namespace cartwright::host
