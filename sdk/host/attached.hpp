#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/hid_usage.hpp"

namespace cartwright::host {

// How a driver would reach a device; the scheme of its link.
enum class AttachedKind : std::uint8_t { serial, hid, usb };
std::string_view to_text(AttachedKind kind);

// Something of this machine that a driver can be for: a serial port, a HID interface (of a USB
// device, or over Bluetooth), or a USB device that is neither. Texts are as the device says them.
struct Attached {
  AttachedKind kind = AttachedKind::serial;
  std::string node;      // "/dev/ttyUSB0", "/dev/hidraw0"; empty for none
  std::string usb_node;  // "/dev/bus/usb/001/004", by which libusb opens it; empty off USB
  std::string bus;       // "usb", "bluetooth", "i2c", "board", ...
  std::string ids;       // "0403:6001", lower case; empty for a port of the board
  std::string port;      // "1-2.3", where it is plugged in; empty off USB
  std::string maker;
  std::string product;
  std::string serial;
  std::optional<std::uint32_t> interface;  // of a USB device
  std::vector<HidUsage> usages;            // of a HID interface's top-level collections
  bool is_console = false;                 // the system writes its messages there
  std::string kernel_driver;               // that holds it: "ftdi_sio", "usbhid"; empty for none
  friend bool operator==(const Attached&, const Attached&) = default;
};

// All of them: serial ports by name, then HID interfaces, then other USB devices, by place. Hubs
// are left out. Reads sysfs alone and opens nothing in `dev`, which only begins the nodes' names.
std::vector<Attached> attached_devices(const std::filesystem::path& sysfs = "/sys",
                                       const std::filesystem::path& dev = "/dev");

}  // namespace cartwright::host
