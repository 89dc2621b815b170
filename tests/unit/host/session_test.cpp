#include "host/session.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "session_rig.hpp"

namespace cartwright::host {
namespace {

using test::LineSettings;
using test::Rig;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

TEST(Session, shows_again_what_a_call_left) {
  Rig rig;
  rig.feed("4006381333931\n96385074\nrest");
  EXPECT_THAT(rig.out.labels, ElementsAre("4006381333931", "96385074"));
  EXPECT_EQ(as_text(rig.session.waiting(0, 0)), "rest");
  rig.feed("\n");
  EXPECT_THAT(rig.out.labels, ElementsAre("4006381333931", "96385074", "rest"));
  EXPECT_TRUE(rig.session.waiting(0, 0).empty());
}

TEST(Session, does_not_call_again_while_nothing_new_came) {
  Rig rig;
  rig.feed("half");
  const std::size_t calls = rig.calls;
  rig.run();
  EXPECT_EQ(rig.calls, calls);
}

// What comes from a USB device comes on an endpoint; a timer names none.
TEST(Session, shows_a_timer_what_waits_on_the_first_pipe_where_none_came_on_pipe_0) {
  Rig rig({.tick_ms = 10});
  rig.session.data(0, 0x81, as_bytes("half"));
  rig.run();
  rig.session.data(0, 0x81, as_bytes("\n"));
  rig.advance(10);
  EXPECT_THAT(rig.out.labels, ElementsAre("half"));
  bool shown = false;
  rig.session.data(0, 0x81, as_bytes("rest"));
  rig.run();
  rig.now_ns += 10'000'000;
  while (const CallRequest* request = rig.session.next_call(rig.now())) {
    const auto view = read_input(request->input);
    ASSERT_TRUE(view.has_value());
    if (view->input.kind == CW_IN_TIMER) {
      shown = view->input.pipe == 0x81 && view->input.pending_size == 4;
    }
    rig.session.commit(*rig.engine.call(*request));
  }
  EXPECT_TRUE(shown);
}

TEST(Session, waits_until_as_much_is_pending_as_the_driver_needs) {
  Rig rig({.need = 6});
  rig.feed("ab");
  const std::size_t calls = rig.calls;
  rig.feed("cde");
  EXPECT_EQ(rig.calls, calls);
  rig.feed("\n");
  EXPECT_THAT(rig.out.labels, ElementsAre("abcde"));
}

TEST(Session, tells_full_then_drops_and_counts_and_tells_the_gap) {
  Rig rig({.deaf = true});
  rig.feed(std::string(CW_PENDING_LIMIT, 'x'));
  EXPECT_FALSE(rig.session.wants_reading(0));
  EXPECT_EQ(rig.session.counters().dropped, 0u);
  rig.feed("yz");
  EXPECT_EQ(rig.session.counters().dropped, CW_PENDING_LIMIT);
  EXPECT_EQ(as_text(rig.session.waiting(0, 0)), "yz");
  EXPECT_THAT(rig.out.lines, ElementsAre("info gap"));
}

TEST(Session, never_joins_bytes_from_two_sides_of_a_gap) {
  Rig rig;
  rig.session.data(0, 0, as_bytes("kept\n" + std::string(CW_PENDING_LIMIT, 'x')));
  rig.session.data(0, 0, as_bytes("lost\n"));
  rig.run();
  EXPECT_THAT(rig.out.labels, ElementsAre("kept"));
  rig.feed("cut\nwhole\n");  // the driver skips to the first LF after a gap
  EXPECT_THAT(rig.out.labels, ElementsAre("kept", "whole"));
  EXPECT_EQ(rig.session.counters().dropped, 5u + 5u + CW_PENDING_LIMIT - 5u);
}

TEST(Session, clears_what_waits_when_the_link_goes_down_but_not_what_came_after) {
  Rig rig;
  rig.session.data(0, 0, as_bytes("one\ncut"));
  rig.session.link_down(0, CW_DOWN_HANG_UP);
  rig.session.link_up(0, link::Shape::stream, {});
  rig.session.data(0, 0, as_bytes("two\n"));
  rig.run();
  EXPECT_THAT(rig.out.labels, ElementsAre("one", "two"));
  EXPECT_EQ(rig.session.counters().cleared, 3u);
}

TEST(Session, fires_timers_at_their_time_and_in_order) {
  Rig rig({.tick_ms = 100});
  rig.advance(99);
  EXPECT_THAT(rig.out.lines, IsEmpty());
  rig.advance(1);
  EXPECT_THAT(rig.out.lines, ElementsAre("tick 1"));
  rig.advance(250);
  EXPECT_THAT(rig.out.lines, ElementsAre("tick 1", "tick 2", "tick 3"));
}

TEST(Session, ends_a_command_when_its_driver_does) {
  Rig rig;
  rig.command(R"({"beep":{"kind":"good"}})");
  EXPECT_THAT(rig.out.lines, ElementsAre("write G"));
  rig.session.io_done(rig.session.life(), 0, 0, 1001, CW_OK, 1, {}, 0);
  rig.run();
  EXPECT_THAT(rig.out.lines, ElementsAre("write G", "done 1 ok"));
}

TEST(Session, tells_one_done_where_a_driver_sends_two) {
  Rig rig;
  rig.command(R"({"clear":{}})");
  EXPECT_THAT(rig.out.lines, ElementsAre("done 1 ok"));
  EXPECT_EQ(rig.session.counters().refused_dones, 1u);
}

TEST(Session, asks_a_driver_to_stop_at_the_soft_deadline) {
  Rig rig;
  rig.command(R"({"beep":{"kind":"bad"}})", 100, 200);
  rig.advance(99);
  EXPECT_THAT(rig.out.lines, IsEmpty());
  rig.advance(1);
  EXPECT_THAT(rig.out.lines, ElementsAre("done 1 timeout"));
  rig.advance(1000);
  EXPECT_EQ(rig.out.lines.size(), 1u);
}

TEST(Session, ends_itself_at_the_hard_deadline_what_a_driver_never_ends) {
  Rig rig;
  rig.command(R"({"brightness":{"percent":5}})", 100, 200);
  rig.advance(199);
  EXPECT_THAT(rig.out.lines, IsEmpty());
  rig.advance(1);
  EXPECT_THAT(rig.out.lines, ElementsAre("done 1 timeout"));
  EXPECT_EQ(rig.session.counters().host_dones, 1u);
}

TEST(Session, ends_commands_while_no_call_comes_back) {
  Rig rig;
  rig.session.data(0, 0, as_bytes("one\n"));
  const CallRequest* const request = rig.session.next_call(rig.now());
  ASSERT_NE(request, nullptr);
  const Record command = command_from_json(R"({"brightness":{"percent":5}})");
  rig.session.command(command, 0, {rig.now_ns + 10, rig.now_ns + 20});
  rig.session.expire_commands(rig.now_ns + 10);
  EXPECT_THAT(rig.out.lines, ElementsAre("done 1 timeout"));
  rig.session.commit(*rig.engine.call(*request));
  rig.run();
  EXPECT_THAT(rig.out.labels, ElementsAre("one"));
  EXPECT_EQ(rig.out.lines.size(), 3u);
}

TEST(Session, says_unknown_of_a_payment_that_never_ended) {
  Rig rig;
  rig.command(R"({"authorize":{"amount_minor":1000,"currency":"978","key":"k1"}})", 100, 200);
  rig.advance(200);
  EXPECT_THAT(rig.out.lines, ElementsAre("done 1 unknown_outcome"));
}

TEST(Session, refuses_a_second_payment_with_the_same_key) {
  Rig rig;
  rig.command(R"({"authorize":{"amount_minor":1000,"currency":"978","key":"k1"}})");
  rig.command(R"({"authorize":{"amount_minor":1000,"currency":"978","key":"k1"}})");
  EXPECT_THAT(rig.out.lines, ElementsAre("refused duplicate"));
}

TEST(Session, cancels_a_command_when_asked) {
  Rig rig;
  const std::uint64_t op = rig.command(R"({"beep":{"kind":"bad"}})");
  rig.session.cancel(op);
  rig.run();
  EXPECT_THAT(rig.out.lines, ElementsAre("done 1 cancelled"));
}

TEST(Session, keeps_values_and_brings_them_back_at_the_next_start) {
  Rig rig;
  rig.feed("one\n\x07\n");
  EXPECT_THAT(rig.out.lines, Contains("keep 1 0100000000000000"));
  Rig next({}, rig.session.kept());
  EXPECT_EQ(next.session.kept().values().size(), 1u);
}

TEST(Session, brings_pieces_of_a_blob) {
  Rig rig;
  rig.command(R"({"check_health":{}})");
  EXPECT_THAT(rig.out.lines, ElementsAre("blob 5 at 2"));
  rig.session.blob(rig.session.life(), 1, 2, CW_OK, as_bytes("abcd"));
  rig.run();
  EXPECT_THAT(rig.out.lines, ElementsAre("blob 5 at 2", "log abcd", "done 1 ok"));
}

TEST(Session, gives_the_driver_a_last_word_and_then_rests) {
  Rig rig;
  rig.session.stop();
  rig.run();
  EXPECT_TRUE(rig.session.stopped());
  EXPECT_THAT(rig.out.lines, ElementsAre("write Z"));
  rig.feed("late\n");
  EXPECT_THAT(rig.out.labels, IsEmpty());
}

TEST(Session, rolls_effects_beyond_their_bound_back) {
  Rig rig;
  rig.feed("ok\n");
  rig.feed(std::string("x\x06") + "\nnext\nagain\n");
  EXPECT_THAT(rig.out.lines, Not(Contains("log more than fits")));
  EXPECT_GE(rig.session.counters().rollbacks, 1u);
  EXPECT_THAT(rig.out.labels, ElementsAre("ok", "next", "again"));
  EXPECT_EQ(rig.session.counters().units_aside, 2u);
}

// Whatever the pieces in which bytes arrive, the same labels come out, for both ways of reading.
RC_GTEST_PROP(SessionProperty, any_split_of_the_input_gives_the_same_events, (bool greedy)) {
  const auto words = *rc::gen::container<std::vector<std::string>>(
      rc::gen::container<std::string>(rc::gen::inRange('a', 'z')));
  std::string all;
  std::vector<std::string> expected;
  for (const std::string& word : words) {
    if (word.size() > 200) continue;
    expected.push_back(word);
    all += word + "\n";
  }
  Rig rig({.greedy = greedy});
  for (std::size_t at = 0; at < all.size();) {
    const auto length = *rc::gen::inRange<std::size_t>(1, 40);
    const bool at_once = *rc::gen::arbitrary<bool>();
    rig.session.data(0, 0, as_bytes(std::string_view(all).substr(at, length)));
    if (at_once) rig.run();
    at += length;
  }
  rig.run();
  RC_ASSERT(rig.out.labels == expected);
}

}  // namespace
}  // namespace cartwright::host
