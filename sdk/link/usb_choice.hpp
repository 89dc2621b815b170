#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "link/link.hpp"
#include "link/usb_address.hpp"

namespace cartwright::link {

// A device on the bus, as far as it is known without opening it.
struct UsbSeen {
  std::uint16_t vendor = 0;
  std::uint16_t product = 0;
  std::string port;        // "1-2.3"
  std::string serial;      // empty where it has none
  std::uint32_t plug = 0;  // of this plugging-in: the bus and the address that the bus gave it
};

// "1-2 (serial number A1)"
std::string place_text(const UsbSeen& device);
// "/dev/bus/usb/001/002"
std::string node_path(const UsbSeen& device);

// What a link remembers of the device that it had.
struct UsbMemory {
  std::optional<UsbSeen> had;
  // Devices that fitted too while it had its own: they are others, whatever is free now.
  std::vector<std::uint32_t> others;
  bool replug_expected = false;  // it comes back at its port, perhaps under other ids
};

// Which device the link takes, or why none.
struct UsbChoice {
  std::optional<std::size_t> index;
  DownReason reason = DownReason::not_there;
  std::string text;
};

// Never guesses between two: twins are told apart by serial number, by port path, or by what the
// link had before, else both are named with the keys that would tell them apart.
UsbChoice choose_usb(const UsbAddress& wanted, std::span<const UsbSeen> present,
                     const UsbMemory& memory);

// Whether ids, serial number and port are as wanted.
bool fits(const UsbAddress& wanted, const UsbSeen& device);

}  // namespace cartwright::link
