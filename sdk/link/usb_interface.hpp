#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "link/usb_address.hpp"

struct libusb_device_handle;

namespace cartwright::link {

// An interface of the device's present configuration (its first setting) as its descriptors tell.
struct UsbInterface {
  struct Endpoint {
    std::uint8_t address = 0;
    bool interrupt = false;  // else bulk; others are left out
    std::uint16_t packet = 0;
    bool in() const { return (address & 0x80) != 0; }
  };
  std::uint8_t number = 0;
  std::uint8_t class_code = 0;
  std::uint8_t protocol = 0;
  std::uint16_t report_descriptor = 0;  // length, where it is HID (HID 1.11, 6.2.1)
  std::vector<Endpoint> endpoints;

  bool is_hid() const { return class_code == 3; }
};

struct UsbConfiguration {
  std::uint8_t index = 0;
  std::vector<UsbInterface> interfaces;
};

// Empty and libusb's error where the device has none yet: right after it came, or where it is gone.
UsbConfiguration read_configuration(libusb_device_handle* handle, int& error);

// The interfaces that the address can mean, to be tried in this order; none with the reason for
// people in `refusal`. `any` takes what there is where the keys fit nothing (a device under other
// ids than those of the address).
std::vector<UsbInterface> choose_interfaces(const UsbAddress& address,
                                            const UsbConfiguration& configuration, bool any,
                                            std::string& refusal);

}  // namespace cartwright::link
