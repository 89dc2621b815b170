#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <vector>

#include "base/error.hpp"
#include "base/file.hpp"
#include "cart/configuration.hpp"
#include "host/binding.hpp"
#include "host/child_process.hpp"
#include "host/device_access.hpp"
#include "host/udev_rules.hpp"
#include "tools/command.hpp"
#include "tools/output.hpp"
#include "tools/plugin_dirs.hpp"

namespace cartwright::tools {
namespace {

struct Options {
  PluginDirs plugins;
  bool udev = false;
  std::string output;
  std::string group;
  std::string config;
  std::string sysfs = "/sys";
  bool json = false;
};

// One thing that was looked at.
struct Check {
  std::string name;
  bool well = false;
  std::string found;
  std::string remedy;
};

Check check_of(const char* name, const host::Access& access) {
  return {name, access.well, access.found, access.remedy};
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

std::vector<std::string> links_of(const std::string& configuration) {
  std::vector<std::string> links;
  if (configuration.empty()) return links;
  for (const cart::DeviceEntry& device : cart::read_configuration(configuration).devices) {
    links.insert(links.end(), device.links.begin(), device.links.end());
  }
  return links;
}

void write_udev(const Options& options, const host::PluginIndex& index) {
  if (!options.group.empty() && !host::is_group_name(options.group)) {
    throw Error(ErrorKind::invalid_input, "--group \"" + options.group +
                                              "\" is no name of a group: a-z, 0-9, _ and -, at "
                                              "most 32, a letter first");
  }
  const std::vector<const host::Manifest*> manifests = host::manifests_of(index);
  const std::vector<host::Attached> attached = host::attached_devices(options.sysfs);
  const std::string rules =
      host::udev_rules({manifests, attached, links_of(options.config), options.group});
  if (options.output.empty()) {
    std::fwrite(rules.data(), 1, rules.size(), stdout);
    return;
  }
  write_file_durably(options.output, as_bytes(rules));
  print_line("Written: " + options.output +
             "; then: sudo udevadm control --reload && sudo udevadm trigger");
}

void examine(const Options& options) {
  const host::PluginIndex index = options.plugins.index();
  if (options.udev) return write_udev(options, index);
  const std::vector<const host::Manifest*> manifests = host::manifests_of(index);
  const std::vector<host::Attached> attached = host::attached_devices();
  const host::AccessQuestion question{.manifests = manifests,
                                      .attached = attached,
                                      .links = links_of(options.config),
                                      .config = options.config,
                                      .rules_file = host::udev_rules_file()};
  const std::vector<Check> checks = {
      plugins(index), plugin_host(), check_of("serial ports", host::serial_access(question)),
      check_of("usb access", host::usb_access(question)), clock_trust()};
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
  CLI::Option* udev = command->add_flag(
      "--udev", options->udev, "Write udev rules that give access to the drivers' devices");
  command->add_option("--output", options->output, "Write the rules to this file")->needs(udev);
  command->add_option("--group", options->group, "Whose members get access [plugdev, dialout]")
      ->needs(udev);
  command->add_option("--config", options->config, "Also the devices that this cart.toml names");
  command->add_option("--sysfs", options->sysfs, "Look at this copy of /sys instead")->needs(udev);
  command->add_flag("--json", options->json, "Print JSON");
  command->footer(
      "Ends with 1 where something is not well. Changes nothing by itself.\n"
      "  cartwright doctor --udev | sudo tee /etc/udev/rules.d/60-cartwright.rules");
  command->callback([options] { examine(*options); });
}

}  // namespace cartwright::tools
