#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "cart.hpp"

namespace cartwright::conformance {
namespace {

using testing::HasSubstr;

class Ports : public testing::Test {
 protected:
  Ports() {
    store_.scratch.write("cart.toml",
                         content_of(store_.configuration()) +
                             device("scanner0", "scanner-serial", "pty:" + store_.file("port")));
  }
  static Json in_state(const std::string& state) {
    return {{"name", "scanner0"}, {"state", state}};
  }
  Store store_;
};

TEST_F(Ports, that_do_not_exist_are_told_and_taken_when_they_come) {
  RunningCart cart(store_);
  EXPECT_THAT(cart.event("device_changed", in_state("link_down")).value("reason", ""),
              HasSubstr(store_.file("port") + " is not there"));
  cart.reply("start");
  cart.say(kPen);
  cart.event("line_added");
  Device scanner(store_, "serial", "port");
  cart.event("device_changed", in_state("up"));
  scanner.happen(std::string("scan ") + kPen);
  EXPECT_EQ(cart.event("line_added")["line"]["units"], 2);
  EXPECT_EQ(cart.end(), 0);
}

TEST_F(Ports, that_vanish_are_told_and_taken_again_when_they_come_back) {
  auto scanner = std::make_unique<Device>(store_, "serial", "port");
  RunningCart cart(store_);
  cart.reply("start");
  cart.event("device_changed", in_state("up"));
  for (int units = 1; units <= 3; ++units) {
    scanner->happen(std::string("scan ") + kPen);
    EXPECT_EQ(cart.event("line_added")["line"]["units"], units);
    scanner->kill();
    EXPECT_THAT(cart.event("device_changed", in_state("link_down")).value("reason", ""),
                HasSubstr("is gone"));
    scanner = std::make_unique<Device>(store_, "serial", "port");
    cart.event("device_changed", in_state("up"));
  }
  EXPECT_EQ(cart.trip()["totals"]["total_minor"], 750);
  EXPECT_EQ(cart.end(), 0);
}

TEST_F(Ports, whose_line_is_cut_for_a_while_come_back_by_themselves) {
  Device scanner(store_, "serial", "port");
  RunningCart cart(store_);
  cart.reply("start");
  cart.event("device_changed", in_state("up"));
  scanner.happen("unplug 300ms");
  cart.event("device_changed", in_state("link_down"));
  cart.event("device_changed", in_state("up"));
  scanner.happen(std::string("scan ") + kPen);
  cart.event("line_added");
  EXPECT_EQ(cart.end(), 0);
}

TEST_F(Ports, that_belong_to_someone_else_are_left_alone_and_taken_when_free) {
  Device scanner(store_, "serial", "port");
  const int mine = ::open(store_.file("port").c_str(), O_RDWR | O_NOCTTY | O_CLOEXEC);
  ASSERT_GE(mine, 0);
  ASSERT_EQ(::flock(mine, LOCK_EX | LOCK_NB), 0);
  RunningCart cart(store_);
  EXPECT_THAT(cart.event("device_changed", in_state("link_down")).value("reason", ""),
              HasSubstr("is in use by process " + std::to_string(::getpid())));
  ::close(mine);
  cart.event("device_changed", in_state("up"));
  EXPECT_EQ(cart.end(), 0);
}

TEST_F(Ports, of_two_carts_belong_to_the_first) {
  Device scanner(store_, "serial", "port");
  RunningCart first(store_);
  first.event("device_changed", in_state("up"));
  Store other;
  other.scratch.write("cart.toml",
                      content_of(other.configuration()) +
                          device("scanner0", "scanner-serial", "pty:" + store_.file("port")));
  RunningCart second(other);
  EXPECT_THAT(second.event("device_changed", in_state("link_down")).value("reason", ""),
              HasSubstr("is in use"));
  EXPECT_EQ(first.end(), 0);
  second.event("device_changed", in_state("up"));
  EXPECT_EQ(second.end(), 0);
}

}  // namespace
}  // namespace cartwright::conformance
