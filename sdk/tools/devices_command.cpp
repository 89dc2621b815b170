#include <memory>
#include <nlohmann/json.hpp>

#include "host/ports.hpp"
#include "tools/command.hpp"
#include "tools/output.hpp"
#include "tools/plugin_dirs.hpp"

namespace cartwright::tools {
namespace {

struct Options {
  PluginDirs plugins;
  bool json = false;
};

void list(const Options& options) {
  const host::PluginIndex index = options.plugins.index();
  Table table({"PORT", "USB", "PRODUCT", "SERIAL", "DRIVER", "WHY"});
  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  for (const host::Port& port : host::serial_ports()) {
    const host::Binding binding = host::bind(port, index);
    table.add({port.device, port.usb, port.product, port.serial,
               binding.driver.empty() ? "-" : binding.driver, binding.why});
    rows.push_back({{"device", port.device},
                    {"usb", port.usb},
                    {"product", port.product},
                    {"serial", port.serial},
                    {"driver", binding.driver},
                    {"why", binding.why}});
  }
  if (options.json) return print_line(json_line(rows));
  if (table.empty()) {
    return print_line(
        "No serial port has a device behind it. Without hardware: cartwright simulate");
  }
  table.print();
}

}  // namespace

void add_devices_command(CLI::App& app) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "devices", "The ports of this machine and which driver fits. Opens none of them.");
  options->plugins.add_to(*command);
  command->add_flag("--json", options->json, "Print JSON");
  command->footer(
      "A port is matched by the USB ids of the device behind it. What has none, such as a port of\n"
      "the board or a bridge that fits many devices, is named in the cart's configuration:\n"
      "  [[device]]\n"
      "  name = \"scale0\"\n"
      "  driver = \"scale-toledo8217\"\n"
      "  link = \"serial:/dev/ttyS0?baud=9600&format=7E1\"");
  command->callback([options] { list(*options); });
}

}  // namespace cartwright::tools
