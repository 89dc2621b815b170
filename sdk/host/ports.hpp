#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "host/plugin_index.hpp"

namespace cartwright::host {

// A serial port that has a device behind it, as sysfs describes it.
struct Port {
  std::string device;  // "/dev/ttyUSB0"
  std::string usb;     // "0403:6001", lower case; empty for a port of the board
  std::string product;
  std::string serial;
};

// All of them, by name. Reads sysfs alone: opening a port would raise its lines, which is a write.
// `sysfs` and `dev` are other places in tests.
std::vector<Port> serial_ports(const std::filesystem::path& sysfs = "/sys",
                               const std::filesystem::path& dev = "/dev");

// Which driver a port binds to by the manifests' rules.
struct Binding {
  std::string driver;  // empty: none binds by itself
  std::string why;     // the rule that fits, the tie, or what to do where none does
};

Binding bind(const Port& port, const PluginIndex& plugins);

}  // namespace cartwright::host
