#include "host/udev_rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/host/udev_syntax.hpp"

namespace cartwright::host {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class UdevRules : public testing::Test {
 protected:
  void driver(const std::string& id, const std::string& scheme, const std::string& usb,
              const std::string& usage = {}, const std::string& product = {}) {
    Manifest manifest;
    manifest.id = id;
    manifest.links.push_back({"line", link::Shape::stream, {scheme, "pty"}, {}, false});
    manifest.match.push_back({usb, parse_usage_pattern(usage), product, {}});
    manifests.push_back(std::move(manifest));
  }
  std::string rules(const std::string& group = {}, std::vector<std::string> links = {}) {
    std::vector<const Manifest*> all;
    for (const Manifest& manifest : manifests) all.push_back(&manifest);
    const std::string text = udev_rules({all, attached, std::move(links), group});
    EXPECT_THAT(test::udev_faults(text), IsEmpty()) << text;
    return text;
  }
  void plug(AttachedKind kind, const std::string& ids, std::vector<HidUsage> usages,
            const std::string& node = {}) {
    Attached one;
    one.kind = kind;
    one.ids = ids;
    one.node = node;
    one.usages = std::move(usages);
    attached.push_back(std::move(one));
  }

  std::vector<Manifest> manifests;
  std::vector<Attached> attached;
};

}  // namespace

TEST_F(UdevRules, of_nothing_are_sound) {
  EXPECT_THAT(rules(), AllOf(HasSubstr("GOTO=\"cartwright_end\""), HasSubstr("LABEL=")));
}

TEST_F(UdevRules, give_access_to_usb_and_hidraw_by_ids) {
  driver("scanner", "hid", "05e0:1900");
  EXPECT_THAT(
      rules(),
      AllOf(HasSubstr("# scanner\n"
                      "SUBSYSTEM==\"usb\", ENV{DEVTYPE}==\"usb_device\", ATTR{idVendor}==\"05e0\", "
                      "ATTR{idProduct}==\"1900\", MODE=\"0660\", GROUP=\"plugdev\", "
                      "TAG+=\"uaccess\"\n"),
            HasSubstr("SUBSYSTEM==\"hidraw\", KERNELS==\"000[35]:05E0:1900.*\", MODE=\"0660\", "
                      "GROUP=\"plugdev\", TAG+=\"uaccess\"\n")));
}

TEST_F(UdevRules, keep_modem_managers_from_serial_ports) {
  driver("scanner", "serial", "05e0:1701");
  EXPECT_THAT(rules(), AllOf(HasSubstr("SUBSYSTEM==\"tty\", ATTRS{idVendor}==\"05e0\", "
                                       "ATTRS{idProduct}==\"1701\", MODE=\"0660\", "
                                       "GROUP=\"dialout\", TAG+=\"uaccess\", "
                                       "ENV{ID_MM_DEVICE_IGNORE}=\"1\"\n"),
                             HasSubstr("ENV{DEVTYPE}==\"usb_device\", ATTR{idVendor}==\"05e0\", "
                                       "ATTR{idProduct}==\"1701\", "
                                       "ENV{ID_MM_DEVICE_IGNORE}=\"1\"\n")));
}

TEST_F(UdevRules, name_the_group_that_was_asked_for) {
  driver("scanner", "hid", "05e0:1900");
  driver("scale", "serial", "0eb8:f000");
  const std::string text = rules("carts");
  EXPECT_THAT(text, AllOf(HasSubstr("GROUP=\"carts\""), Not(HasSubstr("plugdev")),
                          Not(HasSubstr("dialout"))));
  for (const char* name : {"carts", "_x", "a-b_9"}) EXPECT_TRUE(is_group_name(name)) << name;
  for (const char* name : {"", "Carts", "9a", "a b", "a\"", "-a", "a\n"}) {
    EXPECT_FALSE(is_group_name(name)) << name;
  }
}

TEST_F(UdevRules, leave_bridges_out_unless_a_product_or_a_configuration_names_them) {
  driver("scale", "serial", "0403:6001");
  EXPECT_THAT(rules(), AllOf(HasSubstr("# Left out for scale: 0403:6001 is FTDI's bridge"),
                             Not(HasSubstr("SUBSYSTEM"))));
  EXPECT_THAT(rules({}, {"serial:0403:6001?serial=SC01&baud=9600"}),
              HasSubstr("ATTRS{idProduct}==\"6001\", ATTRS{serial}==\"SC01\", MODE"));
  driver("other", "serial", "0403:6001", "", "Ariva 2*");
  EXPECT_THAT(rules(), HasSubstr("ATTRS{product}==\"[Aa][Rr][Ii][Vv][Aa] 2*\""));
}

TEST_F(UdevRules, leave_keyboards_out_unless_ids_name_them) {
  driver("wedge", "hid", "", "01:06");
  plug(AttachedKind::hid, "046d:c31c", {{1, 6}}, "/dev/hidraw0");
  EXPECT_THAT(rules(), AllOf(HasSubstr("# Left out for wedge"), HasSubstr("a person's"),
                             Not(HasSubstr("c31c"))));
  EXPECT_THAT(rules({}, {"hid:05e0:1200?serial=S1"}),
              AllOf(HasSubstr("KERNELS==\"000[35]:05E0:1200.*\""), Not(HasSubstr("c31c"))));
  driver("zebra", "hid", "05e0:1200", "01:06");
  EXPECT_THAT(rules(), HasSubstr("# zebra\n"));
}

TEST_F(UdevRules, take_the_devices_that_are_there_for_rules_by_usage) {
  driver("pos", "hid", "", "8c");
  EXPECT_THAT(rules(), AllOf(HasSubstr("# Nothing for pos by usage 8c: plug the device in"),
                             Not(HasSubstr("SUBSYSTEM"))));
  plug(AttachedKind::hid, "1eab:0002", {});
  attached.back().kernel_driver = "usbfs";
  EXPECT_THAT(rules(), HasSubstr("plug the device in, end the program that uses it, and write"));
  plug(AttachedKind::hid, "1eab:0003", {{0x8c, 2}});
  plug(AttachedKind::hid, "1eab:0004", {{0x8d, 1}});
  plug(AttachedKind::hid, "1eab:0005", {{0x8c, 2}, {1, 6}});
  EXPECT_THAT(rules(), AllOf(HasSubstr("ATTR{idProduct}==\"0003\""), Not(HasSubstr("0004")),
                             Not(HasSubstr("0005"))));
}

TEST_F(UdevRules, of_a_whole_vendor_ask_for_no_product) {
  driver("zebra", "hid", "05e0:*");
  EXPECT_THAT(rules(), AllOf(HasSubstr("ATTR{idVendor}==\"05e0\", MODE"),
                             HasSubstr("KERNELS==\"000[35]:05E0:*\"")));
}

TEST_F(UdevRules, allow_a_port_of_the_board_that_a_configuration_names) {
  plug(AttachedKind::serial, "", {}, "/dev/ttyS0");
  plug(AttachedKind::serial, "", {}, "/dev/ttyS1");
  EXPECT_THAT(rules({}, {"serial:/dev/ttyS0?baud=9600", "tcp:host:1", "auto"}),
              AllOf(HasSubstr("SUBSYSTEM==\"tty\", KERNEL==\"ttyS0\", MODE=\"0660\""),
                    Not(HasSubstr("ttyS1"))));
}

TEST_F(UdevRules, let_no_text_of_a_device_end_its_quotes) {
  driver("odd", "serial", "0403:6001", "", "a\"b\\c[*");
  const std::string text = rules({}, {"serial:0403:6001?serial=\", RUN+=%22/bin/sh%22%0aX"});
  EXPECT_THAT(text,
              AllOf(HasSubstr("ATTRS{product}==\"[Aa]?[Bb]?[Cc]?*\""), Not(HasSubstr("RUN+"))));
}

}  // namespace cartwright::host
