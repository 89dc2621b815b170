#include "link/serial_link.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <optional>

#include "link/pty_pair.hpp"
#include "unit/link/device.hpp"
#include "unit/link/pty_shim.hpp"
#include "unit/link/scratch.hpp"
#include "unit/link/support.hpp"

namespace cartwright::link {
namespace {

using test::Asked;
using testing::HasSubstr;

// Bytes, settings, lines and hang-up go through the real libserialport.
class SerialLink : public testing::Test {
 protected:
  void plug() {
    device.emplace(scratch / "ttyS0");
    port.emplace(device->slave_path());
  }
  void start(const std::string& query = {}) {
    link = make_link("serial:" + (scratch / "ttyS0").string() + query, loop.io.get_executor());
    link->start(witness);
  }
  bool comes_up() {
    return loop.until([&] { return witness.is_up; });
  }
  bool goes_down() {
    return loop.until([&] { return !witness.downs.empty() && !witness.is_up; });
  }

  test::Scratch scratch;
  test::Loop loop;
  test::Witness witness;
  std::optional<PtyPair> device;
  std::optional<test::ShimPort> port;
  std::unique_ptr<Link> link;
};

}  // namespace

TEST_F(SerialLink, sets_the_line_as_the_uri_says) {
  plug();
  start("?baud=2400&format=7E1&rts=off");
  ASSERT_TRUE(comes_up());
  EXPECT_EQ(port->format(), "7E1");
  EXPECT_EQ(port->baud(), 2400U);
  EXPECT_EQ(port->output_lines(), TIOCM_DTR);
}

TEST_F(SerialLink, sets_9600_8N1_and_raises_dtr_and_rts_where_nothing_is_said) {
  plug();
  start();
  ASSERT_TRUE(comes_up());
  EXPECT_EQ(port->format(), "8N1");
  EXPECT_EQ(port->baud(), 9600U);
  EXPECT_EQ(port->output_lines(), TIOCM_DTR | TIOCM_RTS);
}

TEST_F(SerialLink, carries_every_byte_both_ways_untouched) {
  plug();
  start();
  ASSERT_TRUE(comes_up());
  std::string all;
  for (int i = 0; i < 256; ++i) {
    all += static_cast<char>(i);
  }
  ASSERT_TRUE(test::send(device->master(), all));
  EXPECT_TRUE(loop.until([&] { return witness.data == all; }));
  const Asked asked(*link, test::write_of(all));
  std::string received;
  EXPECT_TRUE(loop.until([&] {
    received += test::take(device->master());
    return received == all && asked.ended();
  }));
  EXPECT_EQ(asked.written(), 256U);
}

TEST_F(SerialLink, notices_a_hang_up_and_comes_back) {
  plug();
  start();
  ASSERT_TRUE(comes_up());
  ASSERT_TRUE(test::send(device->master(), "end"));
  ASSERT_TRUE(loop.until([&] { return witness.data == "end"; }));
  device.reset();
  ASSERT_TRUE(goes_down());
  EXPECT_EQ(witness.downs[0].reason, DownReason::hang_up);
  EXPECT_THAT(witness.downs[0].text, HasSubstr("/ttyS0 is gone: it was unplugged or hung up"));
  plug();
  ASSERT_TRUE(comes_up());
  ASSERT_TRUE(test::send(device->master(), "again"));
  EXPECT_TRUE(loop.until([&] { return witness.data == "endagain"; }));
}

TEST_F(SerialLink, wakes_up_for_nothing_but_the_back_off_while_the_device_is_away) {
  plug();
  start();
  ASSERT_TRUE(comes_up());
  loop.run_what_is_ready();
  EXPECT_EQ(link->counters().wake_ups, 0U);
  device.reset();
  ASSERT_TRUE(goes_down());
  const std::uint64_t after_hang_up = link->counters().wake_ups;
  EXPECT_LE(after_hang_up, 2U);
  std::size_t handlers = 0;
  while (link->counters().open_failures < 3) {
    loop.io.restart();
    handlers += loop.io.run_one();
  }
  EXPECT_EQ(link->counters().wake_ups, after_hang_up);
  EXPECT_LE(handlers, 7U);  // a turn for each attempt, and what the hang-up left
  EXPECT_EQ(witness.downs.size(), 1U);
}

TEST_F(SerialLink, tells_the_input_lines_when_it_comes_up_and_when_they_are_set) {
  plug();
  port->set_input_lines(TIOCM_CTS | TIOCM_CD);
  start();
  ASSERT_TRUE(loop.until([&] { return witness.lines.size() == 1; }));
  EXPECT_TRUE(witness.lines[0].cts);
  EXPECT_FALSE(witness.lines[0].dsr);
  EXPECT_TRUE(witness.lines[0].dcd);
  Request request = test::request_of(RequestKind::modem_lines);
  request.index = 1;  // DTR alone
  request.value = 0;
  port->set_input_lines(TIOCM_DSR);
  const Asked asked(*link, request);
  ASSERT_TRUE(loop.until([&] { return witness.lines.size() == 2; }));
  EXPECT_EQ(asked.result(), Result::ok);
  EXPECT_EQ(port->output_lines(), TIOCM_RTS);
  EXPECT_TRUE(witness.lines[1].dsr);
}

TEST_F(SerialLink, watches_the_input_lines_where_the_uri_asks_for_it) {
  plug();
  start("?lines=10ms");
  ASSERT_TRUE(loop.until([&] { return witness.lines.size() == 1; }));
  port->set_input_lines(TIOCM_RI);
  ASSERT_TRUE(loop.until([&] { return witness.lines.size() == 2; }));
  EXPECT_TRUE(witness.lines[1].ri);
}

TEST_F(SerialLink, changes_line_settings_on_request_and_sets_the_uris_again_when_it_comes_back) {
  plug();
  start("?baud=9600");
  ASSERT_TRUE(comes_up());
  Request request = test::request_of(RequestKind::line_settings);
  request.data = to_bytes("baud=4800&format=7O2");
  const Asked asked(*link, request);
  request.data = to_bytes("format=7X1");
  const Asked refused(*link, request);
  ASSERT_TRUE(loop.until([&] { return refused.ended(); }));
  EXPECT_EQ(asked.result(), Result::ok);
  EXPECT_EQ(refused.result(), Result::error);
  EXPECT_EQ(port->format(), "7O2");
  EXPECT_EQ(port->baud(), 4800U);
  device.reset();
  ASSERT_TRUE(goes_down());
  plug();
  ASSERT_TRUE(comes_up());
  EXPECT_EQ(port->format(), "8N1");
}

TEST_F(SerialLink, sends_a_break) {
  plug();
  start();
  ASSERT_TRUE(comes_up());
  Request request = test::request_of(RequestKind::send_break);
  request.value = 10;
  const Asked asked(*link, request);
  const Asked none(*link, test::request_of(RequestKind::send_break));
  ASSERT_TRUE(loop.until([&] { return none.ended(); }));
  EXPECT_EQ(asked.result(), Result::ok);
  EXPECT_EQ(none.result(), Result::error);
  EXPECT_EQ(port->breaks(), 1);
}

TEST_F(SerialLink, names_who_has_the_port) {
  plug();
  const int fd = ::open(device->slave_path().c_str(), O_RDWR | O_NOCTTY | O_CLOEXEC);
  ASSERT_EQ(::flock(fd, LOCK_EX), 0);
  start();
  ASSERT_TRUE(goes_down());
  EXPECT_EQ(witness.downs[0].reason, DownReason::in_use);
  EXPECT_THAT(witness.downs[0].text, HasSubstr("is in use by another link of this process"));
  ::close(fd);
  EXPECT_TRUE(comes_up());
}

TEST_F(SerialLink, keeps_others_out_while_it_is_open_and_lets_them_in_after) {
  plug();
  start();
  ASSERT_TRUE(comes_up());
  const int fd = ::open(device->slave_path().c_str(), O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (fd >= 0) {  // root passes TIOCEXCL, but not the lock
    EXPECT_NE(::flock(fd, LOCK_EX | LOCK_NB), 0);
  }
  link->stop();
  const int later = ::open(device->slave_path().c_str(), O_RDWR | O_NOCTTY | O_CLOEXEC);
  EXPECT_GE(later, 0);
  EXPECT_EQ(::flock(later, LOCK_EX | LOCK_NB), 0);
  ::close(later);
  ::close(fd);
}

TEST_F(SerialLink, says_that_a_port_is_not_there) {
  start();
  ASSERT_TRUE(goes_down());
  EXPECT_EQ(witness.downs[0].reason, DownReason::not_there);
  EXPECT_THAT(witness.downs[0].text, HasSubstr("is not there: is the device plugged in"));
}

TEST_F(SerialLink, refuses_another_kind_of_file) {
  std::ofstream(scratch / "ttyS0") << "a file";
  start();
  ASSERT_TRUE(goes_down());
  EXPECT_EQ(witness.downs[0].reason, DownReason::refused);
  EXPECT_THAT(witness.downs[0].text, HasSubstr("is no serial port but another kind of file"));
}

}  // namespace cartwright::link
