#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "base/hex.hpp"

namespace cartwright::link {

// What the kernel tells of devices in files of its own, mounted at /sys. Reading them opens no
// device.

// The first line of an attribute without its end; empty where there is none.
std::string sysfs_attribute(const std::filesystem::path& file);
// At most `most` bytes of a binary attribute; empty where there is none.
Bytes sysfs_bytes(const std::filesystem::path& file, std::size_t most);
// The name of the kernel driver that holds the device of this folder; empty for none.
std::string sysfs_driver(const std::filesystem::path& folder);

// A USB device as it names itself, and where it is plugged in.
struct UsbIdentity {
  std::string ids;   // "0403:6001", lower case
  std::string port;  // "1-2.3": bus and ports on the way; the same after a replug there
  std::string maker;
  std::string product;
  std::string serial;
  std::string node;  // "bus/usb/001/004", below /dev; another one after a replug
};

// The USB device and interface above a device's folder (canonical, inside `sysfs`); nothing where
// none is.
struct UsbPlace {
  UsbIdentity device;
  std::filesystem::path folder;            // of the device
  std::optional<std::uint32_t> interface;  // bInterfaceNumber
};
std::optional<UsbPlace> usb_place_of(const std::filesystem::path& folder,
                                     const std::filesystem::path& sysfs);
// A USB device's node below /dev, by the numbers that the bus gave it: "bus/usb/001/004".
std::string usb_node(unsigned bus, unsigned address);
// The identity in a USB device's own folder.
UsbIdentity usb_identity(const std::filesystem::path& folder);

}  // namespace cartwright::link
