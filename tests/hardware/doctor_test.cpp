#include "plugged.hpp"
#include "simulators/hid_scanner.hpp"

// `cartwright doctor`: what it finds, and the udev rules that it writes, in force. `clerk` is in
// the groups plugdev and dialout, `stranger` in none.
namespace cartwright::hardware {
namespace {

using simulators::HidScanner;
using testing::AllOf;
using testing::HasSubstr;

class Doctor : public Plugged {
 protected:
  static constexpr const char* kRules = "/etc/udev/rules.d/60-cartwright.rules";

  void TearDown() override {
    Plugged::TearDown();
    guest().output_of(std::string("rm -f ") + kRules + " && udevadm control --reload");
  }
  // What it finds as this user; there is always something, for nothing in the guest sets its clock.
  Json findings(const std::string& user) {
    const Answer answer = guest().run_as(user, "cartwright doctor --json");
    EXPECT_EQ(answer.code, 1);
    return answer.json();
  }
  static Json check(const Json& rows, const std::string& name) {
    for (const Json& row : rows) {
      if (row.value("check", "") == name) return row;
    }
    ADD_FAILURE() << "no check \"" << name << "\" in " << rows;
    return Json::object();
  }
  static void expect_well(const Json& rows, const std::string& name, const std::string& found) {
    const Json row = check(rows, name);
    EXPECT_EQ(row.value("well", false), true) << row;
    EXPECT_THAT(row.value("found", ""), HasSubstr(found));
  }
  static void expect_ill(const Json& rows, const std::string& name, const std::string& found,
                         const std::string& remedy) {
    const Json row = check(rows, name);
    EXPECT_EQ(row.value("well", true), false) << row;
    EXPECT_THAT(row.value("found", ""), HasSubstr(found));
    EXPECT_THAT(row.value("remedy", ""), HasSubstr(remedy));
  }
  // The node of the device in that socket, which is another one after each plug.
  std::string usb_node(unsigned port) {
    const std::string name = guest().output_of("sed -n 's/^DEVNAME=//p' /sys/bus/usb/devices/1-" +
                                               std::to_string(port) + "/uevent");
    return "/dev/" + name.substr(0, name.find('\n'));
  }
  void expect_scan(GuestCart& cart, const std::string& label) {
    happen(1, "scan " + label + " code128");
    EXPECT_EQ(cart.event("scan_refused")["code"], label);
  }
};

TEST_F(Doctor, writes_rules_that_give_a_group_its_devices_while_the_cart_runs) {
  plug<HidScanner>(1, {{"serial", "CW1"}}, true);
  plug_adapter(Adapter::scale);
  guest().output_of("udevadm settle --timeout=60");
  const std::string node = usb_node(1);
  const Json before = findings("clerk");
  expect_well(before, "plugins", "5 usable");
  expect_well(before, "plugin host", "cartwright-plugin-host");
  expect_ill(before, "clock", "", "install");
  expect_ill(before, "usb access", node + " (1209:0001)", "cartwright doctor --udev");
  expect_well(before, "serial ports", "/dev/ttyUSB0");

  GuestCart cart =
      this->cart(device("scanner0", "scanner-hid-pos", "hid:1209:0001?serial=CW1"), "clerk");
  EXPECT_THAT(cart.device("scanner0", "link_down")["reason"],
              AllOf(HasSubstr(node), HasSubstr("`cartwright doctor --udev`")));
  cart.reply("start");
  guest().output_of(std::string("cartwright doctor --udev --output ") + kRules);
  expect_ill(findings("clerk"), "usb access", "not in force yet", "udevadm trigger");
  guest().output_of("udevadm control --reload && udevadm trigger && udevadm settle --timeout=60");
  cart.device("scanner0", "up");
  expect_scan(cart, "ALLOWED");
  expect_well(findings("clerk"), "usb access", node);
  const Json elsewhere = findings("stranger");
  expect_ill(elsewhere, "usb access", node, "usermod -aG plugdev");
  expect_ill(elsewhere, "serial ports", "/dev/ttyUSB0", "usermod -aG dialout");

  unplug(1);
  cart.device("scanner0", "link_down");
  plug<HidScanner>(1, {{"serial", "CW1"}}, true);
  cart.device("scanner0", "up");
  expect_scan(cart, "AGAIN");
  end(cart);
}

}  // namespace
}  // namespace cartwright::hardware
