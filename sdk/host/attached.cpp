#include "host/attached.hpp"

#include <algorithm>
#include <system_error>

#include "link/serial_ports.hpp"
#include "link/sysfs.hpp"

namespace cartwright::host {
namespace {

namespace fs = std::filesystem;

// The kernel takes no longer report descriptor (HID_MAX_DESCRIPTOR_SIZE).
constexpr std::size_t longest_descriptor = 4096;

// USB class codes (usb.org, defined class codes).
constexpr std::string_view class_hid = "03";
constexpr std::string_view class_hub = "09";
constexpr std::string_view class_cdc_data = "0a";  // the other half of a serial port

std::vector<fs::path> folders_in(const fs::path& folder) {
  std::vector<fs::path> all;
  std::error_code none;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, none)) {
    const fs::path real = fs::canonical(entry.path(), none);
    if (!none && fs::is_directory(real, none)) all.push_back(real);
  }
  std::ranges::sort(all);
  return all;
}

// A HID device's folder is named BUS:VENDOR:PRODUCT.NUMBER, "0003:05E0:1900.0001".
bool is_hid_folder(const std::string& name) {
  return name.size() == 19 && name[4] == ':' && name[9] == ':' && name[14] == '.';
}

std::string bus_of(const std::string& hid_folder) {
  const std::string number = hid_folder.substr(0, 4);  // linux/input.h, BUS_*
  if (number == "0003") return "usb";
  if (number == "0005") return "bluetooth";
  if (number == "0006") return "virtual";
  if (number == "0018") return "i2c";
  return "other";
}

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
  return text;
}

// The value of KEY= in a uevent attribute.
std::string uevent_value(const fs::path& folder, const std::string& key) {
  const Bytes bytes = link::sysfs_bytes(folder / "uevent", 4096);
  std::string_view rest = as_text(bytes);
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    if (line.starts_with(key) && line.substr(key.size()).starts_with('=')) {
      return std::string(line.substr(key.size() + 1));
    }
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
  }
  return {};
}

void set_identity(Attached& one, const link::UsbIdentity& device, const fs::path& dev) {
  one.bus = "usb";
  one.ids = device.ids;
  one.port = device.port;
  one.maker = device.maker;
  one.product = device.product;
  one.serial = device.serial;
  if (!device.node.empty()) one.usb_node = (dev / device.node).string();
}

// What the kernel's HID layer says of a device: its usages and its hidraw node.
void set_hid(Attached& one, const fs::path& folder, const fs::path& dev) {
  one.usages =
      top_level_usages(link::sysfs_bytes(folder / "report_descriptor", longest_descriptor));
  const auto nodes = folders_in(folder / "hidraw");
  if (!nodes.empty()) one.node = (dev / nodes.front().filename()).string();
}

std::vector<Attached> serial_devices(const fs::path& sysfs, const fs::path& dev) {
  std::vector<Attached> all;
  const std::string consoles =
      " " + link::sysfs_attribute(sysfs / "class" / "tty" / "console" / "active") + " ";
  for (const link::SerialPort& port : link::serial_ports(sysfs, dev)) {
    Attached one;
    one.kind = AttachedKind::serial;
    one.bus = "board";
    if (port.usb) {
      set_identity(one, port.usb->device, dev);
      one.interface = port.usb->interface;
    }
    one.node = port.node;
    const std::string name = fs::path(port.node).filename();
    one.is_console = consoles.find(" " + name + " ") != std::string::npos;
    one.kernel_driver = port.kernel_driver;
    all.push_back(std::move(one));
  }
  return all;
}

// The interfaces of one USB device, where they are HID.
std::vector<Attached> hid_interfaces(const fs::path& device, const fs::path& dev) {
  std::vector<Attached> all;
  for (const fs::path& folder : folders_in(device)) {
    if (link::sysfs_attribute(folder / "bInterfaceClass") != class_hid) continue;
    const auto place = link::usb_place_of(folder, device.parent_path());
    if (!place) continue;
    Attached one;
    one.kind = AttachedKind::hid;
    set_identity(one, place->device, dev);
    one.interface = place->interface;
    one.kernel_driver = link::sysfs_driver(folder);
    for (const fs::path& child : folders_in(folder)) {
      if (is_hid_folder(child.filename())) set_hid(one, child, dev);
    }
    all.push_back(std::move(one));
  }
  return all;
}

// HID devices that hang on no USB device, such as a scanner over Bluetooth.
std::vector<Attached> hid_off_usb(const fs::path& sysfs, const fs::path& dev) {
  std::vector<Attached> all;
  for (const fs::path& folder : folders_in(sysfs / "bus" / "hid" / "devices")) {
    const std::string name = folder.filename();
    if (!is_hid_folder(name) || link::usb_place_of(folder, sysfs)) continue;
    Attached one;
    one.kind = AttachedKind::hid;
    one.bus = bus_of(name);
    one.ids = lower(name.substr(5, 9));
    one.product = uevent_value(folder, "HID_NAME");
    one.serial = uevent_value(folder, "HID_UNIQ");
    one.kernel_driver = link::sysfs_driver(folder);
    set_hid(one, folder, dev);
    all.push_back(std::move(one));
  }
  return all;
}

// True where an interface of the device is neither HID nor part of a serial port.
bool has_other_interface(const fs::path& device, const std::vector<Attached>& serial) {
  const std::string port = device.filename();
  for (const fs::path& folder : folders_in(device)) {
    const std::string kind = link::sysfs_attribute(folder / "bInterfaceClass");
    if (kind.empty() || kind == class_hid || kind == class_cdc_data) continue;
    const auto place = link::usb_place_of(folder, device.parent_path());
    const bool is_serial = std::ranges::any_of(serial, [&](const Attached& one) {
      return one.port == port && place && one.interface == place->interface;
    });
    if (!is_serial) return true;
  }
  return false;
}

}  // namespace

std::string_view to_text(AttachedKind kind) {
  switch (kind) {
    case AttachedKind::serial:
      return "serial";
    case AttachedKind::hid:
      return "hid";
    case AttachedKind::usb:
      break;
  }
  return "usb";
}

std::vector<Attached> attached_devices(const fs::path& sysfs, const fs::path& dev) {
  std::error_code none;
  const fs::path top = fs::canonical(sysfs, none);
  if (none) return {};
  std::vector<Attached> all = serial_devices(top, dev);
  const std::vector<Attached> serial = all;
  std::vector<Attached> others;
  for (const fs::path& device : folders_in(top / "bus" / "usb" / "devices")) {
    if (!fs::exists(device / "idVendor", none)) continue;  // an interface
    if (link::sysfs_attribute(device / "bDeviceClass") == class_hub) continue;
    for (Attached& one : hid_interfaces(device, dev)) all.push_back(std::move(one));
    if (has_other_interface(device, serial)) {
      Attached one;
      one.kind = AttachedKind::usb;
      set_identity(one, link::usb_identity(device), dev);
      others.push_back(std::move(one));
    }
  }
  for (Attached& one : hid_off_usb(top, dev)) all.push_back(std::move(one));
  all.insert(all.end(), others.begin(), others.end());
  return all;
}

}  // namespace cartwright::host
