#pragma once

#include <fcntl.h>
#include <umockdev.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

namespace cartwright::link::test {

// A machine whose USB serial ports are mocks: sysfs and /dev are a testbed's for this whole
// process, each port is a pseudo-terminal behind /dev/ttyUSBn. One at a time.
class MockPorts {
 public:
  MockPorts() : testbed_(umockdev_testbed_new()) {}
  ~MockPorts() { g_object_unref(testbed_); }
  MockPorts(const MockPorts&) = delete;
  MockPorts& operator=(const MockPorts&) = delete;

  // A cable with an FTDI bridge at PLACE ("1-1"), as port /dev/NAME.
  void plug(const std::string& place, const std::string& name, const std::string& serial) {
    const std::string device = "/devices/pci0000:00/usb1/" + place;
    const std::string face = device + "/" + place + ":1.0";
    const std::string number = name.substr(name.size() - 1);
    add("P: " + device +
        "\nE: SUBSYSTEM=usb\nE: DEVTYPE=usb_device\nA: idVendor=0403\\n\nA: idProduct=6001\\n\n"
        "A: busnum=1\\n\nA: devnum=" +
        number + "\\n\nA: product=FT232 scale\\n\nA: manufacturer=Example\\n\nA: serial=" + serial +
        "\\n\n\nP: " + face +
        "\nE: SUBSYSTEM=usb\nE: DEVTYPE=usb_interface\nA: bInterfaceNumber=00\\n\n"
        "A: bInterfaceClass=ff\\n\n\nP: " +
        face + "/" + name + "\nE: SUBSYSTEM=usb-serial\n\nP: " + face + "/" + name + "/tty/" +
        name + "\nN: " + name + "\nE: SUBSYSTEM=tty\nE: DEVNAME=/dev/" + name +
        "\nE: MAJOR=188\nE: MINOR=" + number + "\nA: dev=188:" + number +
        "\\n\nL: device=../../../" + name + "\n");
    ::fcntl(master(name), F_SETFL, O_NONBLOCK);
  }

  // The device goes: its node, its entries in sysfs, and its end of the line.
  void unplug(const std::string& place, const std::string& name) {
    const int fd = master(name);
    const std::string device = "/sys/devices/pci0000:00/usb1/" + place;
    umockdev_testbed_remove_device(testbed_, device.c_str());
    // The testbed's own notes of the port and its pseudo-terminal, whose number may come back.
    const std::filesystem::path dev =
        std::filesystem::path(umockdev_testbed_get_root_dir(testbed_)) / "dev";
    std::string line = std::filesystem::read_symlink(dev / name).string();
    std::ranges::replace(line, '/', '_');
    std::filesystem::remove(dev / ".ptymap" / line);
    std::filesystem::remove(dev / ".node" / name);
    std::filesystem::remove(dev / name);
    ::close(fd);
  }

  // The device's end of the line.
  int master(const std::string& name) {
    return umockdev_testbed_get_dev_fd(testbed_, ("/dev/" + name).c_str());
  }

 private:
  void add(const std::string& text) {
    GError* error = nullptr;
    if (!umockdev_testbed_add_from_string(testbed_, text.c_str(), &error)) {
      throw std::runtime_error(error->message);
    }
  }

  UMockdevTestbed* testbed_;
};

}  // namespace cartwright::link::test
