#include <gmock/gmock.h>

#include "unit/drivers/zvt_packets.hpp"

namespace cartwright::test {
namespace {

using namespace std::chrono_literals;
using namespace zvt_packets;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Json = nlohmann::json;

class ZvtOrders : public ZvtTest {};

TEST_F(ZvtOrders, registers_before_the_first_command_and_after_the_line_was_away) {
  rig.command(pay);
  EXPECT_THAT(sent(),
              ElementsAre("06001c000000be0978030006121201281a02200026040a0206d327031401ff"));
  let_register();
  EXPECT_THAT(sent(), ElementsAre(accept, order_bytes));
  arrive(accept);
  arrive("061e016c");
  sent();
  rig.command(pay_again);
  EXPECT_THAT(sent(), ElementsAre(order_bytes));
  arrive(accept);
  arrive("061e016c");
  sent();
  rig.link_down();
  rig.link_up();
  rig.command(R"({"diagnose":{}})");
  EXPECT_THAT(sent().at(0), testing::StartsWith("0600"));
}

TEST_F(ZvtOrders, gives_each_command_its_packet) {
  const std::pair<const char*, const char*> commands[] = {
      {R"({"refund":{"amount_minor":300,"currency":"978"}})", "06310d00000004000000000300490978"},
      {R"({"reverse":{"receipt":231}})", "063006000000870231"},
      {R"({"preauthorize":{"amount_minor":5000,"currency":"978"}})", "06220a04000000005000490978"},
      {R"({"reverse_preauthorization":{"receipt":231}})", "062506870231490978"},
      {R"({"end_of_day":{}})", "065003000000"},
      {R"({"diagnose":{}})", "067000"},
      {R"({"enquire":{}})", "050103000000"},
      {R"({"repeat_receipt":{}})", "062003000000"},
      {R"({"enable":{"enabled":false}})", "060200"},
  };
  for (const auto& [command, bytes] : commands) {
    Rig fresh("terminal-zvt");
    fresh.link_up();
    fresh.command(std::string(command));
    fresh.take_wire();
    fresh.arrive(hex(accept));
    fresh.arrive(hex(complete));
    EXPECT_EQ(to_hex_text(fresh.take_wire().back().data), bytes) << command;
  }
}

TEST_F(ZvtOrders, pays_and_ends_when_the_terminal_has_ended) {
  const auto op = begin_payment();
  EXPECT_THAT(bytes_, ElementsAre(accept, order_bytes));
  arrive("04ff010a");
  arrive(approved);
  EXPECT_TRUE(rig.is_open(op));  // an abort may still follow
  arrive(complete);
  EXPECT_EQ(rig.done(op).status, "ok");
  EXPECT_EQ(rig.done(op).result.at("receipt"), 231);
}

TEST_F(ZvtOrders, tells_a_status_once_that_comes_twice) {
  begin_payment();
  rig.take_events();
  sent();
  arrive(approved);
  arrive(approved);
  EXPECT_EQ(rig.take_events().size(), 1U);
  EXPECT_THAT(sent(), ElementsAre(accept, accept));
}

TEST_F(ZvtOrders, is_not_sure_of_an_approval_that_is_followed_by_an_abort) {
  const auto op = begin_payment();
  arrive(approved);
  arrive("061e01cc");
  EXPECT_EQ(rig.done(op).status, "unknown_outcome");
}

TEST_F(ZvtOrders, ends_declined_with_the_terminal_s_words) {
  const auto op = begin_payment();
  arrive(
      "040f1b2705"
      "06"
      "17"
      "1f1714"
      "6e6f206d6f7265206d6f6e657920746f64617920");
  arrive("061e0105");
  EXPECT_EQ(rig.done(op).status, "declined");
  EXPECT_EQ(rig.done(op).result.at("text"), "no more money today");
}

TEST_F(ZvtOrders, keeps_the_order_before_its_first_byte_leaves) {
  const auto before = rig.kept_content();
  rig.hold_writes();
  rig.command(pay);
  rig.finish_write();
  let_register();
  rig.finish_write();  // the answer to the completion; the order is on the wire now
  EXPECT_NE(rig.kept_content(), before);
}

TEST_F(ZvtOrders, tells_none_left_from_some_left) {
  for (const std::uint64_t left : {0U, 4U}) {
    Rig fresh("terminal-zvt");
    fresh.link_up();
    const auto op = fresh.command(pay);
    fresh.arrive(hex(accept));
    fresh.hold_writes();
    fresh.arrive(hex(complete));
    fresh.finish_write();
    fresh.finish_write(0, CW_LINK_DOWN, left);
    EXPECT_EQ(fresh.is_open(op), left != 0);
    fresh.link_down();
    EXPECT_EQ(fresh.done(op).status, left == 0 ? "link_down" : "unknown_outcome");
    fresh.link_up();
    const auto asked =
        fresh.command(R"({"lookup":{"amount_minor":1250,"currency":"978","key":"k1"}})");
    EXPECT_EQ(fresh.is_open(asked), left != 0);
    if (left != 0) continue;
    EXPECT_EQ(fresh.done(asked).status, "not_found");
  }
}

TEST_F(ZvtOrders, ends_unsent_what_is_cancelled_before_the_registration_is_over) {
  const auto op = rig.command(pay);
  rig.cancel(op);
  EXPECT_EQ(rig.done(op).status, "cancelled");
  sent();
  let_register();
  EXPECT_THAT(sent(), ElementsAre(accept));  // and no order
}

TEST_F(ZvtOrders, aborts_and_hears_that_it_came_in_time) {
  const auto op = begin_payment();
  sent();
  rig.cancel(op);
  EXPECT_THAT(sent(), ElementsAre("06b000"));
  arrive(accept);
  arrive("061e016c");
  EXPECT_EQ(rig.done(op).status, "cancelled");
}

TEST_F(ZvtOrders, aborts_at_the_deadline_and_tells_a_late_approval_as_a_late_result) {
  const auto op = begin_payment({.soft = 60s, .hard = 90s});
  sent();
  rig.advance(60s);
  EXPECT_THAT(sent(), ElementsAre("06b000"));
  EXPECT_TRUE(rig.is_open(op));
  rig.advance(11s);
  EXPECT_EQ(rig.done(op).status, "unknown_outcome");
  rig.take_events();
  arrive(approved);
  arrive(complete);
  const auto events = rig.take_events();
  ASSERT_FALSE(events.empty());
  EXPECT_EQ(events.back().at("type"), "terminal.late_result");
  EXPECT_EQ(events.back().at("receipt"), 231);
  EXPECT_EQ(rig.counters().refused_dones, 0U);
  const auto asked = rig.command(R"({"lookup":{"amount_minor":1250,"currency":"978","key":"k1"}})");
  EXPECT_EQ(rig.done(asked).status, "ok");
}

TEST_F(ZvtOrders, tells_what_the_terminal_says_of_it_after_the_cart_died) {
  begin_payment();
  rig.restart();
  rig.link_up();
  arrive(approved);
  arrive(complete);
  const auto events = rig.take_events();
  ASSERT_FALSE(events.empty());
  EXPECT_EQ(events.back().at("type"), "terminal.late_result");
}

TEST_F(ZvtOrders, takes_one_order_at_a_time) {
  begin_payment();
  EXPECT_EQ(rig.done(rig.command(pay_again)).status, "busy");
  EXPECT_EQ(rig.done(rig.command(R"({"enquire":{}})")).status, "busy");
}

TEST_F(ZvtOrders, ends_what_the_terminal_refuses_without_money) {
  begin(pay);
  const auto op = std::uint64_t{1};
  arrive("849c00");
  EXPECT_EQ(rig.done(op).status, "busy");
  const auto second = begin(pay_again);
  arrive("846f00");
  EXPECT_EQ(rig.done(second).status, "declined");
  EXPECT_EQ(rig.done(second).result.at("text"), "wrong currency");
}

// ECR-Interface: 84 00 is positive as 80 00 is.
TEST_F(ZvtOrders, takes_both_positive_acknowledgements) {
  const auto op = begin(pay);
  arrive("840000");
  EXPECT_TRUE(rig.is_open(op));
  arrive(approved);
  arrive(complete);
  EXPECT_EQ(rig.done(op).status, "ok");
}

TEST_F(ZvtOrders, never_sends_an_order_without_a_registration) {
  const auto op = rig.command(pay);
  sent();
  rig.advance(6s);
  EXPECT_EQ(rig.done(op).status, "declined");
  for (const std::string& bytes : sent()) EXPECT_THAT(bytes, testing::Not(HasSubstr("0601")));
}

TEST_F(ZvtOrders, refuses_amounts_that_no_terminal_takes) {
  for (const char* command : {R"({"authorize":{"amount_minor":0,"currency":"978"}})",
                              R"({"authorize":{"amount_minor":-5,"currency":"978"}})",
                              R"({"refund":{"amount_minor":1000000000000,"currency":"978"}})",
                              R"({"authorize":{"amount_minor":5,"currency":"1978"}})",
                              R"({"reverse":{"receipt":10000}})", R"({"reverse":{"receipt":0}})"}) {
    EXPECT_EQ(rig.done(rig.command(std::string(command))).status, "invalid") << command;
  }
  EXPECT_THAT(sent(), IsEmpty());
}

TEST_F(ZvtOrders, says_what_the_terminal_is) {
  const auto op = begin(R"({"enquire":{}})");
  arrive(accept);
  arrive(
      "060f89f0f4f04745522d4150502d76322e302e393b635330322e30312e30312d31302e31302d322d323b43433236"
      "00065b1f440452523535e4431f400a6356454e4420706c75671f41284745522d4150502d76322e302e393b635330"
      "322e30312e30312d31302e31302d322d323b434332361f420417fd1e3c1f430100340d1f0e04202304051f0f0322"
      "5655");
  EXPECT_EQ(rig.done(op).status, "ok");
  EXPECT_EQ(rig.done(op).result.at("result"), "0");
  EXPECT_EQ(rig.take_events().back(), Json::parse(R"({"type":"device.info","model":"cVEND plug",
      "firmware":"GER-APP-v2.0.9;cS02.01.01-10.10-2-2;CC26","serial":"17FD1E3C"})"));
}

}  // namespace
}  // namespace cartwright::test
