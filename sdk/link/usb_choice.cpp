#include "link/usb_choice.hpp"

#include <algorithm>

#include "link/sysfs.hpp"

namespace cartwright::link {
namespace {

using Indexes = std::vector<std::size_t>;

bool has_ids(const UsbAddress& wanted, const UsbSeen& device) {
  return device.vendor == wanted.vendor && device.product == wanted.product;
}

std::string wanted_text(const UsbAddress& wanted) {
  return usb_ids(wanted.vendor, wanted.product) +
         (wanted.serial ? " with serial number " + *wanted.serial : "") +
         (wanted.port ? " at port " + *wanted.port : "");
}

std::string listed(std::span<const UsbSeen> present, const Indexes& which) {
  std::string text;
  for (const std::size_t index : which) {
    text += (text.empty() ? "" : ", ") + place_text(present[index]);
  }
  return text;
}

UsbChoice none(const UsbAddress& wanted, std::span<const UsbSeen> present) {
  Indexes same_ids;
  for (std::size_t i = 0; i < present.size(); ++i) {
    if (has_ids(wanted, present[i])) same_ids.push_back(i);
  }
  std::string text = "no USB device " + wanted_text(wanted) + " is plugged in";
  if (!same_ids.empty()) text += "; what is there: " + listed(present, same_ids);
  return {std::nullopt, DownReason::not_there, text};
}

UsbChoice several(const UsbAddress& wanted, std::span<const UsbSeen> present,
                  const Indexes& which) {
  const UsbSeen& first = present[which[0]];
  const UsbSeen& second = present[which[1]];
  const bool serials = !first.serial.empty() && first.serial != second.serial;
  const std::string key = serials ? "serial=" + first.serial : "port=" + first.port;
  const std::string other =
      serials && !second.serial.empty() ? "serial=" + second.serial : "port=" + second.port;
  return {std::nullopt, DownReason::refused,
          wanted_text(wanted) + " fits " + std::to_string(which.size()) +
              " devices: " + listed(present, which) + "; add " + key + " or " + other +
              " to the link to say which"};
}

// The one that the link had, back again: by its serial number, else by its port.
std::optional<std::size_t> known_one(std::span<const UsbSeen> present, const Indexes& fitting,
                                     const UsbSeen& had) {
  Indexes same;
  std::copy_if(fitting.begin(), fitting.end(), std::back_inserter(same), [&](std::size_t index) {
    return present[index].serial == had.serial &&
           (!had.serial.empty() || present[index].port == had.port);
  });
  if (same.size() > 1) {  // serial numbers that are none
    std::erase_if(same, [&](std::size_t index) { return present[index].port != had.port; });
  }
  return same.size() == 1 ? std::optional(same.front()) : std::nullopt;
}

}  // namespace

std::string place_text(const UsbSeen& device) {
  return device.port +
         (device.serial.empty() ? " (no serial number)" : " (serial number " + device.serial + ")");
}

std::string node_path(const UsbSeen& device) {
  return "/dev/" + usb_node(device.plug >> 8, device.plug & 0xff);
}

bool fits(const UsbAddress& wanted, const UsbSeen& device) {
  return has_ids(wanted, device) && (!wanted.serial || device.serial == *wanted.serial) &&
         (!wanted.port || device.port == *wanted.port);
}

UsbChoice choose_usb(const UsbAddress& wanted, std::span<const UsbSeen> present,
                     const UsbMemory& memory) {
  Indexes fitting;
  for (std::size_t i = 0; i < present.size(); ++i) {
    if (memory.replug_expected && memory.had && present[i].port == memory.had->port) {
      return {i, {}, {}};
    }
    if (fits(wanted, present[i])) fitting.push_back(i);
  }
  if (fitting.empty()) return none(wanted, present);
  if (memory.had) {
    if (const auto known = known_one(present, fitting, *memory.had)) return {known, {}, {}};
    const Indexes all = fitting;
    std::erase_if(fitting, [&](std::size_t index) {
      return std::ranges::count(memory.others, present[index].plug) > 0;
    });
    if (fitting.empty()) {
      return {std::nullopt, DownReason::not_there,
              wanted_text(wanted) + " was at " + place_text(*memory.had) +
                  " and is unplugged; what is there is another: " + listed(present, all)};
    }
  }
  if (fitting.size() > 1) return several(wanted, present, fitting);
  return {fitting.front(), {}, {}};
}

}  // namespace cartwright::link
