#include "host/device_access.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <map>

#include "support/scratch_folder.hpp"

namespace cartwright::host {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class DeviceAccess : public testing::Test {
 protected:
  DeviceAccess() {
    manifest.id = "scanner";
    manifest.links.push_back({"line", link::Shape::messages, {"hid"}, {}, false});
    manifest.match.push_back({"05e0:1900", {}, {}, {}});
  }

  void plug(AttachedKind kind, const std::string& ids, const std::string& node,
            const std::string& usb_node, NodeAccess access) {
    Attached one;
    one.kind = kind;
    one.ids = ids;
    one.node = node;
    one.usb_node = usb_node;
    one.port = "1-1";
    attached.push_back(one);
    nodes[usb_node.empty() || kind == AttachedKind::serial ? node : usb_node] = std::move(access);
  }
  void plug_scanner(NodeAccess access) {
    plug(AttachedKind::hid, "05e0:1900", "/dev/hidraw0", kScanner, std::move(access));
  }
  AccessQuestion question() {
    AccessQuestion asked;
    asked.manifests = manifests;
    asked.attached = attached;
    asked.links = links;
    asked.rules_file = rules_file;
    asked.look = [this](const std::string& node) { return nodes.at(node); };
    return asked;
  }

  static constexpr const char* kScanner = "/dev/bus/usb/001/004";
  Manifest manifest;
  const Manifest* const manifests[1] = {&manifest};
  std::vector<Attached> attached;
  std::map<std::string, NodeAccess> nodes;
  std::vector<std::string> links;
  std::string rules_file;
};

}  // namespace

TEST_F(DeviceAccess, is_well_where_the_process_may_use_every_node) {
  plug_scanner({true, true, "plugdev"});
  const Access usb = usb_access(question());
  EXPECT_TRUE(usb.well);
  EXPECT_THAT(usb.found, HasSubstr(kScanner));
  EXPECT_EQ(usb.remedy, "");
}

TEST_F(DeviceAccess, that_nobody_but_root_has_wants_rules) {
  plug_scanner({true, false, ""});
  const Access usb = usb_access(question());
  EXPECT_FALSE(usb.well);
  EXPECT_THAT(usb.found, AllOf(HasSubstr(kScanner), HasSubstr("05e0:1900")));
  EXPECT_THAT(usb.remedy, AllOf(HasSubstr("cartwright doctor --udev |"), HasSubstr("trigger")));
  rules_file = "/etc/udev/rules.d/60-cartwright.rules";
  EXPECT_THAT(usb_access(question()).found, HasSubstr(rules_file + " does not say so"));
}

TEST_F(DeviceAccess, that_a_group_has_wants_a_member) {
  plug_scanner({true, false, "plugdev"});
  EXPECT_EQ(usb_access(question()).remedy, "sudo usermod -aG plugdev $USER, then log in again");
  plug(AttachedKind::serial, "0403:6001", "/dev/ttyUSB0", kScanner, {true, false, "dialout"});
  const Access serial = serial_access(question());
  EXPECT_FALSE(serial.well);
  EXPECT_EQ(serial.found, "only the group dialout may use /dev/ttyUSB0");
  EXPECT_EQ(serial.remedy, "sudo usermod -aG dialout $USER, then log in again");
}

TEST_F(DeviceAccess, to_what_no_driver_fits_is_asked_for_where_a_link_names_it) {
  plug(AttachedKind::hid, "1209:0003", "/dev/hidraw1", "/dev/bus/usb/001/009", {true, false, ""});
  rules_file = "/etc/udev/rules.d/60-cartwright.rules";
  EXPECT_TRUE(usb_access(question()).well);
  links = {"auto", "hid:1209:0003"};
  AccessQuestion asked = question();
  asked.config = "cart.toml";
  EXPECT_FALSE(usb_access(asked).well);
  EXPECT_THAT(usb_access(asked).remedy, HasSubstr("doctor --udev --config cart.toml |"));
}

TEST_F(DeviceAccess, to_what_a_program_uses_is_asked_for_though_it_tells_no_usages) {
  plug(AttachedKind::hid, "1209:0001", "", "/dev/bus/usb/001/009", {true, false, "plugdev"});
  attached.back().kernel_driver = "usbfs";
  EXPECT_THAT(usb_access(question()).remedy, HasSubstr("usermod -aG plugdev"));
}

TEST_F(DeviceAccess, to_a_device_off_usb_is_by_its_own_node) {
  plug(AttachedKind::hid, "05e0:1900", "/dev/hidraw0", "", {true, false, ""});
  EXPECT_THAT(usb_access(question()).found, HasSubstr("/dev/hidraw0"));
}

TEST_F(DeviceAccess, is_missed_where_the_node_is_not_in_dev) {
  plug_scanner({});
  const Access usb = usb_access(question());
  EXPECT_FALSE(usb.well);
  EXPECT_THAT(usb.found, HasSubstr("not there: /dev/bus/usb/001/004"));
}

TEST_F(DeviceAccess, leaves_out_consoles) {
  plug(AttachedKind::serial, "", "/dev/ttyS0", "", {true, false, ""});
  EXPECT_FALSE(serial_access(question()).well);
  attached.back().is_console = true;
  EXPECT_TRUE(serial_access(question()).well);
}

TEST(NodeAccess, is_read_from_the_file) {
  const cartwright::test::ScratchFolder scratch;
  const std::string file = scratch.file("node");
  EXPECT_FALSE(node_access(file).there);
  std::ofstream(file).close();
  EXPECT_TRUE(node_access(file).allowed);
  ASSERT_EQ(::chmod(file.c_str(), 0600), 0);
  EXPECT_EQ(node_access(file).group, "");
}

}  // namespace cartwright::host
