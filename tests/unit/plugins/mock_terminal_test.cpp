#include <gmock/gmock.h>

#include "unit/plugins/rig.hpp"

namespace cartwright::test {
namespace {

using namespace std::chrono_literals;
using ::testing::IsEmpty;

// An order with a key of its own: the host refuses one that was used.
std::string pay_350() {
  static int keys = 0;
  return R"({"authorize":{"amount_minor":350,"currency":"978","key":"intent-)" +
         std::to_string(++keys) + R"("}})";
}

std::string lookup(std::int64_t amount, std::uint32_t trace) {
  return R"({"lookup":{"currency":"978","key":"","receipt":0,"amount_minor":)" +
         std::to_string(amount) + R"(,"trace":)" + std::to_string(trace) + "}}";
}

std::vector<std::string> types(const std::vector<nlohmann::json>& events) {
  std::vector<std::string> names;
  for (const auto& event : events) names.push_back(event.at("type"));
  return names;
}

class MockTerminal : public ::testing::Test {
 protected:
  MockTerminal() { rig.link_up(); }
  std::uint32_t baseline_trace() {
    return rig.done(rig.command(R"({"baseline":{}})")).result.at("trace");
  }
  Rig rig{"mock-terminal", R"({"settle_ms":1000})"};
};

TEST_F(MockTerminal, approves_by_itself_after_its_time_with_notices_on_the_way) {
  const auto op = rig.command(pay_350());
  EXPECT_TRUE(rig.is_open(op));
  rig.advance(500ms);
  EXPECT_TRUE(rig.is_open(op));
  rig.advance(500ms);
  const auto end = rig.done(op);
  EXPECT_EQ(end.status, "ok");
  EXPECT_EQ(end.result.at("type"), "terminal.result");
  EXPECT_EQ(end.result.at("result"), "0");
  EXPECT_EQ(end.result.at("amount_minor"), 350);
  EXPECT_EQ(end.result.at("currency"), "978");
  EXPECT_EQ(end.result.at("receipt"), 1);
  EXPECT_EQ(end.result.at("trace"), 1);
  EXPECT_EQ(end.result.at("pan_masked"), "999999******0010");
  EXPECT_EQ(types(rig.take_events()),
            (std::vector<std::string>{"terminal.intermediate", "terminal.intermediate",
                                      "terminal.completion"}));
}

TEST_F(MockTerminal, declines_once_with_the_words_of_the_scenario) {
  rig.arrive(R"(decline "card expired")");
  const auto first = rig.command(pay_350());
  rig.advance(1s);
  EXPECT_EQ(rig.done(first).status, "declined");
  EXPECT_EQ(rig.done(first).result.at("text"), "card expired");
  EXPECT_FALSE(rig.done(first).result.contains("receipt"));
  const auto second = rig.command(pay_350());
  rig.advance(1s);
  EXPECT_EQ(rig.done(second).status, "ok");
  EXPECT_EQ(rig.done(second).result.at("trace"), 2);
  EXPECT_EQ(rig.done(second).result.at("receipt"), 1);
}

TEST_F(MockTerminal, is_busy_when_told_so_and_while_an_order_runs) {
  rig.arrive("busy");
  EXPECT_EQ(rig.done(rig.command(pay_350())).status, "busy");
  const auto running = rig.command(pay_350());
  EXPECT_EQ(rig.done(rig.command(pay_350())).status, "busy");
  EXPECT_EQ(rig.done(rig.command(R"({"baseline":{}})")).status, "busy");
  rig.advance(1s);
  EXPECT_EQ(rig.done(running).status, "ok");
}

TEST_F(MockTerminal, takes_longer_by_the_delay_of_the_scenario) {
  rig.arrive("delay 2s");
  const auto op = rig.command(pay_350());
  rig.advance(2999ms);
  EXPECT_TRUE(rig.is_open(op));
  rig.advance(1ms);
  EXPECT_EQ(rig.done(op).status, "ok");
}

TEST_F(MockTerminal, ends_cancelled_when_aborted_before_the_card_is_read) {
  const auto op = rig.command(pay_350());
  rig.cancel(op);
  EXPECT_EQ(rig.done(op).status, "cancelled");
  EXPECT_EQ(types(rig.take_events()).back(), "terminal.abort");
  EXPECT_EQ(rig.done(rig.command(lookup(350, 0))).status, "cancelled");
  rig.advance(10s);
  EXPECT_THAT(rig.take_events(), IsEmpty());
}

TEST_F(MockTerminal, lets_an_abort_come_too_late_after_the_card_is_read) {
  const auto op = rig.command(pay_350());
  rig.advance(600ms);
  rig.cancel(op);
  EXPECT_TRUE(rig.is_open(op));
  rig.advance(400ms);
  EXPECT_EQ(rig.done(op).status, "ok");
}

TEST_F(MockTerminal, tells_late_what_an_order_came_to_after_its_deadline) {
  rig.arrive("delay 60s");
  const auto op = rig.command(pay_350(), {.soft = 30s, .hard = 40s});
  rig.advance(30s);
  EXPECT_EQ(rig.done(op).status, "unknown_outcome");
  EXPECT_EQ(rig.done(rig.command(lookup(350, 0))).status, "unknown_outcome");
  rig.take_events();
  rig.advance(31s);
  const auto events = rig.take_events();
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].at("type"), "terminal.late_result");
  EXPECT_EQ(events[0].at("receipt"), 1);
  EXPECT_EQ(rig.done(rig.command(lookup(350, 0))).status, "ok");
}

TEST_F(MockTerminal, leaves_a_mute_order_unknown_and_answers_the_lookup_after_it) {
  const auto baseline = baseline_trace();
  rig.arrive("mute");
  const auto op = rig.command(pay_350(), {.soft = 30s, .hard = 40s});
  rig.advance(29s);
  EXPECT_TRUE(rig.is_open(op));
  EXPECT_THAT(rig.take_events(), IsEmpty());
  rig.advance(1s);
  EXPECT_EQ(rig.done(op).status, "unknown_outcome");
  const auto found = rig.done(rig.command(lookup(350, baseline)));
  EXPECT_EQ(found.status, "ok");
  EXPECT_EQ(found.result.at("receipt"), 1);
}

TEST_F(MockTerminal, can_be_mute_about_a_decline) {
  rig.arrive(R"(decline "no funds")");
  rig.arrive("mute");
  const auto op = rig.command(pay_350(), {.soft = 30s, .hard = 40s});
  rig.advance(30s);
  EXPECT_EQ(rig.done(op).status, "unknown_outcome");
  EXPECT_EQ(rig.done(rig.command(lookup(350, 0))).status, "declined");
}

TEST_F(MockTerminal, finds_nothing_since_the_baseline_where_nothing_was) {
  const auto paid = rig.command(pay_350());
  rig.advance(1s);
  EXPECT_EQ(rig.done(paid).status, "ok");
  EXPECT_EQ(rig.done(rig.command(lookup(350, baseline_trace()))).status, "not_found");
  EXPECT_EQ(rig.done(rig.command(lookup(351, 0))).status, "not_found");
}

TEST_F(MockTerminal, goes_on_without_the_cart_when_the_link_goes_down) {
  const auto op = rig.command(pay_350());
  rig.advance(600ms);
  rig.link_down();
  EXPECT_EQ(rig.done(op).status, "unknown_outcome");
  EXPECT_EQ(rig.done(rig.command(lookup(350, 0))).status, "link_down");
  rig.advance(10s);
  rig.link_up();
  EXPECT_EQ(rig.done(rig.command(lookup(350, 0))).status, "ok");
}

TEST_F(MockTerminal, answers_the_lookup_after_the_cart_has_crashed_in_the_middle) {
  rig.command(pay_350());
  rig.advance(600ms);
  rig.restart();
  rig.link_up();
  const auto found = rig.done(rig.command(lookup(350, 0)));
  EXPECT_EQ(found.status, "ok");
  EXPECT_EQ(found.result.at("trace"), 1);
  EXPECT_EQ(baseline_trace(), 1U);
}

TEST_F(MockTerminal, undoes_a_transaction_by_its_receipt_once) {
  const auto paid = rig.command(pay_350());
  rig.advance(1s);
  EXPECT_EQ(rig.done(paid).status, "ok");
  EXPECT_EQ(rig.done(rig.command(R"({"reverse":{"receipt":1}})")).status, "ok");
  EXPECT_EQ(rig.done(rig.command(R"({"reverse":{"receipt":1}})")).status, "not_found");
  EXPECT_EQ(rig.done(rig.command(lookup(350, 0))).status, "declined");
}

TEST_F(MockTerminal, hands_in_the_sum_of_the_day_and_begins_anew) {
  const auto order = [this](const std::string& name, int amount, const std::string& currency) {
    const auto op = rig.command("{\"" + name + "\":{\"amount_minor\":" + std::to_string(amount) +
                                ",\"currency\":\"" + currency + "\",\"key\":\"" + name +
                                std::to_string(amount) + "\"}}");
    rig.advance(1s);
    EXPECT_EQ(rig.done(op).status, "ok");
  };
  const auto end_of_day = [this] { return rig.done(rig.command(R"({"end_of_day":{}})")); };
  order("authorize", 350, "978");
  order("authorize", 1000, "978");
  order("refund", 120, "978");
  EXPECT_EQ(rig.done(rig.command(R"({"reverse":{"receipt":1}})")).status, "ok");
  rig.take_events();
  const auto first = end_of_day();
  EXPECT_EQ(first.status, "ok");
  EXPECT_EQ(first.result.at("amount_minor"), 880);
  EXPECT_EQ(first.result.at("currency"), "978");
  EXPECT_EQ(types(rig.take_events()), std::vector<std::string>{"terminal.completion"});
  EXPECT_EQ(rig.done(rig.command(R"({"reverse":{"receipt":2}})")).status, "declined");
  EXPECT_EQ(end_of_day().result.at("amount_minor"), 0);

  order("authorize", 500, "978");
  rig.restart();
  rig.link_up();
  order("authorize", 400, "756");
  const auto mixed = end_of_day();
  EXPECT_EQ(mixed.status, "ok");
  EXPECT_FALSE(mixed.result.contains("amount_minor"));
}

TEST_F(MockTerminal, ends_no_day_while_an_order_runs_or_the_line_is_down) {
  rig.command(pay_350());
  EXPECT_EQ(rig.done(rig.command(R"({"end_of_day":{}})")).status, "busy");
  rig.advance(1s);
  rig.link_down();
  EXPECT_EQ(rig.done(rig.command(R"({"end_of_day":{}})")).status, "link_down");
}

TEST_F(MockTerminal, keeps_its_transactions_within_the_bound_of_a_device) {
  for (int i = 0; i < 20; ++i) {
    const auto op = rig.command(pay_350());
    rig.advance(1s);
    EXPECT_EQ(rig.done(op).status, "ok");
  }
  EXPECT_EQ(baseline_trace(), 20U);
  EXPECT_LT(rig.kept_bytes(), std::size_t{CW_KEEP_LIMIT});
}

TEST_F(MockTerminal, refuses_an_amount_that_is_none_and_a_happening_that_is_none) {
  EXPECT_EQ(rig.done(rig.command(R"({"authorize":{"amount_minor":0,"currency":"978","key":"k"}})"))
                .status,
            "invalid");
  for (const char* message : {"decline", "delay", "delay soon", "approve 1", "scan 1", "\x02"}) {
    rig.arrive(message);
    EXPECT_EQ(rig.take_faults().size(), 1U) << message;
  }
}

}  // namespace
}  // namespace cartwright::test
