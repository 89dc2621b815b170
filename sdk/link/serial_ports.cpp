#include "link/serial_ports.hpp"

#include <algorithm>
#include <system_error>

#include "link/numbers.hpp"

namespace cartwright::link {
namespace {

namespace fs = std::filesystem;

bool is_usb_ids(std::string_view text) {
  const auto hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  return text.size() == 9 && text[4] == ':' && std::ranges::all_of(text.substr(0, 4), hex) &&
         std::ranges::all_of(text.substr(5), hex);
}

// Newer kernels put a "port" and a "ctrl" of their own between a port of the board and its driver.
std::string driver_of(fs::path device) {
  std::string driver = sysfs_driver(device);
  while (driver == "port" || driver == "ctrl") {
    device = device.parent_path();
    driver = sysfs_driver(device);
  }
  return driver;
}

}  // namespace

std::vector<SerialPort> serial_ports(const fs::path& sysfs, const fs::path& dev) {
  std::vector<SerialPort> ports;
  std::error_code none;
  const fs::path top = fs::canonical(sysfs, none);
  if (none) return ports;
  for (const fs::directory_entry& entry : fs::directory_iterator(top / "class" / "tty", none)) {
    const fs::path device = fs::canonical(entry.path() / "device", none);
    if (none) continue;  // a console or pseudo-terminal: nothing behind it
    // The kernel keeps places for ports that the board does not have.
    if (sysfs_attribute(entry.path() / "type") == "0") continue;
    SerialPort port;
    port.node = (dev / entry.path().filename()).string();
    port.usb = usb_place_of(device, top);
    port.kernel_driver = driver_of(device);
    ports.push_back(std::move(port));
  }
  std::ranges::sort(ports, {}, &SerialPort::node);
  return ports;
}

std::optional<UsbPortName> usb_port_name(const Uri& uri) {
  if (!is_usb_ids(uri.path)) {
    for (const char* const key : {"serial", "port", "interface"}) {
      if (uri.value(key)) {
        refuse_value(uri, key, "goes with USB ids, as in serial:0403:6001?serial=SC01");
      }
    }
    return std::nullopt;
  }
  UsbPortName name{uri.path, {}, {}, {}};
  if (const auto serial = uri.value("serial")) name.serial = *serial;
  if (const auto port = uri.value("port")) name.port = *port;
  if (const auto text = uri.value("interface")) {
    const auto number = read_unsigned(*text, 255);
    if (!number) refuse_value(uri, "interface", "is no number from 0 to 255");
    name.interface = static_cast<std::uint32_t>(*number);
  }
  return name;
}

bool fits(const UsbPortName& name, const SerialPort& port) {
  if (!port.usb || port.usb->device.ids != name.ids) return false;
  const UsbIdentity& device = port.usb->device;
  return (!name.serial || *name.serial == device.serial) &&
         (!name.port || *name.port == device.port) &&
         (!name.interface || port.usb->interface == name.interface);
}

}  // namespace cartwright::link
