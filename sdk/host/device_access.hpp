#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "host/attached.hpp"
#include "host/manifest.hpp"

namespace cartwright::host {

// What this process, as it runs now, may do with a device's node.
struct NodeAccess {
  bool there = false;
  bool allowed = false;  // to read and to write
  std::string group;     // whose members may; empty for none but root's
};

// By the file's own bits and access lists; opens nothing.
NodeAccess node_access(const std::string& node);

// Where udev reads the rules that udev_rules() writes; empty where they are in none of its folders.
std::string udev_rules_file();

struct AccessQuestion {
  std::span<const Manifest* const> manifests;
  std::span<const Attached> attached;
  std::vector<std::string> links;  // that a configuration names
  std::string config;              // its file; empty for none
  std::string rules_file;          // as udev_rules_file() says
  std::function<NodeAccess(const std::string& node)> look = node_access;
};

// Whether something can be used, with the remedy where it can not.
struct Access {
  bool well = false;
  std::string found;
  std::string remedy;
};

// The serial ports that are there, consoles left out; nothing is found wrong where none is.
Access serial_access(const AccessQuestion& question);

// The HID and USB devices that are there and that a driver fits, a configuration names or a program
// uses: by the node through which a link opens each. Where none is, whether rules for them are.
Access usb_access(const AccessQuestion& question);

}  // namespace cartwright::host
