#pragma once

#include <cartwright/abi/plugin.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "host/manifest.hpp"

namespace cartwright::host {

// The contract that this host speaks.
inline constexpr AbiVersion host_abi{CW_ABI_MAJOR, CW_ABI_MINOR};

// Why a host of `host` can not run a plugin built against `plugin`, with both versions and the
// remedy; nothing where it can. Before 1.0 the minors must be equal, from 1.0 on a plugin of 1.a
// runs in each host 1.b with b >= a.
std::optional<std::string> abi_refusal(AbiVersion plugin, AbiVersion host = host_abi);

// Reads the plugin's manifest without running its code and checks what can be checked so: the note,
// the exports, the ABI version. Error names file, reason and remedy: refused where the plugin is
// sound but not for this host, invalid_input where the file is broken.
Manifest inspect_plugin(const std::filesystem::path& file);

// The same, but with the reason beside what could be read. For listings.
struct Inspection {
  std::optional<Manifest> manifest;
  std::string refusal;  // empty: this host can load it
};
Inspection inspect_plugin_or_why(const std::filesystem::path& file) noexcept;

// A plugin's binary in this process. It is never unloaded: its tables and what threads of its
// libraries left behind stay valid until the process ends. Immutable; any thread.
class Plugin {
 public:
  // Inspects, loads (RTLD_NOW | RTLD_LOCAL), calls the entry and holds what it answers against the
  // manifest: id, version, ABI and io must be equal, the tables complete, the state's size within
  // bounds. Error as for inspect_plugin, or unavailable with the dynamic linker's own words. Runs
  // the plugin's code: its constructors and its entry.
  static Plugin load(const std::filesystem::path& file);

  const std::filesystem::path& file() const { return file_; }
  const Manifest& manifest() const { return manifest_; }
  // Exactly one of the two is not null, as manifest().io says.
  const cw_driver* driver() const { return table_->driver; }
  const cw_own_driver* own() const { return table_->own; }

 private:
  Plugin(std::filesystem::path file, Manifest manifest, const cw_plugin* table)
      : file_(std::move(file)), manifest_(std::move(manifest)), table_(table) {}

  std::filesystem::path file_;
  Manifest manifest_;
  const cw_plugin* table_;
};

// What Plugin::load checks of the entry's answer; apart from it so that tests can lie without a
// binary. Error refused or invalid_input, naming `file`.
void check_answer(const cw_plugin* table, const Manifest& manifest,
                  const std::filesystem::path& file);

}  // namespace cartwright::host
