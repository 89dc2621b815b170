#include "link/usb_interface.hpp"

#include <libusb.h>

#include <algorithm>
#include <memory>
#include <span>

namespace cartwright::link {
namespace {

constexpr std::uint8_t hid_descriptor = 0x21;  // HID 1.11, 7.1
constexpr std::uint8_t report_descriptor = 0x22;

// The length of the report descriptor, from the HID descriptor between the interface's and its
// endpoints' (6.2.1); 0 where there is none.
std::uint16_t report_descriptor_length(std::span<const unsigned char> extra) {
  while (extra.size() >= 2 && extra[0] >= 2 && extra[0] <= extra.size()) {
    const auto one = extra.first(extra[0]);
    if (one[1] == hid_descriptor && one.size() >= 9) {
      for (std::size_t at = 6; at + 3 <= one.size(); at += 3) {
        if (one[at] == report_descriptor) {
          return static_cast<std::uint16_t>(one[at + 1] | one[at + 2] << 8);
        }
      }
    }
    extra = extra.subspan(extra[0]);
  }
  return 0;
}

UsbInterface read_interface(const libusb_interface_descriptor& setting) {
  UsbInterface interface;
  interface.number = setting.bInterfaceNumber;
  interface.class_code = setting.bInterfaceClass;
  interface.protocol = setting.bInterfaceProtocol;
  interface.report_descriptor = report_descriptor_length(
      {setting.extra, static_cast<std::size_t>(std::max(setting.extra_length, 0))});
  for (std::uint8_t i = 0; i < setting.bNumEndpoints; ++i) {
    const libusb_endpoint_descriptor& endpoint = setting.endpoint[i];
    const int type = endpoint.bmAttributes & LIBUSB_TRANSFER_TYPE_MASK;
    if (type != LIBUSB_TRANSFER_TYPE_INTERRUPT && type != LIBUSB_TRANSFER_TYPE_BULK) continue;
    // USB 2.0, 9.6.6: bits above 10 say how many packets a microframe has.
    const auto packet = static_cast<std::uint16_t>(endpoint.wMaxPacketSize & 0x7ff);
    interface.endpoints.push_back(
        {endpoint.bEndpointAddress, type == LIBUSB_TRANSFER_TYPE_INTERRUPT, packet});
  }
  return interface;
}

std::string listed(const UsbConfiguration& configuration) {
  std::string text;
  for (const UsbInterface& one : configuration.interfaces) {
    const std::byte code[] = {static_cast<std::byte>(one.class_code)};
    text += (text.empty() ? "" : ", ") + std::to_string(one.number) + " (class " + to_hex(code) +
            (one.is_hid() ? one.protocol == 1   ? ", HID keyboard"
                            : one.protocol == 2 ? ", HID mouse"
                                                : ", HID"
                          : "") +
            ")";
  }
  return text;
}

}  // namespace

UsbConfiguration read_configuration(libusb_device_handle* handle, int& error) {
  UsbConfiguration configuration;
  libusb_config_descriptor* raw = nullptr;
  libusb_device* const device = libusb_get_device(handle);
  error = libusb_get_active_config_descriptor(device, &raw);
  if (error != 0) return configuration;
  const std::unique_ptr<libusb_config_descriptor, decltype(&libusb_free_config_descriptor)> active(
      raw, libusb_free_config_descriptor);
  for (std::uint8_t i = 0; i < active->bNumInterfaces; ++i) {
    if (active->interface[i].num_altsetting > 0) {
      configuration.interfaces.push_back(read_interface(active->interface[i].altsetting[0]));
    }
  }
  // Descriptors are asked for by index, the active one is known by value (USB 2.0, 9.4.3).
  libusb_config_descriptor* other = nullptr;
  for (std::uint8_t i = 0; libusb_get_config_descriptor(device, i, &other) == 0; ++i) {
    const bool same = other->bConfigurationValue == active->bConfigurationValue;
    libusb_free_config_descriptor(other);
    if (!same) continue;
    configuration.index = i;
    break;
  }
  return configuration;
}

std::vector<UsbInterface> choose_interfaces(const UsbAddress& address,
                                            const UsbConfiguration& configuration, bool any,
                                            std::string& refusal) {
  std::vector<UsbInterface> fitting;
  for (const UsbInterface& one : configuration.interfaces) {
    if ((!address.hid || one.is_hid()) &&
        (!address.interface || one.number == *address.interface)) {
      fitting.push_back(one);
    }
  }
  if (any && fitting.empty() && address.interface) {
    UsbAddress looser = address;
    looser.interface.reset();
    return choose_interfaces(looser, configuration, any, refusal);
  }
  const std::string there = "; it has " + listed(configuration);
  if (fitting.empty() && address.interface) {
    refusal = "has no " + std::string(address.hid ? "HID " : "") + "interface " +
              std::to_string(*address.interface) + there;
  } else if (fitting.empty()) {
    refusal = "has no " + std::string(address.hid ? "HID " : "") + "interface" + there;
  } else if (fitting.size() > 1 && !address.usage && !any) {
    refusal = "has several interfaces: add interface=NUMBER" +
              std::string(address.hid ? " or usage=PAGE" : "") + " to the link" + there;
    fitting.clear();
  }
  return fitting;
}

}  // namespace cartwright::link
