#include <gmock/gmock.h>

#include "unit/drivers/zvt_story.hpp"

namespace cartwright::test {
namespace {

using Harm = ZvtStory::Harm;

constexpr std::size_t past_all = 60;  // more messages than a payment has

std::string told(const ZvtStory& story) {
  return "ended " + story.status + ", looked up " + story.looked_up;
}

class ZvtPayment : public testing::TestWithParam<const char*> {};
INSTANTIATE_TEST_SUITE_P(both, ZvtPayment, testing::Values("tcp", "serial"),
                         [](const auto& about) { return std::string(about.param); });

TEST_P(ZvtPayment, is_told_as_it_was_taken) {
  ZvtStory story({.transport = GetParam()});
  EXPECT_EQ(story.pay(), ZvtStory::amount) << told(story);
  EXPECT_EQ(story.status, "ok");
  EXPECT_EQ(story.taken(), ZvtStory::amount);
  EXPECT_EQ(story.charges(), 1U);
  EXPECT_THAT(story.rig.take_faults(), testing::IsEmpty());
}

// Each message in turn is lost, spoilt, or is the last before the line, the cart or the terminal
// fails. What the cart believes is what the terminal has done, or it says that it does not know.
void try_each(const std::string& transport, Harm harm, const simulators::OptionValues& terminal,
              const std::string& more, std::size_t unknown_at_most) {
  std::size_t unknown = 0;
  std::string why;
  std::size_t tried = 0;
  for (std::size_t at = 0; at < past_all; ++at) {
    ZvtStory story(
        {.transport = transport, .harm = harm, .at = at, .more = more, .terminal = terminal});
    const auto belief = story.pay();
    story.run(std::chrono::seconds(60));
    if (story.messages() <= at) break;  // the payment was over before
    ++tried;
    EXPECT_LE(story.charges(), 1U) << "message " << at;
    EXPECT_EQ(story.rig.counters().rollbacks, 0U) << "message " << at;
    if (!belief) {
      ++unknown;
      why += " " + std::to_string(at) + " (" + told(story) + ")";
      continue;
    }
    EXPECT_EQ(*belief, story.taken()) << "message " << at << ", " << told(story);
  }
  EXPECT_GT(tried, 8U);
  EXPECT_LE(unknown, unknown_at_most) << why;
}

constexpr const char* alone = R"("exclusive":true)";
constexpr const char* shared = R"("exclusive":false)";

TEST_P(ZvtPayment, agrees_with_the_terminal_whatever_is_lost_on_the_way_to_it) {
  try_each(GetParam(), Harm::lose_to_terminal, {}, alone, 0);
}
TEST_P(ZvtPayment, agrees_with_the_terminal_whatever_is_lost_on_the_way_back) {
  try_each(GetParam(), Harm::lose_from_terminal, {}, alone, 0);
}
TEST_P(ZvtPayment, agrees_with_the_terminal_wherever_the_line_is_cut) {
  try_each(GetParam(), Harm::cut_line, {}, alone, 0);
}
TEST_P(ZvtPayment, agrees_with_the_terminal_wherever_the_cart_dies) {
  try_each(GetParam(), Harm::restart_cart, {}, alone, 0);
}
TEST_P(ZvtPayment, agrees_with_the_terminal_wherever_that_loses_its_power) {
  try_each(GetParam(), Harm::reboot_terminal, {}, alone, 0);
}
TEST(ZvtSerialPayment, agrees_with_the_terminal_whatever_is_spoilt) {
  try_each("serial", Harm::spoil_to_terminal, {}, alone, 0);
  try_each("serial", Harm::spoil_from_terminal, {}, alone, 0);
}

// A terminal that takes a payment back when the cart does not accept it.
TEST_P(ZvtPayment, is_never_told_wrong_where_the_terminal_reverses_by_itself) {
  const simulators::OptionValues reverses{{"unanswered", "reverse"}};
  for (const Harm harm : {Harm::lose_to_terminal, Harm::lose_from_terminal, Harm::cut_line,
                          Harm::restart_cart, Harm::reboot_terminal}) {
    try_each(GetParam(), harm, reverses, alone, 6);
  }
}

// Where others use the terminal too, only what was seen counts.
TEST_P(ZvtPayment, is_never_told_wrong_on_a_shared_terminal) {
  for (const Harm harm : {Harm::lose_to_terminal, Harm::lose_from_terminal, Harm::cut_line,
                          Harm::restart_cart, Harm::reboot_terminal}) {
    try_each(GetParam(), harm, {}, shared, past_all);
  }
}

TEST_P(ZvtPayment, is_never_told_wrong_where_a_repeated_receipt_says_nothing) {
  for (const Harm harm : {Harm::lose_from_terminal, Harm::cut_line, Harm::restart_cart}) {
    try_each(GetParam(), harm, {{"repeats", "no"}}, alone, past_all);
  }
}

TEST_P(ZvtPayment, is_the_same_wherever_the_driver_crashes) {
  ZvtStory whole({.transport = GetParam()});
  ASSERT_EQ(whole.pay(), ZvtStory::amount);
  const auto events = whole.rig.take_events();
  const std::uint64_t calls = whole.rig.counters().calls;
  for (std::uint64_t call = 0; call < calls; ++call) {
    ZvtStory story({.transport = GetParam(), .crash_in_call = call});
    EXPECT_EQ(story.pay(), ZvtStory::amount) << call << ", " << told(story);
    EXPECT_EQ(story.rig.take_events(), events) << call;
    EXPECT_EQ(story.taken(), ZvtStory::amount) << call;
  }
}

TEST_P(ZvtPayment, is_told_once_where_the_terminal_says_it_twice) {
  ZvtStory story({.transport = GetParam(), .terminal = {{"twice", "yes"}}});
  EXPECT_EQ(story.pay(), ZvtStory::amount);
  EXPECT_EQ(std::ranges::count_if(
                story.rig.take_events(),
                [](const auto& event) { return event.at("type") == "terminal.status"; }),
            1);
}

TEST_P(ZvtPayment, ends_cancelled_where_the_card_is_taken_out) {
  ZvtStory story({.transport = GetParam(), .terminal = {{"removed", "yes"}}});
  EXPECT_EQ(story.pay(), 0);
  EXPECT_EQ(story.status, "cancelled");
}

link::Happening happening(const std::string& action, std::vector<std::string> args = {}) {
  link::Happening what;
  what.action = action;
  what.args = std::move(args);
  return what;
}

TEST_P(ZvtPayment, is_told_late_where_an_abort_comes_too_late) {
  ZvtStory story({.transport = GetParam(), .terminal = {{"insists", "yes"}, {"card_ms", "55000"}}});
  EXPECT_EQ(story.pay(), ZvtStory::amount) << told(story);
  EXPECT_EQ(story.status, "unknown_outcome");
  EXPECT_EQ(story.taken(), ZvtStory::amount);
  const auto events = story.rig.take_events();
  EXPECT_TRUE(std::ranges::any_of(
      events, [](const auto& event) { return event.at("type") == "terminal.late_result"; }));
}

TEST_P(ZvtPayment, is_found_where_the_terminal_never_said_a_word_of_it) {
  ZvtStory story({.transport = GetParam()});
  story.terminal().happen(happening("mute"), {});
  EXPECT_EQ(story.pay(), ZvtStory::amount) << told(story);
  EXPECT_EQ(story.status, "unknown_outcome");
  EXPECT_EQ(story.taken(), ZvtStory::amount);
}

TEST_P(ZvtPayment, takes_nothing_where_the_card_is_refused) {
  ZvtStory story({.transport = GetParam()});
  story.terminal().happen(happening("decline", {"limit used up"}), {});
  EXPECT_EQ(story.pay(), 0) << told(story);
  EXPECT_EQ(story.status, "declined");
  EXPECT_EQ(story.taken(), 0);
}

}  // namespace
}  // namespace cartwright::test
