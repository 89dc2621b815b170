#include <memory>
#include <nlohmann/json.hpp>

#include "host/attached.hpp"
#include "host/binding.hpp"
#include "host/link_name.hpp"
#include "tools/command.hpp"
#include "tools/output.hpp"
#include "tools/plugin_dirs.hpp"

namespace cartwright::tools {
namespace {

struct Options {
  PluginDirs plugins;
  std::string sysfs = "/sys";
  std::string dev = "/dev";
  bool json = false;
};

std::string or_dash(const std::string& text) {
  return text.empty() ? "-" : printable(text);
}

std::string usages_of(const host::Attached& device) {
  std::string text;
  for (const host::HidUsage usage : device.usages) {
    text += (text.empty() ? "" : " ") + host::to_text(usage);
  }
  return text;
}

// What it is, as a person knows it: the node, or where it is plugged in.
std::string place_of(const host::Attached& device) {
  return device.node.empty() ? "usb " + device.port : device.node;
}

std::string name_of(const host::Attached& device) {
  const bool both = !device.maker.empty() && !device.product.starts_with(device.maker);
  return both ? device.maker + (device.product.empty() ? "" : " " + device.product)
              : device.product;
}

nlohmann::ordered_json json_of(const host::Attached& device, const host::Binding& binding,
                               const std::string& link) {
  nlohmann::ordered_json row = {{"kind", host::to_text(device.kind)},
                                {"device", device.node},
                                {"usb_node", device.usb_node},
                                {"bus", device.bus},
                                {"usb", device.ids},
                                {"port", device.port},
                                {"maker", device.maker},
                                {"product", device.product},
                                {"serial", device.serial}};
  if (device.interface) row["interface"] = *device.interface;
  row["usages"] = nlohmann::ordered_json::array();
  for (const host::HidUsage usage : device.usages) row["usages"].push_back(host::to_text(usage));
  row["held_by"] = device.kernel_driver;
  row["link"] = link;
  row["driver"] = binding.driver;
  row["why"] = binding.why;
  return row;
}

void list(const Options& options) {
  const host::PluginIndex index = options.plugins.index();
  const std::vector<const host::Manifest*> manifests = host::manifests_of(index);
  const std::vector<host::Attached> all = host::attached_devices(options.sysfs, options.dev);
  Table table({"DEVICE", "USB", "USAGE", "HELD BY", "NAME", "DRIVER", "LINK", "WHY"});
  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  for (const host::Attached& device : all) {
    const host::Binding binding = host::binding_of(device, manifests);
    const std::string link = host::link_of(device, all);
    table.add({place_of(device), or_dash(device.ids), or_dash(usages_of(device)),
               or_dash(device.kernel_driver), or_dash(name_of(device)), or_dash(binding.driver),
               printable(link), printable(binding.why)});
    rows.push_back(json_of(device, binding, link));
  }
  if (options.json) return print_line(json_line(rows));
  if (table.empty()) {
    return print_line(
        "No serial port, HID or USB device is there. Without hardware: cartwright simulate");
  }
  table.print();
}

}  // namespace

void add_devices_command(CLI::App& app) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "devices",
      "The ports and devices of this machine and which driver fits. Opens none of them.");
  options->plugins.add_to(*command);
  command->add_flag("--json", options->json, "Print JSON");
  command->add_option("--sysfs", options->sysfs, "Look at this copy of /sys instead");
  command->add_option("--dev", options->dev, "Where that machine's device nodes are");
  command->footer(
      "A driver's manifest says which USB ids, HID usages and product names it is for. What these\n"
      "leave open (a port of the board, a bridge that many devices have, a keyboard, a tie) is\n"
      "named in the cart's configuration, with the link that stands here:\n"
      "  [[device]]\n"
      "  name = \"scale0\"\n"
      "  driver = \"scale-toledo8217\"\n"
      "  link = \"serial:0403:6001?serial=SC01\"");
  command->callback([options] { list(*options); });
}

}  // namespace cartwright::tools
