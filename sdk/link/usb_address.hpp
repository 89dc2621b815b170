#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "link/hid_descriptor.hpp"
#include "link/uri.hpp"

namespace cartwright::link {

// What the URI of a USB link says: usb:05e0:1900 or hid:05e0:1900 and the keys
//
//   serial=S      the device's serial number, where it has one
//   port=1-2.3    bus and ports on the way to it, as the kernel names them: the socket
//   interface=N   its interface, where it has several
//   usage=8c:02   hid: alone: the interface with a top-level collection of this page (and usage)
struct UsbAddress {
  bool hid = false;
  std::uint16_t vendor = 0;
  std::uint16_t product = 0;
  std::optional<std::string> serial;
  std::optional<std::string> port;
  std::optional<std::uint8_t> interface;
  std::optional<HidUsageWanted> usage;
};

// Error invalid_input names the part.
UsbAddress read_usb_address(const Uri& uri);

// "05e0:1900"
std::string usb_ids(std::uint16_t vendor, std::uint16_t product);

}  // namespace cartwright::link
