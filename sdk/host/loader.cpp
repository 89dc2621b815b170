#include "host/loader.hpp"

#include <algorithm>
#include <array>
#include <boost/dll/shared_library.hpp>
#include <deque>
#include <mutex>
#include <string_view>

#include "base/error.hpp"
#include "host/elf_note.hpp"

namespace cartwright::host {
namespace {

// Ends of sections that linkers export, and what sanitizers and coverage add to a test build.
bool is_usual_export(std::string_view symbol) {
  constexpr std::array<std::string_view, 7> names{"_init", "_fini", "__bss_start", "_edata",
                                                  "edata", "_end",  "end"};
  constexpr std::array<std::string_view, 7> prefixes{
      "__asan_", "__odr_asan", "__ubsan_", "__tsan_", "__sancov", "__gcov_", "__llvm_profile"};
  return std::find(names.begin(), names.end(), symbol) != names.end() ||
         std::any_of(prefixes.begin(), prefixes.end(),
                     [symbol](std::string_view prefix) { return symbol.starts_with(prefix); });
}

std::string export_refusal(const std::vector<std::string>& exports) {
  constexpr std::string_view remedy =
      "build it with cartwright_add_driver, or link it with a version script that makes all else "
      "local";
  if (std::find(exports.begin(), exports.end(), CW_PLUGIN_ENTRY) == exports.end()) {
    return "does not export " CW_PLUGIN_ENTRY "; " + std::string(remedy);
  }
  const auto stray = std::find_if(exports.begin(), exports.end(), [](const std::string& symbol) {
    return symbol != CW_PLUGIN_ENTRY && !is_usual_export(symbol);
  });
  if (stray == exports.end()) return {};
  return "exports \"" + *stray + "\" beside " CW_PLUGIN_ENTRY "; " + std::string(remedy);
}

[[noreturn]] void refuse(const std::filesystem::path& file, const std::string& why) {
  throw Error(ErrorKind::refused, file.string() + ": " + why);
}

// Fills `manifest` as soon as it is known, so that a listing can show what a refused plugin is.
void inspect(const std::filesystem::path& file, std::optional<Manifest>& manifest) {
  const ElfFacts facts = read_elf_file(file);
  if (!facts.manifest) {
    throw Error(ErrorKind::invalid_input,
                file.string() + ": no manifest (no ELF note \"" CW_NOTE_OWNER
                                "\"); build it with cartwright_add_driver, or embed manifest.json "
                                "as docs/abi.md describes");
  }
  manifest = parse_manifest(*facts.manifest, file.string() + ": manifest");
  if (const auto why = abi_refusal(manifest->abi)) refuse(file, *why);
  const std::string why = export_refusal(facts.exports);
  if (!why.empty()) refuse(file, why);
}

void compare(const std::filesystem::path& file, const char* what, const std::string& answered,
             const std::string& written) {
  if (answered == written) return;
  refuse(file, std::string("the manifest says ") + what + " \"" + written +
                   "\", the code answers \"" + answered +
                   "\"; build the plugin again from one source");
}

void check_driver(const cw_driver& driver, const std::filesystem::path& file) {
  if (!CW_HAS(&driver, cw_driver, input) || driver.init == nullptr || driver.input == nullptr) {
    refuse(file, "its driver table is incomplete (struct_size " +
                     std::to_string(driver.struct_size) + ", at least " +
                     std::to_string(sizeof(cw_driver)) + "); build it with ABI headers " +
                     to_text(host_abi));
  }
  if (driver.state_size == 0 || driver.state_size > CW_STATE_LIMIT) {
    refuse(file, "asks for a state of " + std::to_string(driver.state_size) +
                     " bytes, allowed are 1 to " + std::to_string(CW_STATE_LIMIT) +
                     "; keep large data in blobs");
  }
}

void check_own(const cw_own_driver& own, const std::filesystem::path& file) {
  if (!CW_HAS(&own, cw_own_driver, destroy) || own.create == nullptr || own.command == nullptr ||
      own.cancel == nullptr || own.destroy == nullptr) {
    refuse(file, "its own-io table is incomplete (struct_size " + std::to_string(own.struct_size) +
                     ", at least " + std::to_string(sizeof(cw_own_driver)) +
                     "); build it with ABI headers " + to_text(host_abi));
  }
}

using Entry = const cw_plugin*(CW_CALL*)(const cw_host_info*);

// Loads for ever: the library's handle is kept until the process ends.
Entry load_entry(const std::filesystem::path& file) {
  static std::mutex mutex;
  static auto& kept = *new std::deque<boost::dll::shared_library>;
  try {
    // The throwing form: only its text carries what the dynamic linker said.
    boost::dll::shared_library library(
        std::filesystem::absolute(file),
        boost::dll::load_mode::rtld_now | boost::dll::load_mode::rtld_local);
    const Entry entry = &library.get<const cw_plugin*(const cw_host_info*)>(CW_PLUGIN_ENTRY);
    const std::lock_guard lock(mutex);
    kept.push_back(std::move(library));
    return entry;
  } catch (const std::system_error& error) {
    throw Error(ErrorKind::unavailable,
                file.string() + ": the dynamic linker can not load it: " + error.what());
  }
}

}  // namespace

std::optional<std::string> abi_refusal(AbiVersion plugin, AbiVersion host) {
  if (plugin.major == host.major &&
      (host.major == 0 ? plugin.minor == host.minor : plugin.minor <= host.minor)) {
    return std::nullopt;
  }
  const bool newer =
      plugin.major != host.major ? plugin.major > host.major : plugin.minor > host.minor;
  return "built for ABI " + to_text(plugin) + ", this host speaks " + to_text(host) +
         (newer ? "; use a newer Cartwright, or build the plugin with the headers of "
                : "; build the plugin again with the headers of ") +
         to_text(host);
}

Manifest inspect_plugin(const std::filesystem::path& file) {
  std::optional<Manifest> manifest;
  inspect(file, manifest);
  return *std::move(manifest);
}

Inspection inspect_plugin_or_why(const std::filesystem::path& file) noexcept {
  Inspection result;
  try {
    inspect(file, result.manifest);
  } catch (const std::exception& error) {
    result.refusal = error.what();
  }
  return result;
}

void check_answer(const cw_plugin* table, const Manifest& manifest,
                  const std::filesystem::path& file) {
  if (table == nullptr) {
    refuse(file, "its entry says that it can not run under this host (ABI " + to_text(host_abi) +
                     "); ask its maker for a version for this Cartwright");
  }
  if (!CW_HAS(table, cw_plugin, own) || table->id == nullptr || table->version == nullptr) {
    refuse(file, "its plugin table is incomplete (struct_size " +
                     std::to_string(table->struct_size) + ", at least " +
                     std::to_string(sizeof(cw_plugin)) + "); build it with ABI headers " +
                     to_text(host_abi));
  }
  const AbiVersion abi{table->abi_major, table->abi_minor};
  if (const auto why = abi_refusal(abi)) refuse(file, *why);
  compare(file, "ABI", to_text(abi), to_text(manifest.abi));
  compare(file, "id", table->id, manifest.id);
  compare(file, "version", table->version, manifest.version);
  if ((table->driver == nullptr) == (table->own == nullptr)) {
    refuse(file, "must answer with either a driver table or an own-io table");
  }
  compare(file, "io", table->driver != nullptr ? "pure" : "own",
          manifest.io == PluginIo::pure ? "pure" : "own");
  if (table->driver != nullptr) {
    check_driver(*table->driver, file);
  } else {
    check_own(*table->own, file);
  }
}

Plugin Plugin::load(const std::filesystem::path& file) {
  Manifest manifest = inspect_plugin(file);
  const Entry entry = load_entry(file);
  const cw_host_info host{sizeof(cw_host_info), host_abi.major,    host_abi.minor, 0,
                          "cartwright",         CARTWRIGHT_VERSION};
  const cw_plugin* table = entry(&host);
  check_answer(table, manifest, file);
  return {file, std::move(manifest), table};
}

}  // namespace cartwright::host
