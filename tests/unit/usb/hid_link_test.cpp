#include <cerrno>

#include "unit/usb/rig.hpp"

namespace cartwright::link::test {
namespace {

using testing::HasSubstr;

class HidLink : public UsbRig {
 protected:
  MockUsbDevice scanner{bus, mock_scanner()};
};

}  // namespace

TEST_F(HidLink, comes_up_with_the_device_s_own_report_descriptor) {
  scanner.plug();
  const Tried tried(loop, "hid:05e0:1900");
  ASSERT_TRUE(is_up(tried));
  const UpInfo& up = tried.witness.ups.at(0);
  EXPECT_EQ(up.descriptor, hex(cartwright::test::kScannerReports));
  EXPECT_EQ(up.shape, Shape::messages);
  EXPECT_EQ(up.usb_id, 0x05e01900U);
  EXPECT_EQ(up.address, "hid:05e0:1900?port=1-2&interface=0");
  EXPECT_EQ(tried.link->counters().opens, 1U);
}

TEST_F(HidLink, tells_reports_in_their_order) {
  scanner.plug();
  const Tried tried(loop, "hid:05e0:1900");
  ASSERT_TRUE(is_up(tried));
  constexpr std::size_t many = 200;
  for (std::size_t i = 0; i < many; ++i) scanner.send(0x81, report(std::to_string(i)));
  ASSERT_TRUE(has_messages(tried, many));
  for (std::size_t i = 0; i < many; ++i) {
    EXPECT_EQ(text_of(tried.witness.messages[i]), std::to_string(i));
  }
  EXPECT_EQ(tried.link->counters().messages, many);
  EXPECT_EQ(tried.link->counters().rx_bytes, many * 62);
}

TEST_F(HidLink, waits_for_its_device_and_takes_it_when_it_comes) {
  const Tried tried(loop, "hid:05e0:1900");
  ASSERT_TRUE(is_down(tried));
  EXPECT_EQ(tried.witness.downs[0].reason, DownReason::not_there);
  EXPECT_THAT(tried.witness.downs[0].text, HasSubstr("no USB device 05e0:1900 is plugged in"));
  scanner.plug();
  ASSERT_TRUE(is_up(tried));
}

TEST_F(HidLink, is_unplugged_and_comes_back) {
  scanner.plug();
  const Tried tried(loop, "hid:05e0:1900");
  ASSERT_TRUE(is_up(tried));
  for (std::size_t round = 1; round <= 3; ++round) {
    scanner.unplug();
    ASSERT_TRUE(is_down(tried, round));
    EXPECT_EQ(tried.witness.downs.back().reason, DownReason::unplugged);
    EXPECT_EQ(tried.witness.downs.size(), round);
    scanner.plug();
    ASSERT_TRUE(is_up(tried));
    scanner.send(0x81, report("again"));
    ASSERT_TRUE(has_messages(tried, round));
  }
}

}  // namespace cartwright::link::test
