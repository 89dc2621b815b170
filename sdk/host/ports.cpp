#include "host/ports.hpp"

#include <algorithm>
#include <fstream>
#include <system_error>

namespace cartwright::host {
namespace {

namespace fs = std::filesystem;

// The first line of a sysfs attribute; empty where there is none.
std::string attribute(const fs::path& file) {
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  return line;
}

// The USB device that the tty's device belongs to, seen from its folder upwards; empty for none.
fs::path usb_device_of(fs::path folder, const fs::path& sysfs) {
  while (folder != sysfs && folder.has_relative_path()) {
    if (fs::exists(folder / "idVendor")) return folder;
    folder = folder.parent_path();
  }
  return {};
}

}  // namespace

std::vector<Port> serial_ports(const fs::path& sysfs, const fs::path& dev) {
  std::vector<Port> ports;
  std::error_code none;
  for (const fs::directory_entry& entry : fs::directory_iterator(sysfs / "class" / "tty", none)) {
    const fs::path device = fs::canonical(entry.path() / "device", none);
    if (none) continue;  // a console or pseudo-terminal: nothing behind it
    // The kernel keeps places for ports that the board does not have.
    if (attribute(entry.path() / "type") == "0") continue;
    Port port;
    port.device = (dev / entry.path().filename()).string();
    const fs::path usb = usb_device_of(device, fs::canonical(sysfs, none));
    if (!usb.empty()) {
      port.usb = attribute(usb / "idVendor") + ":" + attribute(usb / "idProduct");
      port.product = attribute(usb / "product");
      port.serial = attribute(usb / "serial");
    }
    ports.push_back(std::move(port));
  }
  std::ranges::sort(ports, {}, &Port::device);
  return ports;
}

Binding bind(const Port& port, const PluginIndex& plugins) {
  if (port.usb.empty()) {
    return {"", "a port of the board says nothing of its device: name the driver in a [[device]]"};
  }
  std::vector<std::string> fitting;
  for (const PluginCandidate& plugin : plugins.candidates()) {
    if (!plugin.usable() || !plugin.manifest) continue;
    const auto& rules = plugin.manifest->match;
    if (std::ranges::any_of(rules, [&](const auto& rule) { return rule.usb == port.usb; })) {
      fitting.push_back(plugin.manifest->id);
    }
  }
  if (fitting.size() == 1) return {fitting.front(), "its manifest names usb " + port.usb};
  if (fitting.empty()) {
    return {"", "no manifest names usb " + port.usb + ": name the driver in a [[device]]"};
  }
  std::string names;
  for (const std::string& id : fitting) names += (names.empty() ? "" : ", ") + id;
  return {"", "a tie between " + names + ": name one of them in a [[device]]"};
}

}  // namespace cartwright::host
