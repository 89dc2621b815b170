#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "link/sysfs.hpp"
#include "link/uri.hpp"

namespace cartwright::link {

// A serial port that has a device behind it.
struct SerialPort {
  std::string node;             // "/dev/ttyUSB0"
  std::optional<UsbPlace> usb;  // nothing for a port of the board
  std::string kernel_driver;    // "ftdi_sio"
};

// All of them, by name. Reads sysfs alone: opening a port would raise its lines, which is a write.
// `sysfs` and `dev` are other places in tests.
std::vector<SerialPort> serial_ports(const std::filesystem::path& sysfs = "/sys",
                                     const std::filesystem::path& dev = "/dev");

// A port named by what stands behind it, `serial:0403:6001?serial=SC01&port=1-2&interface=0`: it is
// found again under whatever name the system gives it after a replug.
struct UsbPortName {
  std::string ids;
  std::optional<std::string> serial;
  std::optional<std::string> port;
  std::optional<std::uint32_t> interface;
};

// Nothing for a URI that names a path. Error for ids or an interface that are none, or for such a
// key beside a path.
std::optional<UsbPortName> usb_port_name(const Uri& uri);

bool fits(const UsbPortName& name, const SerialPort& port);

}  // namespace cartwright::link
