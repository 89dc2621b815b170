#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "base/hex.hpp"
#include "support/scratch_folder.hpp"

namespace cartwright::test {

// A sysfs of files and links, as the kernel lays it out.
class SysfsTree {
 public:
  using path = std::filesystem::path;

  const path& root() const { return root_; }

  void write(const path& file, std::string_view text) const {
    std::filesystem::create_directories((root_ / file).parent_path());
    std::ofstream(root_ / file, std::ios::binary) << text << '\n';
  }

  // A device at PORT ("1-2.3"); returns its folder.
  path usb(const std::string& port, const std::string& ids, const std::string& product = {},
           const std::string& serial = {}) const {
    const path folder = "devices/pci0000:00/usb1/" + port;
    write(folder / "idVendor", ids.substr(0, 4));
    write(folder / "idProduct", ids.substr(5));
    write(folder / "bDeviceClass", "00");
    write(folder / "manufacturer", "Example");
    if (!product.empty()) write(folder / "product", product);
    if (!serial.empty()) write(folder / "serial", serial);
    link("bus/usb/devices/" + port, folder);
    return folder;
  }

  path interface(const path& device, int number, const std::string& usb_class,
                 const std::string& driver) const {
    const path folder = device / (device.filename().string() + ":1." + std::to_string(number));
    write(folder / "bInterfaceNumber", "0" + std::to_string(number));
    write(folder / "bInterfaceClass", usb_class);
    if (!driver.empty()) link(folder / "driver", "bus/usb/drivers/" + driver);
    return folder;
  }

  // A serial port on an interface, as usb-serial drivers make one.
  void tty(const path& interface_folder, const std::string& name) const {
    const path folder = interface_folder / name;
    std::filesystem::create_directories(root_ / folder / "tty" / name);
    link(folder / "driver", "bus/usb-serial/drivers/ftdi_sio");
    link(folder / "tty" / name / "device", folder);
    link("class/tty/" + name, folder / "tty" / name);
  }

  // The kernel's HID device below PARENT, NAME such as "0003:05E0:1900.0001".
  path hid(const path& parent, const std::string& name, const std::string& descriptor_hex,
           const std::string& hidraw) const {
    const path folder = parent / name;
    std::filesystem::create_directories(root_ / folder / "hidraw" / hidraw);
    const Bytes bytes = *from_hex(descriptor_hex);
    std::ofstream(root_ / folder / "report_descriptor", std::ios::binary) << as_text(bytes);
    link("bus/hid/devices/" + name, folder);
    return folder;
  }

  // A link at `at` to the folder `to` of this tree, which is made where it is missing.
  void link(const path& at, const path& to) const {
    std::filesystem::create_directories(root_ / to);
    std::filesystem::create_directories((root_ / at).parent_path());
    std::filesystem::create_directory_symlink(root_ / to, root_ / at);
  }

 private:
  ScratchFolder scratch_;
  path root_ = scratch_.file("sys");
};

}  // namespace cartwright::test
