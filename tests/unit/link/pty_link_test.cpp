#include "link/pty_link.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <optional>

#include "link/pty_pair.hpp"
#include "unit/link/device.hpp"
#include "unit/link/scratch.hpp"
#include "unit/link/support.hpp"

namespace cartwright::link {
namespace {

using test::Asked;
using testing::HasSubstr;

class PtyLink : public testing::Test {
 protected:
  void plug() { device.emplace(scratch / "scale"); }
  void unplug() { device.reset(); }
  void start(const std::string& uri = {}) {
    link = make_link(uri.empty() ? "pty:" + (scratch / "scale").string() : uri,
                     loop.io.get_executor());
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
  std::unique_ptr<Link> link;
};

}  // namespace

TEST_F(PtyLink, carries_every_byte_both_ways_untouched) {
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
  EXPECT_EQ(asked.result(), Result::ok);
  EXPECT_EQ(asked.written(), 256U);
  EXPECT_EQ(link->counters().rx_bytes, 256U);
  EXPECT_EQ(link->counters().tx_bytes, 256U);
}

TEST_F(PtyLink, says_once_that_nothing_is_there_and_comes_up_when_it_is) {
  start();
  ASSERT_TRUE(loop.until([&] { return link->counters().open_failures >= 2; }));
  ASSERT_EQ(witness.downs.size(), 1U);
  EXPECT_EQ(witness.downs[0].reason, DownReason::not_there);
  EXPECT_THAT(witness.downs[0].text, HasSubstr("/scale is not there: is the device plugged in"));
  plug();
  EXPECT_TRUE(comes_up());
  EXPECT_EQ(witness.ups[0].shape, Shape::stream);
}

TEST_F(PtyLink, comes_back_when_the_simulator_makes_its_terminal_anew) {
  plug();
  start();
  ASSERT_TRUE(comes_up());
  unplug();
  ASSERT_TRUE(goes_down());
  EXPECT_EQ(witness.downs[0].reason, DownReason::hang_up);
  plug();
  ASSERT_TRUE(comes_up());
  ASSERT_TRUE(test::send(device->master(), "again"));
  EXPECT_TRUE(loop.until([&] { return witness.data == "again"; }));
  EXPECT_EQ(link->counters().downs, 1U);
  EXPECT_EQ(link->counters().opens, 2U);
}

TEST_F(PtyLink, wakes_up_for_nothing_but_the_back_off_while_the_device_is_away) {
  plug();
  start();
  ASSERT_TRUE(comes_up());
  unplug();
  ASSERT_TRUE(goes_down());
  const std::uint64_t after_hang_up = link->counters().wake_ups;
  std::size_t handlers = 0;
  while (link->counters().open_failures < 3) {
    loop.io.restart();
    handlers += loop.io.run_one();
  }
  EXPECT_EQ(link->counters().wake_ups, after_hang_up);
  EXPECT_LE(handlers, 5U);  // a turn for each attempt, and what the hang-up left
  EXPECT_EQ(witness.downs.size(), 1U);
}

TEST_F(PtyLink, does_not_wake_up_while_the_line_is_silent) {
  plug();
  start();
  ASSERT_TRUE(comes_up());
  loop.run_what_is_ready();
  EXPECT_EQ(link->counters().wake_ups, 0U);
}

TEST_F(PtyLink, keeps_what_comes_while_reading_is_held_and_gives_it_later) {
  plug();
  start();
  ASSERT_TRUE(comes_up());
  link->set_reading(false);
  ASSERT_TRUE(test::send(device->master(), "kept"));
  const Asked written(*link, test::write_of("x"));
  ASSERT_TRUE(loop.until([&] { return written.ended(); }));
  loop.run_what_is_ready();
  EXPECT_EQ(witness.data, "");
  link->set_reading(true);
  EXPECT_TRUE(loop.until([&] { return witness.data == "kept"; }));
}

TEST_F(PtyLink, ends_a_write_that_the_device_does_not_take_with_what_was_taken) {
  plug();
  start();
  ASSERT_TRUE(comes_up());
  Request request = test::write_of(std::string(1 << 20, 'x'));
  request.timeout = std::chrono::milliseconds(20);
  const Asked stuck(*link, request);
  ASSERT_TRUE(loop.until([&] { return stuck.ended(); }));
  EXPECT_EQ(stuck.result(), Result::timeout);
  EXPECT_GT(stuck.written(), 0U);
  EXPECT_LT(stuck.written(), 1U << 20);
  std::uint64_t received = 0;
  loop.until([&] {
    received += test::take(device->master()).size();
    return received >= stuck.written();
  });
  EXPECT_EQ(received, stuck.written());
}

TEST_F(PtyLink, writes_in_order_what_does_not_fit_at_once) {
  plug();
  start();
  ASSERT_TRUE(comes_up());
  std::string first(50'000, '1');
  std::string second(50'000, '2');
  const Asked a(*link, test::write_of(first));
  const Asked b(*link, test::write_of(second));
  std::string received;
  EXPECT_TRUE(loop.until([&] {
    received += test::take(device->master());
    return b.ended() && received.size() >= 100'000;
  }));
  EXPECT_EQ(a.result(), Result::ok);
  EXPECT_EQ(received, first + second);
}

TEST_F(PtyLink, ends_a_running_write_when_the_device_goes) {
  plug();
  start();
  ASSERT_TRUE(comes_up());
  const Asked running(*link, test::write_of(std::string(1 << 20, 'x')));
  const Asked queued(*link, test::write_of("y"));
  ASSERT_TRUE(loop.until([&] {
    return link->counters().wake_ups > 0 || running.ended() ||
           !test::take(device->master()).empty();
  }));
  unplug();
  ASSERT_TRUE(loop.until([&] { return running.ended() && queued.ended(); }));
  EXPECT_EQ(running.result(), Result::link_down);
  EXPECT_GT(running.written(), 0U);
  EXPECT_EQ(queued.result(), Result::link_down);
  EXPECT_EQ(queued.written(), 0U);
}

TEST_F(PtyLink, belongs_to_one_link_alone) {
  plug();
  start();
  ASSERT_TRUE(comes_up());
  test::Witness late;
  const auto second = make_link("pty:" + (scratch / "scale").string(), loop.io.get_executor());
  second->start(late);
  ASSERT_TRUE(loop.until([&] { return !late.downs.empty(); }));
  EXPECT_EQ(late.downs[0].reason, DownReason::in_use);
  EXPECT_THAT(late.downs[0].text, HasSubstr("in use by another link of this process"));
  link->stop();
  EXPECT_TRUE(loop.until([&] { return late.is_up; }));
}

TEST_F(PtyLink, refuses_what_is_no_pseudo_terminal) {
  std::ofstream(scratch / "scale") << "a file";
  start();
  ASSERT_TRUE(goes_down());
  EXPECT_EQ(witness.downs[0].reason, DownReason::refused);
  EXPECT_THAT(witness.downs[0].text,
              HasSubstr("is no pseudo-terminal; a serial port is opened by"));
}

TEST_F(PtyLink, drops_what_lay_there_before_it_was_opened) {
  plug();
  ASSERT_TRUE(test::send(device->master(), "stale"));
  start();
  ASSERT_TRUE(comes_up());
  ASSERT_TRUE(test::send(device->master(), "fresh"));
  ASSERT_TRUE(loop.until([&] { return witness.data.size() >= 5; }));
  EXPECT_EQ(witness.data, "fresh");
}

TEST_F(PtyLink, checks_line_settings_and_does_nothing_else) {
  plug();
  start("pty:" + (scratch / "scale").string() + "?baud=2400&format=7E1");
  ASSERT_TRUE(comes_up());
  Request good = test::request_of(RequestKind::line_settings);
  good.data = to_bytes("baud=4800");
  Request bad = test::request_of(RequestKind::line_settings);
  bad.data = to_bytes("boud=4800");
  const Asked taken(*link, good);
  const Asked refused(*link, bad);
  const Asked lines(*link, test::request_of(RequestKind::modem_lines));
  ASSERT_TRUE(loop.until([&] { return lines.ended(); }));
  EXPECT_EQ(taken.result(), Result::ok);
  EXPECT_EQ(refused.result(), Result::error);
  EXPECT_EQ(lines.result(), Result::unsupported);
}

TEST(PtyPair, publishes_a_link_and_takes_it_away) {
  const test::Scratch scratch;
  const auto path = scratch / "scanner";
  {
    const PtyPair pair(path);
    EXPECT_EQ(std::filesystem::read_symlink(path), pair.slave_path());
    EXPECT_EQ(pair.path(), path);
  }
  EXPECT_FALSE(std::filesystem::is_symlink(path));
}

TEST(PtyPair, takes_the_place_of_a_link_that_was_left_but_of_no_other_file) {
  const test::Scratch scratch;
  std::filesystem::create_symlink("/nowhere", scratch / "left");
  const PtyPair pair(scratch / "left");
  EXPECT_EQ(std::filesystem::read_symlink(scratch / "left"), pair.slave_path());
  std::ofstream(scratch / "file") << "mine";
  EXPECT_THAT(test::error_of([&] { PtyPair(scratch / "file"); }),
              HasSubstr("is another kind of file"));
}

TEST(PtyPair, leaves_a_link_that_is_another_ones_by_now) {
  const test::Scratch scratch;
  auto first = std::make_unique<PtyPair>(scratch / "x");
  const PtyPair second(scratch / "x");
  first.reset();
  EXPECT_EQ(std::filesystem::read_symlink(scratch / "x"), second.slave_path());
}

}  // namespace cartwright::link
