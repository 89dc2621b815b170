#include <grp.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <vector>

#include "base/error.hpp"
#include "host/child_process.hpp"
#include "tools/command.hpp"
#include "tools/output.hpp"
#include "tools/plugin_dirs.hpp"

namespace cartwright::tools {
namespace {

struct Options {
  PluginDirs plugins;
  bool udev = false;
  bool json = false;
};

// One thing that was looked at.
struct Check {
  std::string name;
  bool well = false;
  std::string found;
  std::string remedy;
};

bool in_group(const char* name) {
  const group* entry = ::getgrnam(name);
  if (entry == nullptr) return false;
  std::vector<gid_t> groups(static_cast<std::size_t>(std::max(0, ::getgroups(0, nullptr))));
  const int count = ::getgroups(static_cast<int>(groups.size()), groups.data());
  groups.resize(static_cast<std::size_t>(std::max(0, count)));
  return ::getegid() == entry->gr_gid || std::ranges::count(groups, entry->gr_gid) > 0;
}

Check serial_access() {
  if (::geteuid() == 0) return {"serial ports", true, "running as root", ""};
  const bool well = in_group("dialout");
  return {"serial ports", well, well ? "member of group dialout" : "not in group dialout",
          "sudo usermod -aG dialout $USER, then log in again"};
}

Check plugins(const host::PluginIndex& index) {
  const auto& all = index.candidates();
  const auto usable =
      std::ranges::count_if(all, [](const auto& plugin) { return plugin.usable(); });
  const auto refused =
      std::ranges::count_if(all, [](const auto& plugin) { return !plugin.refusal.empty(); });
  return {"plugins", usable > 0 && refused == 0,
          std::to_string(usable) + " usable, " + std::to_string(refused) + " refused",
          usable == 0 ? "name their folder: --plugin-dir or CARTWRIGHT_PLUGIN_PATH"
                      : "cartwright plugins --why"};
}

Check plugin_host() {
  try {
    return {"plugin host", true, host::find_plugin_host().string(), ""};
  } catch (const Error& error) {
    return {"plugin host", false, error.what(),
            "install cartwright-plugin-host beside this program, or set isolation = \"inline\""};
  }
}

Check clock_trust() {
  const bool well = std::filesystem::exists("/run/systemd/timesync/synchronized") ||
                    std::filesystem::exists("/run/chrony/chronyd.pid") ||
                    std::filesystem::exists("/var/lib/ntp/ntp.drift");
  return {"clock", well, well ? "a time service runs" : "no time service found",
          "install systemd-timesyncd or chrony: until UTC is trusted nothing is deleted by age"};
}

Check udev_rules() {
  const bool well =
      std::filesystem::exists("/etc/udev/rules.d/60-cartwright.rules") || ::geteuid() == 0;
  return {"usb access", well, well ? "allowed" : "no udev rules for the drivers' devices",
          "cartwright doctor --udev | sudo tee /etc/udev/rules.d/60-cartwright.rules"};
}

void print_udev(const host::PluginIndex& index) {
  print_line("# Devices that Cartwright's drivers may open. Written by: cartwright doctor --udev");
  std::set<std::string> seen;
  for (const host::PluginCandidate& plugin : index.candidates()) {
    if (!plugin.usable() || !plugin.manifest) continue;
    for (const host::ManifestMatch& match : plugin.manifest->match) {
      if (match.usb.size() != 9 || !seen.insert(match.usb).second) continue;
      print_line("SUBSYSTEM==\"usb\", ATTR{idVendor}==\"" + match.usb.substr(0, 4) +
                 "\", ATTR{idProduct}==\"" + match.usb.substr(5) +
                 "\", MODE=\"0660\", GROUP=\"plugdev\", TAG+=\"uaccess\"");
    }
  }
}

void examine(const Options& options) {
  const host::PluginIndex index = options.plugins.index();
  if (options.udev) return print_udev(index);
  const std::vector<Check> checks = {plugins(index), plugin_host(), serial_access(), udev_rules(),
                                     clock_trust()};
  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  Table table({"LOOKED AT", "", "FOUND", "REMEDY"});
  for (const Check& check : checks) {
    table.add({check.name, check.well ? "well" : "not well", check.found,
               check.well ? "" : check.remedy});
    rows.push_back({{"check", check.name},
                    {"well", check.well},
                    {"found", check.found},
                    {"remedy", check.well ? "" : check.remedy}});
    if (!check.well) finish_with(kFailed);
  }
  if (options.json) return print_line(json_line(rows));
  table.print();
}

}  // namespace

void add_doctor_command(CLI::App& app) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      app.add_subcommand("doctor", "What is missing on this machine, with the remedy for each.");
  options->plugins.add_to(*command);
  command->add_flag("--udev", options->udev, "Print udev rules for the drivers' USB devices");
  command->add_flag("--json", options->json, "Print JSON");
  command->footer(
      "Ends with 1 where something is not well. Changes nothing by itself.\n"
      "  cartwright doctor --udev | sudo tee /etc/udev/rules.d/60-cartwright.rules");
  command->callback([options] { examine(*options); });
}

}  // namespace cartwright::tools
