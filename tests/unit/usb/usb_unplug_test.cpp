// Unplug in its disguises, and how a device is found again.

#include <cerrno>

#include "unit/usb/rig.hpp"

namespace cartwright::link::test {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;

class UsbUnplug : public UsbRig {
 protected:
  Request replug_expected() {
    Request request = request_of(RequestKind::expect_replug);
    request.timeout = std::chrono::seconds(20);
    return request;
  }
};

}  // namespace

TEST_F(UsbUnplug, no_device_first_and_the_hot_plug_s_word_after_it_is_one_unplug) {
  MockUsbDevice device(bus, mock_scanner());
  device.plug();
  Tried tried(loop, "hid:05e0:1900");
  ASSERT_TRUE(is_up(tried));
  device.break_pipes(-ESHUTDOWN);
  ASSERT_TRUE(is_down(tried));
  device.announce_removal();
  device.plug();
  ASSERT_TRUE(is_up(tried));
  ASSERT_EQ(tried.witness.downs.size(), 1U);
  EXPECT_EQ(tried.witness.downs[0].reason, DownReason::unplugged);
}

TEST_F(UsbUnplug, the_hot_plug_s_word_first_is_one_unplug_too) {
  MockUsbDevice device(bus, mock_scanner());
  device.plug();
  Tried tried(loop, "hid:05e0:1900");
  ASSERT_TRUE(is_up(tried));
  device.announce_removal();
  ASSERT_TRUE(is_down(tried));
  EXPECT_EQ(tried.witness.downs[0].reason, DownReason::unplugged);
  device.break_pipes(-ESHUTDOWN);
  device.plug();
  ASSERT_TRUE(is_up(tried));
  EXPECT_EQ(tried.witness.downs.size(), 1U);
}

TEST_F(UsbUnplug, transfer_errors_that_the_hot_plug_explains_are_an_unplug) {
  MockUsbDevice device(bus, mock_scanner());
  device.plug();
  Tried tried(loop, "hid:05e0:1900");
  ASSERT_TRUE(is_up(tried));
  device.break_pipes(-EPROTO);
  device.announce_removal();
  ASSERT_TRUE(is_down(tried));
  EXPECT_EQ(tried.witness.downs.size(), 1U);
  EXPECT_EQ(tried.witness.downs[0].reason, DownReason::unplugged);
}

TEST_F(UsbUnplug, transfer_errors_of_a_device_that_stays_are_an_error_and_it_comes_back) {
  MockUsbDevice device(bus, mock_scanner());
  device.plug();
  Tried tried(loop, "hid:05e0:1900");
  ASSERT_TRUE(is_up(tried));
  device.break_pipes(-EPROTO);
  ASSERT_TRUE(is_down(tried));
  EXPECT_EQ(tried.witness.downs[0].reason, DownReason::error);
  device.mend_pipes();
  ASSERT_TRUE(is_up(tried));
  device.send(0x81, report("back"));
  ASSERT_TRUE(has_messages(tried, 1));
  EXPECT_EQ(tried.witness.downs.size(), 1U);
}

TEST_F(UsbUnplug, what_came_before_the_unplug_is_told_before_it) {
  MockUsbDevice device(bus, mock_scanner());
  device.plug();
  Tried tried(loop, "hid:05e0:1900");
  ASSERT_TRUE(is_up(tried));
  device.send(0x81, report("last"));
  device.unplug();
  ASSERT_TRUE(is_down(tried));
  ASSERT_EQ(tried.witness.messages.size(), 1U);
  EXPECT_EQ(text_of(tried.witness.messages[0]), "last");
}

TEST_F(UsbUnplug, a_stalled_pipe_is_cleared_and_goes_on) {
  MockUsbDevice device(bus, mock_scanner());
  device.plug();
  Tried tried(loop, "hid:05e0:1900");
  ASSERT_TRUE(is_up(tried));
  device.fail_once(0x81, -EPIPE);
  device.send(0x81, report("after"));
  ASSERT_TRUE(has_messages(tried, 1));
  EXPECT_EQ(device.halts_cleared(), 1U);
  EXPECT_TRUE(tried.witness.downs.empty());
}

TEST_F(UsbUnplug, a_pipe_that_stalls_again_and_again_is_an_error) {
  MockUsbDevice device(bus, mock_scanner());
  device.plug();
  Tried tried(loop, "hid:05e0:1900");
  ASSERT_TRUE(is_up(tried));
  for (int i = 0; i < 8; ++i) device.fail_once(0x81, -EPIPE);
  ASSERT_TRUE(is_down(tried));
  EXPECT_EQ(tried.witness.downs[0].reason, DownReason::error);
  EXPECT_THAT(tried.witness.downs[0].text, HasSubstr("stalled"));
  ASSERT_TRUE(is_up(tried));
}

TEST_F(UsbUnplug, a_report_too_long_for_the_pipe_is_dropped_and_counted) {
  MockUsbDevice device(bus, mock_scanner());
  device.plug();
  Tried tried(loop, "hid:05e0:1900");
  ASSERT_TRUE(is_up(tried));
  device.send(0x81, Bytes(500));
  device.send(0x81, report("next"));
  ASSERT_TRUE(has_messages(tried, 1));
  EXPECT_EQ(tried.link->counters().dropped, 1U);
}

TEST_F(UsbUnplug, reading_held_back_holds_reports_and_the_down_back) {
  MockUsbDevice device(bus, mock_scanner());
  device.plug();
  Tried tried(loop, "hid:05e0:1900");
  ASSERT_TRUE(is_up(tried));
  tried.link->set_reading(false);
  for (int i = 0; i < 20; ++i) device.send(0x81, report(std::to_string(i)));
  // What is in flight comes in, nothing is asked for after it.
  ASSERT_TRUE(loop.until([&] { return device.in_flight(0x81) == 0; }));
  loop.run_what_is_ready();
  EXPECT_TRUE(tried.witness.messages.empty());
  tried.link->set_reading(true);
  ASSERT_TRUE(has_messages(tried, 20));
  for (std::size_t i = 0; i < 20; ++i) {
    EXPECT_EQ(text_of(tried.witness.messages[i]), std::to_string(i));
  }
  tried.link->set_reading(false);
  device.send(0x81, report("last"));
  ASSERT_TRUE(loop.until([&] { return device.in_flight(0x81) == 3; }));
  device.unplug();
  ASSERT_TRUE(loop.until([&] { return device.in_flight(0x81) == 0; }));
  loop.run_what_is_ready();
  EXPECT_TRUE(tried.witness.downs.empty());
  tried.link->set_reading(true);
  ASSERT_TRUE(is_down(tried));
  EXPECT_EQ(text_of(tried.witness.messages.back()), "last");
}

TEST_F(UsbUnplug, a_device_is_found_again_by_serial_number_at_another_port) {
  MockUsbDevice here(bus, mock_scanner("A1"), "1-2");
  MockUsbDevice there(bus, mock_scanner("A1"), "1-7");
  MockUsbDevice other(bus, mock_scanner("B2"), "1-3");
  here.plug();
  other.plug();
  Tried tried(loop, "hid:05e0:1900?serial=A1");
  ASSERT_TRUE(is_up(tried));
  here.unplug();
  ASSERT_TRUE(is_down(tried));
  there.plug();
  ASSERT_TRUE(is_up(tried));
  EXPECT_EQ(tried.witness.ups.back().address, "hid:05e0:1900?serial=A1&port=1-7&interface=0");
}

TEST_F(UsbUnplug, twins_are_kept_apart_by_port) {
  MockUsbDevice left(bus, mock_scanner(), "1-2");
  MockUsbDevice right(bus, mock_scanner(), "1-3");
  left.plug();
  right.plug();
  Tried to_left(loop, "hid:05e0:1900?port=1-2");
  Tried to_right(loop, "hid:05e0:1900?port=1-3");
  ASSERT_TRUE(is_up(to_left));
  ASSERT_TRUE(is_up(to_right));
  left.send(0x81, report("left"));
  right.send(0x81, report("right"));
  ASSERT_TRUE(has_messages(to_left, 1));
  ASSERT_TRUE(has_messages(to_right, 1));
  EXPECT_EQ(text_of(to_left.witness.messages[0]), "left");
  left.unplug();
  right.unplug();
  ASSERT_TRUE(is_down(to_left));
  ASSERT_TRUE(is_down(to_right));
  right.plug();
  ASSERT_TRUE(is_up(to_right));
  EXPECT_FALSE(to_left.witness.is_up);
  left.plug();
  ASSERT_TRUE(is_up(to_left));
}

TEST_F(UsbUnplug, twins_that_the_link_does_not_tell_apart_are_refused) {
  MockUsbDevice left(bus, mock_scanner(), "1-2");
  MockUsbDevice right(bus, mock_scanner(), "1-3");
  left.plug();
  right.plug();
  Tried tried(loop, "hid:05e0:1900");
  ASSERT_TRUE(is_down(tried));
  EXPECT_EQ(tried.witness.downs[0].reason, DownReason::refused);
  EXPECT_THAT(tried.witness.downs[0].text, HasSubstr("1-2 (no serial number), 1-3 (no serial"));
  right.unplug();
  ASSERT_TRUE(is_up(tried));
}

TEST_F(UsbUnplug, a_twin_that_came_later_is_never_taken_for_the_device) {
  MockUsbDevice own(bus, mock_scanner(), "1-2");
  MockUsbDevice twin(bus, mock_scanner(), "1-3");
  own.plug();
  Tried tried(loop, "hid:05e0:1900");
  ASSERT_TRUE(is_up(tried));
  twin.plug();
  own.unplug();
  ASSERT_TRUE(is_down(tried));
  // Long enough for several attempts to open.
  ASSERT_TRUE(loop.until([&] { return tried.link->counters().open_failures >= 3; }));
  EXPECT_FALSE(tried.witness.is_up);
  own.plug();
  ASSERT_TRUE(is_up(tried));
  EXPECT_THAT(tried.witness.ups.back().address, HasSubstr("port=1-2"));
}

TEST_F(UsbUnplug, an_expected_replug_takes_the_device_under_other_ids_at_its_port) {
  MockUsbDevice normal(bus, mock_scanner("A1"));
  MockUsbModel boot_model = mock_scanner();
  boot_model.product = 0xb007;
  MockUsbDevice boot(bus, boot_model);
  normal.plug();
  Tried tried(loop, "hid:05e0:1900?serial=A1");
  ASSERT_TRUE(is_up(tried));
  const Asked expects(*tried.link, replug_expected());
  ASSERT_TRUE(loop.until([&] { return expects.ended(); }));
  EXPECT_EQ(expects.result(), Result::ok);
  normal.unplug();
  ASSERT_TRUE(is_down(tried));
  EXPECT_THAT(tried.witness.downs[0].text, HasSubstr("it is expected back soon"));
  boot.plug();
  ASSERT_TRUE(is_up(tried));
  EXPECT_THAT(tried.witness.ups.back().address, HasSubstr("hid:05e0:b007"));
  // And back under its own, which the link waits for anyway.
  boot.unplug();
  ASSERT_TRUE(is_down(tried, 2));
  normal.plug();
  ASSERT_TRUE(is_up(tried));
  EXPECT_THAT(tried.witness.ups.back().address, HasSubstr("hid:05e0:1900?serial=A1"));
}

TEST_F(UsbUnplug, other_ids_that_nobody_expects_are_left_alone) {
  MockUsbDevice normal(bus, mock_scanner());
  MockUsbModel boot_model = mock_scanner();
  boot_model.product = 0xb007;
  MockUsbDevice boot(bus, boot_model);
  normal.plug();
  Tried tried(loop, "hid:05e0:1900");
  ASSERT_TRUE(is_up(tried));
  normal.unplug();
  ASSERT_TRUE(is_down(tried));
  boot.plug();
  ASSERT_TRUE(loop.until([&] { return tried.link->counters().open_failures >= 3; }));
  EXPECT_FALSE(tried.witness.is_up);
  EXPECT_EQ(boot.opened_claims(), 0U);
}

}  // namespace cartwright::link::test
