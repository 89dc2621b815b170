#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <libserialport.h>
#include <sys/ioctl.h>

#include <memory>

#include "link/serial_link.hpp"
#include "link/serial_ports.hpp"
#include "unit/link/device.hpp"
#include "unit/link/pty_shim.hpp"
#include "unit/link/support.hpp"
#include "unit/tty/mock_ports.hpp"

// The testbed forgets what it noted of a device that is removed.
extern "C" __attribute__((visibility("default"))) const char* __lsan_default_suppressions() {
  return "leak:libglib";
}

namespace cartwright::link {
namespace {

using test::Asked;
using testing::AllOf;
using testing::HasSubstr;

// The unchanged libserialport on ports that sysfs knows as those of USB devices.
class SerialUsb : public testing::Test {
 protected:
  void start(const std::string& uri) {
    link = make_link(uri, loop.io.get_executor());
    link->start(witness);
  }
  bool comes_up(std::size_t times = 1) {
    return loop.until([&] { return witness.is_up && witness.ups.size() == times; });
  }
  bool goes_down(std::size_t times = 1) {
    return loop.until([&] { return !witness.is_up && witness.downs.size() == times; });
  }
  // What the near end of the port was set to.
  test::ShimPort shim(const std::string& name) {
    int number = 0;
    ::ioctl(ports.master(name), TIOCGPTN, &number);
    return test::ShimPort::of(static_cast<std::uint32_t>(number));
  }

  test::MockPorts ports;
  test::Loop loop;
  test::Witness witness;
  std::unique_ptr<Link> link;
};

}  // namespace

TEST_F(SerialUsb, is_listed_by_the_library_and_by_us_alike) {
  ports.plug("1-1", "ttyUSB0", "SC01");
  sp_port** list = nullptr;
  ASSERT_EQ(sp_list_ports(&list), SP_OK);
  ASSERT_NE(list[0], nullptr);
  int vendor = 0;
  int product = 0;
  sp_get_port_usb_vid_pid(list[0], &vendor, &product);
  EXPECT_STREQ(sp_get_port_name(list[0]), "/dev/ttyUSB0");
  EXPECT_EQ(vendor, 0x0403);
  EXPECT_EQ(product, 0x6001);
  EXPECT_STREQ(sp_get_port_usb_serial(list[0]), "SC01");
  sp_free_port_list(list);
  const auto ours = serial_ports();
  ASSERT_EQ(ours.size(), 1u);
  EXPECT_EQ(ours[0].node, "/dev/ttyUSB0");
  EXPECT_EQ(ours[0].usb->device.ids, "0403:6001");
  EXPECT_EQ(ours[0].usb->device.serial, "SC01");
  EXPECT_EQ(ours[0].usb->device.port, "1-1");
}

TEST_F(SerialUsb, opens_by_its_node_and_sets_7E1_and_lines) {
  ports.plug("1-1", "ttyUSB0", "SC01");
  start("serial:/dev/ttyUSB0?baud=2400&format=7E1&rts=off");
  ASSERT_TRUE(comes_up());
  EXPECT_EQ(shim("ttyUSB0").format(), "7E1");
  EXPECT_EQ(shim("ttyUSB0").output_lines(), TIOCM_DTR);
  ASSERT_TRUE(test::send(ports.master("ttyUSB0"), "W 1.234\r"));
  EXPECT_TRUE(loop.until([&] { return witness.data == "W 1.234\r"; }));
  const Asked asked(*link, test::write_of("Z\r"));
  std::string received;
  EXPECT_TRUE(loop.until([&] {
    received += test::take(ports.master("ttyUSB0"));
    return asked.ended() && received == "Z\r";
  }));
}

TEST_F(SerialUsb, tells_and_sets_modem_lines) {
  ports.plug("1-1", "ttyUSB0", "SC01");
  shim("ttyUSB0").set_input_lines(TIOCM_CTS | TIOCM_CD);
  start("serial:/dev/ttyUSB0");
  ASSERT_TRUE(comes_up());
  ASSERT_FALSE(witness.lines.empty());
  EXPECT_TRUE(witness.lines[0].cts);
  EXPECT_FALSE(witness.lines[0].dsr);
  EXPECT_TRUE(witness.lines[0].dcd);
  Request request = test::request_of(RequestKind::modem_lines);
  request.index = 3;
  request.value = 2;
  const Asked asked(*link, request);
  ASSERT_TRUE(loop.until([&] { return asked.ended(); }));
  EXPECT_EQ(shim("ttyUSB0").output_lines(), TIOCM_RTS);
}

TEST_F(SerialUsb, is_told_as_unplugged_and_as_not_there) {
  ports.plug("1-1", "ttyUSB0", "SC01");
  start("serial:/dev/ttyUSB0");
  ASSERT_TRUE(comes_up());
  ports.unplug("1-1", "ttyUSB0");
  ASSERT_TRUE(goes_down());
  EXPECT_THAT(witness.downs[0].text, HasSubstr("/dev/ttyUSB0 is gone"));
  EXPECT_TRUE(loop.until([&] { return link->counters().open_failures > 0; }));
}

// The kernel gives the next free number while somebody still holds the old one.
TEST_F(SerialUsb, named_by_its_serial_number_is_found_again_under_another_number) {
  ports.plug("1-1", "ttyUSB0", "SC01");
  start("serial:0403:6001?serial=SC01&baud=9600&format=7E1");
  ASSERT_TRUE(comes_up());
  EXPECT_EQ(witness.ups[0].address, "serial:0403:6001?serial=SC01&baud=9600&format=7E1");
  ASSERT_TRUE(test::send(ports.master("ttyUSB0"), "one"));
  ASSERT_TRUE(loop.until([&] { return witness.data == "one"; }));
  ports.unplug("1-1", "ttyUSB0");
  ASSERT_TRUE(goes_down());
  ports.plug("1-2", "ttyUSB1", "OTHER");
  ports.plug("1-3", "ttyUSB2", "SC01");
  ASSERT_TRUE(comes_up(2));
  EXPECT_EQ(shim("ttyUSB2").format(), "7E1");
  ASSERT_TRUE(test::send(ports.master("ttyUSB1"), "no"));
  ASSERT_TRUE(test::send(ports.master("ttyUSB2"), "two"));
  EXPECT_TRUE(loop.until([&] { return witness.data == "onetwo"; }));
}

TEST_F(SerialUsb, named_by_its_place_is_told_from_its_twin) {
  ports.plug("1-1", "ttyUSB0", "");
  ports.plug("1-2", "ttyUSB1", "");
  start("serial:0403:6001?port=1-2");
  ASSERT_TRUE(comes_up());
  ASSERT_TRUE(test::send(ports.master("ttyUSB1"), "second"));
  EXPECT_TRUE(loop.until([&] { return witness.data == "second"; }));
}

TEST_F(SerialUsb, named_by_ids_alone_is_refused_beside_a_twin_and_says_what_to_write) {
  ports.plug("1-1", "ttyUSB0", "");
  ports.plug("1-2", "ttyUSB1", "");
  start("serial:0403:6001");
  ASSERT_TRUE(loop.until([&] { return !witness.downs.empty(); }));
  EXPECT_EQ(witness.downs[0].reason, DownReason::refused);
  EXPECT_THAT(witness.downs[0].text,
              AllOf(HasSubstr("several serial ports fit"), HasSubstr("/dev/ttyUSB0 (port=1-1"),
                    HasSubstr("/dev/ttyUSB1 (port=1-2")));
  ports.unplug("1-1", "ttyUSB0");
  EXPECT_TRUE(comes_up());
}

TEST_F(SerialUsb, named_and_away_says_so_and_comes_when_it_is_plugged_in) {
  start("serial:0403:6001?serial=SC01");
  ASSERT_TRUE(loop.until([&] { return !witness.downs.empty(); }));
  EXPECT_EQ(witness.downs[0].reason, DownReason::not_there);
  EXPECT_THAT(witness.downs[0].text, HasSubstr("serial:0403:6001?serial=SC01"));
  ports.plug("1-1", "ttyUSB0", "SC01");
  EXPECT_TRUE(comes_up());
}

}  // namespace cartwright::link
