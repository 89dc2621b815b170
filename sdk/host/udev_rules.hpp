#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "host/attached.hpp"
#include "host/manifest.hpp"

namespace cartwright::host {

struct UdevWish {
  std::span<const Manifest* const> manifests;
  // What is plugged in now: rules by usage or product alone become ids through it.
  std::span<const Attached> attached;
  // Link URIs that a configuration names; what they name by ids or node is allowed too, bridges
  // and keyboards as well, since a person chose them.
  std::vector<std::string> links;
  std::string group;  // empty: plugdev for USB and HID, dialout for serial ports
};

// True for a group's name as useradd(8) takes it; another one must not stand in a rule.
bool is_group_name(std::string_view text);

// A rules file for udev(7) that lets the user at the seat (uaccess) and the group open what the
// drivers are for, and keeps ModemManager from their serial ports. Comments say what is left out
// and why: bridges and keyboards that nobody named, and rules by usage whose devices are not there.
std::string udev_rules(const UdevWish& wish);

}  // namespace cartwright::host
