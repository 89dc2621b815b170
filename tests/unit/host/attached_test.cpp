#include "host/attached.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include "host/link_name.hpp"
#include "support/sysfs_tree.hpp"

namespace cartwright::host {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;

const char* const pos_scanner = "058c 0902 a101 c0";
const char* const keyboard = "0501 0906 a101 c0";

class AttachedDevices : public testing::Test {
 protected:
  void add_ftdi(const std::string& port, const std::string& name, const std::string& serial) {
    const auto device = tree.usb(port, "0403:6001", "FT232 scale", serial);
    tree.tty(tree.interface(device, 0, "ff", "ftdi_sio"), name);
  }
  void add_scanner(const std::string& port, const std::string& serial, int number) {
    const auto device = tree.usb(port, "05e0:1900", "Symbol Scanner", serial);
    const auto folder = tree.interface(device, 0, "03", "usbhid");
    tree.hid(folder, "0003:05E0:1900.000" + std::to_string(number), pos_scanner,
             "hidraw" + std::to_string(number));
  }
  std::vector<Attached> all() { return attached_devices(tree.root(), "/dev"); }
  std::vector<std::string> links() {
    std::vector<std::string> texts;
    const auto devices = all();
    for (const Attached& one : devices) texts.push_back(link_of(one, devices));
    return texts;
  }

  cartwright::test::SysfsTree tree;
};

}  // namespace

TEST_F(AttachedDevices, serial_ports_are_read_with_what_stands_behind_them_and_sorted) {
  add_ftdi("1-2", "ttyUSB1", "SC02");
  add_ftdi("1-1", "ttyUSB0", "SC01");
  const auto devices = all();
  ASSERT_EQ(devices.size(), 2u);
  const Attached& first = devices[0];
  EXPECT_EQ(first.kind, AttachedKind::serial);
  EXPECT_EQ(first.node, "/dev/ttyUSB0");
  EXPECT_EQ(first.bus, "usb");
  EXPECT_EQ(first.ids, "0403:6001");
  EXPECT_EQ(first.port, "1-1");
  EXPECT_EQ(first.maker, "Example");
  EXPECT_EQ(first.product, "FT232 scale");
  EXPECT_EQ(first.serial, "SC01");
  EXPECT_EQ(first.interface, 0u);
  EXPECT_EQ(first.kernel_driver, "ftdi_sio");
  EXPECT_EQ(devices[1].serial, "SC02");
}

TEST_F(AttachedDevices, leave_out_consoles_hubs_and_places_without_a_port) {
  fs::create_directories(tree.root() / "class/tty/tty0");
  fs::create_directories(tree.root() / "class/tty/ttyS3");
  tree.link("class/tty/ttyS3/device", "devices/platform/serial8250");
  tree.write("class/tty/ttyS3/type", "0");
  const auto hub = tree.usb("usb1", "1d6b:0002");
  tree.write(hub / "bDeviceClass", "09");
  tree.interface(hub, 0, "09", "hub");
  EXPECT_TRUE(all().empty());
}

TEST_F(AttachedDevices, on_a_board_have_a_node_alone) {
  tree.link("class/tty/ttyS0/device", "devices/platform/serial8250");
  tree.write("class/tty/ttyS0/type", "4");
  ASSERT_EQ(all().size(), 1u);
  EXPECT_EQ(all()[0].bus, "board");
  EXPECT_EQ(all()[0].ids, "");
  EXPECT_THAT(links(), ElementsAre("serial:/dev/ttyS0"));
}

TEST_F(AttachedDevices, hid_interfaces_have_usages_and_a_hidraw_node) {
  add_scanner("1-4.2", "S1", 1);
  tree.write("devices/pci0000:00/usb1/1-4.2/busnum", "1");
  tree.write("devices/pci0000:00/usb1/1-4.2/devnum", "17");
  ASSERT_EQ(all().size(), 1u);
  const Attached one = all()[0];
  EXPECT_EQ(one.kind, AttachedKind::hid);
  EXPECT_EQ(one.node, "/dev/hidraw1");
  EXPECT_EQ(one.usb_node, "/dev/bus/usb/001/017");
  EXPECT_EQ(one.port, "1-4.2");
  EXPECT_EQ(one.kernel_driver, "usbhid");
  EXPECT_THAT(one.usages, ElementsAre(HidUsage{0x8c, 2}));
}

TEST_F(AttachedDevices, hid_over_bluetooth_has_no_place_on_usb) {
  const auto folder =
      tree.hid("devices/virtual/misc/uhid", "0005:05E0:1900.0007", pos_scanner, "hidraw3");
  tree.write(folder / "uevent",
             "DRIVER=hid-generic\nHID_ID=0005:000005E0:00001900\nHID_NAME=CS6080\n"
             "HID_UNIQ=aa:bb:cc:00:11:22");
  ASSERT_EQ(all().size(), 1u);
  const Attached one = all()[0];
  EXPECT_EQ(one.bus, "bluetooth");
  EXPECT_EQ(one.ids, "05e0:1900");
  EXPECT_EQ(one.product, "CS6080");
  EXPECT_EQ(one.serial, "aa:bb:cc:00:11:22");
  EXPECT_THAT(one.usages, ElementsAre(HidUsage{0x8c, 2}));
  EXPECT_THAT(links(), ElementsAre("hid:/dev/hidraw3"));
}

TEST_F(AttachedDevices, with_other_interfaces_alone_are_usb) {
  const auto device = tree.usb("1-3", "05e0:1300", "SNAPI", "S9");
  tree.interface(device, 0, "ff", "");
  ASSERT_EQ(all().size(), 1u);
  EXPECT_EQ(all()[0].kind, AttachedKind::usb);
  EXPECT_THAT(links(), ElementsAre("usb:05e0:1300?serial=S9"));
}

TEST_F(AttachedDevices, of_cdc_are_one_serial_port) {
  const auto device = tree.usb("1-3", "05e0:1701", "Scanner");
  const auto control = tree.interface(device, 0, "02", "cdc_acm");
  tree.interface(device, 1, "0a", "cdc_acm");
  fs::create_directories(tree.root() / control / "tty/ttyACM0");
  tree.link(control / "tty/ttyACM0/device", control);
  tree.link("class/tty/ttyACM0", control / "tty/ttyACM0");
  ASSERT_EQ(all().size(), 1u);
  EXPECT_EQ(all()[0].node, "/dev/ttyACM0");
  EXPECT_EQ(all()[0].kernel_driver, "cdc_acm");
  EXPECT_THAT(links(), ElementsAre("serial:05e0:1701"));
}

TEST_F(AttachedDevices, are_named_by_serial_number_or_by_place_beside_a_twin) {
  add_scanner("1-1", "S1", 1);
  EXPECT_THAT(links(), ElementsAre("hid:05e0:1900?serial=S1"));
  add_scanner("1-2", "S2", 2);
  EXPECT_THAT(links(), ElementsAre("hid:05e0:1900?serial=S1", "hid:05e0:1900?serial=S2"));
  add_scanner("1-3", "S2", 3);
  EXPECT_THAT(links(), ElementsAre("hid:05e0:1900?serial=S1", "hid:05e0:1900?port=1-2",
                                   "hid:05e0:1900?port=1-3"));
  add_ftdi("1-4", "ttyUSB0", "");
  EXPECT_EQ(links()[0], "serial:0403:6001");
  add_ftdi("1-5", "ttyUSB1", "");
  EXPECT_EQ(links()[0], "serial:0403:6001?port=1-4");
}

TEST_F(AttachedDevices, with_several_interfaces_are_named_by_interface) {
  const auto device = tree.usb("1-1", "05e0:1900", "Scanner", "S 1");
  tree.hid(tree.interface(device, 0, "03", "usbhid"), "0003:05E0:1900.0001", keyboard, "hidraw0");
  tree.hid(tree.interface(device, 1, "03", "usbhid"), "0003:05E0:1900.0002", pos_scanner,
           "hidraw1");
  EXPECT_THAT(links(), ElementsAre("hid:05e0:1900?serial=S%201&interface=0",
                                   "hid:05e0:1900?serial=S%201&interface=1"));
}

TEST_F(AttachedDevices, are_meant_by_their_own_link_and_no_other) {
  add_scanner("1-1", "S1", 1);
  add_scanner("1-2", "S2", 2);
  add_scanner("1-3", "S2", 3);
  add_ftdi("1-4", "ttyUSB0", "");
  add_ftdi("1-5", "ttyUSB1", "X");
  tree.interface("devices/pci0000:00/usb1/1-5", 1, "ff", "");
  const auto devices = all();
  for (const Attached& named : devices) {
    const std::string text = link_of(named, devices);
    const std::size_t mark = text.find('?');
    link::Uri uri{text.substr(0, text.find(':')),
                  text.substr(text.find(':') + 1, mark - text.find(':') - 1),
                  {}};
    if (mark != std::string::npos) {
      const std::string query = text.substr(mark + 1);
      const std::size_t equals = query.find('=');
      uri.query.emplace_back(query.substr(0, equals), query.substr(equals + 1));
    }
    for (const Attached& one : devices) EXPECT_EQ(means(uri, one), one == named) << text;
  }
}

// Nodes that would hold up or show whoever opens them.
TEST_F(AttachedDevices, are_listed_without_opening_any) {
  add_ftdi("1-1", "ttyUSB0", "SC01");
  add_scanner("1-2", "S1", 1);
  add_scanner("1-3", "S2", 2);
  const cartwright::test::ScratchFolder dev;
  const int watch = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  for (const char* name : {"ttyUSB0", "hidraw1", "hidraw2"}) {
    ASSERT_EQ(::mkfifo(dev.file(name).c_str(), 0600), 0);
    ASSERT_GE(::inotify_add_watch(watch, dev.file(name).c_str(), IN_OPEN | IN_ACCESS | IN_MODIFY),
              0);
  }
  const auto devices = attached_devices(tree.root(), dev.file(""));
  ASSERT_EQ(devices.size(), 3u);
  for (const Attached& one : devices) EXPECT_TRUE(fs::exists(one.node)) << one.node;
  for (const Attached& one : devices) EXPECT_NE(link_of(one, devices), "");
  char event[4096];
  EXPECT_EQ(::read(watch, event, sizeof event), -1) << "a device node was opened";
  // The watch does see an opening.
  const int fd = ::open(dev.file("hidraw1").c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  EXPECT_GT(::read(watch, event, sizeof event), 0);
  ::close(fd);
  ::close(watch);
}

TEST_F(AttachedDevices, do_not_wait_for_a_file_that_is_none_of_sysfs) {
  const auto device = tree.usb("1-1", "05e0:1900");
  ASSERT_EQ(::mkfifo((tree.root() / device / "serial").c_str(), 0600), 0);
  tree.interface(device, 0, "03", "usbhid");
  ASSERT_EQ(all().size(), 1u);
  EXPECT_EQ(all()[0].serial, "");
}

}  // namespace cartwright::host
