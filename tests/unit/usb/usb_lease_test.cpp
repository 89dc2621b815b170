// Several links on one device, and what stands in the way of one.

#include <cerrno>

#include "link/usb_context.hpp"
#include "unit/usb/rig.hpp"

namespace cartwright::link::test {
namespace {

using testing::HasSubstr;

// A scanner with a keyboard beside its own interface.
MockUsbModel composite() {
  MockUsbModel model = mock_scanner();
  MockUsbInterface keyboard;
  keyboard.protocol = 1;
  keyboard.report_descriptor =
      hex("05010906a101050719e029e71500250175019508810295017508810395057501"
          "0508190129059102950175039103950675081500256505071900296581"
          "00c0");
  keyboard.endpoints = {{0x83, true, 8}};
  model.interfaces.insert(model.interfaces.begin(), keyboard);
  return model;
}

class UsbLeases : public UsbRig {};

}  // namespace

TEST_F(UsbLeases, two_links_share_a_device_by_its_interfaces) {
  MockUsbDevice device(bus, composite());
  device.plug();
  Tried keyboard(loop, "hid:05e0:1900?interface=0");
  Tried scanner(loop, "hid:05e0:1900?interface=1");
  ASSERT_TRUE(is_up(keyboard));
  ASSERT_TRUE(is_up(scanner));
  EXPECT_EQ(device.opened_claims(), 2U);
  device.send(0x83, hex("0000040000000000"));
  device.send(0x81, report("code"));
  ASSERT_TRUE(has_messages(keyboard, 1));
  ASSERT_TRUE(has_messages(scanner, 1));
  EXPECT_EQ(keyboard.witness.messages[0].size(), 8U);
  keyboard.link->stop();
  EXPECT_EQ(device.opened_claims(), 1U);
  device.send(0x81, report("still"));
  ASSERT_TRUE(has_messages(scanner, 2));
}

TEST_F(UsbLeases, the_kernel_s_driver_is_taken_off_and_put_back) {
  MockUsbDevice device(bus, mock_scanner());
  device.plug();
  Tried tried(loop, "hid:05e0:1900");
  ASSERT_TRUE(is_up(tried));
  EXPECT_EQ(device.kernel_driver_detached(), 1U);
  EXPECT_EQ(device.kernel_driver_attached(), 0U);
  tried.link->stop();
  EXPECT_EQ(device.kernel_driver_attached(), 1U);
}

TEST_F(UsbLeases, a_second_link_on_the_same_interface_is_told_in_use) {
  MockUsbDevice device(bus, mock_scanner());
  device.plug();
  Tried first(loop, "hid:05e0:1900");
  ASSERT_TRUE(is_up(first));
  Tried second(loop, "hid:05e0:1900");
  ASSERT_TRUE(is_down(second));
  EXPECT_EQ(second.witness.downs[0].reason, DownReason::in_use);
  EXPECT_THAT(second.witness.downs[0].text,
              HasSubstr("another link of this program has interface 0"));
  first.link->stop();
  ASSERT_TRUE(is_up(second));
}

TEST_F(UsbLeases, another_program_s_interface_is_told_in_use) {
  MockUsbDevice device(bus, mock_scanner());
  device.fail_claims(1, EBUSY);
  device.plug();
  Tried tried(loop, "hid:05e0:1900");
  ASSERT_TRUE(is_down(tried));
  EXPECT_EQ(tried.witness.downs[0].reason, DownReason::in_use);
  EXPECT_THAT(tried.witness.downs[0].text, HasSubstr("another program holds the interface"));
  ASSERT_TRUE(is_up(tried));  // it was let go
}

TEST_F(UsbLeases, a_claim_that_comes_too_early_is_tried_again_without_a_word) {
  MockUsbDevice device(bus, mock_scanner());
  device.fail_claims(3, EINVAL);
  device.plug();
  Tried tried(loop, "hid:05e0:1900");
  ASSERT_TRUE(is_up(tried));
  EXPECT_TRUE(tried.witness.downs.empty());
  EXPECT_EQ(tried.link->counters().open_failures, 0U);
}

TEST_F(UsbLeases, a_device_that_hangs_in_the_kernel_holds_up_no_other) {
  MockUsbDevice hanging(bus, mock_scanner(), "1-2");
  MockUsbDevice sound(bus, mock_scanner(), "1-3");
  hanging.plug();
  sound.plug();
  hanging.hold_claims(true);
  Tried stuck(loop, "hid:05e0:1900?port=1-2");
  ASSERT_TRUE(loop.until([&] { return hanging.held_claims() == 1; }));
  Tried other(loop, "hid:05e0:1900?port=1-3");
  ASSERT_TRUE(is_up(other));
  sound.send(0x81, report("code"));
  ASSERT_TRUE(has_messages(other, 1));
  ASSERT_TRUE(is_down(stuck));
  EXPECT_THAT(stuck.witness.downs[0].text, HasSubstr("hangs; plug it in again"));
  hanging.hold_claims(false);
  ASSERT_TRUE(is_up(stuck));
  EXPECT_EQ(hanging.opened_claims(), 1U);
}

TEST_F(UsbLeases, a_link_that_stops_while_its_device_hangs_lets_it_go_later) {
  MockUsbDevice device(bus, mock_scanner());
  device.plug();
  device.hold_claims(true);
  Tried tried(loop, "hid:05e0:1900");
  ASSERT_TRUE(loop.until([&] { return device.held_claims() == 1; }));
  for (int i = 0; i < 3; ++i) {
    tried.link->stop();  // does not wait for it
    tried.link->start(tried.witness);
  }
  tried.link->stop();
  EXPECT_EQ(device.held_claims(), 1U);
  device.hold_claims(false);
  ASSERT_TRUE(loop.until(
      [&] { return device.kernel_driver_attached() == 1 && device.opened_claims() == 0; }));
  EXPECT_EQ(device.kernel_driver_detached(), 1U);
  tried.link->start(tried.witness);
  ASSERT_TRUE(is_up(tried));
}

TEST_F(UsbLeases, a_device_that_hangs_is_found_again_when_it_is_plugged_in_again) {
  MockUsbDevice hanging(bus, mock_scanner());
  MockUsbDevice again(bus, mock_scanner());
  hanging.plug();
  hanging.hold_claims(true);
  Tried tried(loop, "hid:05e0:1900");
  ASSERT_TRUE(loop.until([&] { return hanging.held_claims() == 1; }));
  hanging.unplug();
  again.plug();
  ASSERT_TRUE(is_up(tried));
  EXPECT_EQ(hanging.held_claims(), 1U);
  // What hung ends some time after its link, and the context with it.
  const std::weak_ptr<UsbContext> watched = UsbContext::acquire();
  tried.link->stop();
  EXPECT_FALSE(watched.expired());
  hanging.hold_claims(false);
  EXPECT_TRUE(loop.until([&] { return watched.expired(); }));
}

TEST_F(UsbLeases, an_interface_is_found_by_its_usage) {
  MockUsbDevice device(bus, composite());
  device.plug();
  Tried scanner(loop, "hid:05e0:1900?usage=8c");
  ASSERT_TRUE(is_up(scanner));
  EXPECT_EQ(scanner.witness.ups[0].address, "hid:05e0:1900?port=1-2&interface=1");
  Tried keyboard(loop, "hid:05e0:1900?usage=01:06");
  ASSERT_TRUE(is_up(keyboard));
  Tried scale(loop, "hid:05e0:1900?usage=8d");
  ASSERT_TRUE(is_down(scale));
}

TEST_F(UsbLeases, a_usage_that_no_interface_has_is_refused_with_what_they_have) {
  MockUsbDevice device(bus, composite());
  device.plug();
  Tried tried(loop, "hid:05e0:1900?usage=8d");
  ASSERT_TRUE(is_down(tried));
  EXPECT_EQ(tried.witness.downs[0].reason, DownReason::refused);
  EXPECT_THAT(tried.witness.downs[0].text,
              HasSubstr("usage 8d; interface 0 has 01:06; interface 1 has 8c:02"));
  EXPECT_EQ(device.opened_claims(), 0U);
}

TEST_F(UsbLeases, several_interfaces_without_a_key_are_refused_and_listed) {
  MockUsbDevice device(bus, composite());
  device.plug();
  Tried tried(loop, "hid:05e0:1900");
  ASSERT_TRUE(is_down(tried));
  EXPECT_EQ(tried.witness.downs[0].reason, DownReason::refused);
  EXPECT_THAT(tried.witness.downs[0].text,
              HasSubstr("add interface=NUMBER or usage=PAGE to the link; it has 0 (class 03, HID "
                        "keyboard), 1 (class 03, HID)"));
}

TEST_F(UsbLeases, the_context_lives_with_the_links) {
  MockUsbDevice device(bus, mock_scanner());
  device.plug();
  std::weak_ptr<UsbContext> watched;
  {
    Tried tried(loop, "hid:05e0:1900");
    ASSERT_TRUE(is_up(tried));
    watched = UsbContext::acquire();
    EXPECT_FALSE(watched.expired());
    tried.link->stop();
    EXPECT_TRUE(watched.expired());
    tried.link->start(tried.witness);
    ASSERT_TRUE(loop.until([&] { return tried.witness.ups.size() == 2; }));
    watched = UsbContext::acquire();
  }
  EXPECT_TRUE(watched.expired());
}

}  // namespace cartwright::link::test
