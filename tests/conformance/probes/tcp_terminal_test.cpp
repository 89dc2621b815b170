#include <gmock/gmock.h>

#include "unit/plugins/rig.hpp"

namespace cartwright::test {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::string pay = R"({"authorize":{"amount_minor":350,"currency":"978","key":"k1"}})";
const std::string what_became = R"({"lookup":{"amount_minor":350,"currency":"978"}})";

class TcpTerminal : public ::testing::Test {
 protected:
  TcpTerminal() { up(); }
  void up() {
    rig.link_up();
    rig.arrive("REG-OK 41 17\n");
    rig.take_wire();
  }
  std::vector<std::string> sent() {
    std::vector<std::string> all;
    for (const auto& write : rig.take_wire()) all.push_back(write.data);
    return all;
  }
  Rig rig{"probe-tcp-terminal"};
};

TEST_F(TcpTerminal, takes_no_order_before_it_is_registered) {
  Rig fresh("probe-tcp-terminal");
  fresh.link_up();
  EXPECT_EQ(fresh.take_wire().at(0).data, "REG\n");
  EXPECT_EQ(fresh.done(fresh.command(pay)).status, "link_down");
  fresh.advance(6s);
  EXPECT_EQ(fresh.take_faults().size(), 1U);
}

TEST_F(TcpTerminal, waits_through_a_long_authorization_split_anywhere) {
  const auto op = rig.command(pay, {.soft = 120s, .hard = 130s});
  EXPECT_THAT(sent(), ElementsAre("AUTH 350 978\n"));
  for (const char c : std::string("INT insert card\nINT please wait\n")) {
    rig.arrive(std::string(1, c));
    rig.advance(1s);
  }
  EXPECT_EQ(rig.take_events().size(), 2U);
  rig.arrive("OK 42 18\n");
  EXPECT_EQ(rig.done(op).status, "ok");
  EXPECT_EQ(rig.done(op).result.at("receipt"), 18);
}

TEST_F(TcpTerminal, keeps_its_baseline_before_a_byte_of_the_order_leaves) {
  rig.hold_commits();
  rig.command(pay);
  EXPECT_GT(rig.kept_bytes(), 0U);
  EXPECT_THAT(sent(), IsEmpty());
  rig.release_commits();
  EXPECT_EQ(sent().size(), 1U);
}

TEST_F(TcpTerminal, aborts_at_the_deadline_and_hears_what_comes_after_it) {
  const auto op = rig.command(pay, {.soft = 60s, .hard = 70s});
  rig.take_wire();
  rig.advance(60s);
  EXPECT_THAT(sent(), ElementsAre("ABORT\n"));
  rig.advance(10s);
  EXPECT_EQ(rig.done(op).status, "unknown_outcome");
  rig.arrive("OK 42 18\n");
  // The driver can not know that the host has ended the operation: its done is refused.
  EXPECT_EQ(rig.counters().refused_dones, 1U);
}

TEST_F(TcpTerminal, ends_cancelled_when_the_terminal_says_that_it_gave_up) {
  const auto op = rig.command(pay, {.soft = 60s, .hard = 70s});
  rig.cancel(op);
  rig.arrive("ABORTED\n");
  EXPECT_EQ(rig.done(op).status, "cancelled");
}

TEST_F(TcpTerminal, tells_none_left_from_some_left) {
  rig.hold_writes();
  const auto none = rig.command(pay);
  rig.finish_write(0, CW_LINK_DOWN, 0);
  EXPECT_EQ(rig.done(none).status, "link_down");
  const auto some =
      rig.command(R"({"authorize":{"amount_minor":350,"currency":"978","key":"k2"}})");
  rig.finish_write(0, CW_LINK_DOWN, 4);
  EXPECT_TRUE(rig.is_open(some));
  rig.link_down();
  EXPECT_EQ(rig.done(some).status, "unknown_outcome");
}

TEST_F(TcpTerminal, finds_the_transaction_after_the_cart_crashed) {
  rig.command(pay);
  rig.restart();
  up();
  const auto op = rig.command(what_became);
  EXPECT_THAT(sent(), ElementsAre("LAST\n"));
  rig.arrive("LAST 42 18 350 0\n");
  EXPECT_EQ(rig.done(op).status, "ok");
  EXPECT_EQ(rig.done(op).result.at("receipt"), 18);
}

TEST_F(TcpTerminal, finds_nothing_where_the_last_transaction_is_the_baselines) {
  rig.command(pay);
  rig.restart();
  up();
  const auto op = rig.command(what_became);
  rig.arrive("LAST 41 17 350 0\n");
  EXPECT_EQ(rig.done(op).status, "not_found");
}

TEST_F(TcpTerminal, stays_unsure_where_someone_else_paid_another_amount) {
  rig.command(pay);
  rig.restart();
  up();
  const auto op = rig.command(what_became);
  rig.arrive("LAST 42 18 999 0\n");
  EXPECT_EQ(rig.done(op).status, "unknown_outcome");
}

}  // namespace
}  // namespace cartwright::test
