#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "session_rig.hpp"

namespace cartwright::host {
namespace {

using test::Rig;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(SessionRecovery, commits_what_stands_before_the_slice_that_crashes) {
  Rig rig;
  rig.feed("one\ntwo\nth\x10ree\nfour\n");
  EXPECT_THAT(rig.out.labels, ElementsAre("one", "two", "four"));
  EXPECT_EQ(rig.session.counters().slices_aside, 1u);
  EXPECT_EQ(rig.session.counters().units_aside, 3u);
  EXPECT_EQ(rig.session.counters().incidents, 1u);
  EXPECT_THAT(rig.out.lines, Contains("info gap"));
}

TEST(SessionRecovery, sets_no_whole_label_aside_with_the_poison_behind_it) {
  Rig rig;
  rig.feed("a\nb\nc\nd\ne\nf\ng\nh\x10i\nj\nk\n");
  EXPECT_THAT(rig.out.labels, ElementsAre("a", "b", "c", "d", "e", "f", "g", "j", "k"));
  EXPECT_EQ(rig.session.counters().units_aside, 2u);
}

TEST(SessionRecovery, drops_the_state_before_it_drops_input) {
  Rig rig;
  rig.feed("one\ntw\x11o\nthree\n");
  EXPECT_THAT(rig.out.labels, ElementsAre("one", "tw\x11o", "three"));
  EXPECT_EQ(rig.session.counters().states_lost, 1u);
  EXPECT_EQ(rig.session.counters().slices_aside, 0u);
  EXPECT_THAT(rig.out.lines, Contains("restart 0"));
  EXPECT_THAT(rig.out.lines, Contains("info lost"));
}

TEST(SessionRecovery, takes_no_kill_for_poison) {
  Rig rig;
  rig.feed("one\ntw\x12o\nthree\n");
  EXPECT_THAT(rig.out.labels, ElementsAre("one", "tw\x12o", "three"));
  EXPECT_EQ(rig.session.counters().states_lost, 0u);
  EXPECT_EQ(rig.session.counters().kills, 2u);
}

TEST(SessionRecovery, gives_up_a_slice_that_is_killed_again_and_again) {
  Rig rig;
  rig.feed("one\n\x13\ntwo\nthree\n");
  EXPECT_THAT(rig.out.labels, ElementsAre("one", "two", "three"));
  EXPECT_EQ(rig.session.counters().slices_aside, 1u);
}

TEST(SessionRecovery, treats_a_roll_back_like_a_crash) {
  Rig rig;
  rig.feed("one\n\x04\ntwo\nthree\n");
  EXPECT_THAT(rig.out.labels, ElementsAre("one", "two", "three"));
  EXPECT_GE(rig.session.counters().rollbacks, 3u);
}

TEST(SessionRecovery, ends_open_commands_with_the_state_and_payments_as_unknown) {
  Rig rig;
  rig.command(R"({"beep":{"kind":"bad"}})");
  rig.command(R"({"authorize":{"amount_minor":1000,"currency":"978"}})");
  rig.feed("\x11\n");
  EXPECT_THAT(rig.out.lines, Contains("done 1 internal"));
  EXPECT_THAT(rig.out.lines, Contains("done 2 unknown_outcome"));
}

TEST(SessionRecovery, forgets_the_requests_of_a_lost_state) {
  Rig rig;
  const std::uint64_t life = rig.session.life();
  rig.command(R"({"beep":{"kind":"good"}})");
  rig.feed("\x11\n");
  rig.out.lines.clear();
  rig.session.io_done(life, 0, 0, 1001, CW_OK, 1, {}, 0);
  rig.run();
  EXPECT_THAT(rig.out.lines, IsEmpty());
}

TEST(SessionRecovery, stops_timers_with_the_state) {
  Rig rig({.tick_ms = 100});
  rig.advance(50);
  rig.feed("\x11\n");
  rig.out.lines.clear();
  rig.advance(60);
  EXPECT_THAT(rig.out.lines, IsEmpty());
  rig.advance(40);
  EXPECT_THAT(rig.out.lines, ElementsAre("tick 1"));
}

TEST(SessionRecovery, still_drops_bytes_by_whole_slices_after_a_lost_state) {
  Rig rig;
  rig.feed("\x10\x10\x10");
  rig.feed("skipped\nread\n");
  EXPECT_THAT(rig.out.labels, ElementsAre("read"));
  EXPECT_EQ(rig.session.counters().units_aside, 3u);
}

TEST(SessionRecovery, starts_over_when_told_to) {
  Rig rig;
  rig.command(R"({"beep":{"kind":"bad"}})");
  rig.feed("half");
  rig.session.start_over();
  rig.run();
  EXPECT_THAT(rig.out.lines, ElementsAre("done 1 internal", "restart 0", "info lost"));
  rig.feed("\n");
  EXPECT_THAT(rig.out.labels, ElementsAre("half"));
}

// Poison anywhere in any stream: each label without poison that does not touch one comes out once,
// in order, and the session comes to rest.
RC_GTEST_PROP(SessionRecoveryProperty, loses_only_labels_that_hold_poison_or_follow_it,
              (bool greedy)) {
  Rig rig({.greedy = greedy});
  const int count = *rc::gen::inRange(1, 12);
  std::string all;
  std::vector<std::string> must;
  bool after_poison = false;
  for (int i = 0; i < count; ++i) {
    const bool poison = *rc::gen::inRange(0, 5) == 0;
    const std::string label = "label" + std::to_string(i);
    if (!poison && !after_poison) must.push_back(label);
    all += poison ? label + "\x10tail\n" : label + "\n";
    after_poison = poison;
  }
  for (std::size_t at = 0; at < all.size();) {
    const auto length = *rc::gen::inRange<std::size_t>(1, 60);
    rig.session.data(0, 0, as_bytes(std::string_view(all).substr(at, length)));
    if (*rc::gen::arbitrary<bool>()) rig.run();
    at += length;
  }
  rig.run();
  std::size_t found = 0;
  for (const std::string& label : rig.out.labels) {
    if (found < must.size() && label == must[found]) ++found;
  }
  RC_ASSERT(found == must.size());
  std::set<std::string> once(rig.out.labels.begin(), rig.out.labels.end());
  RC_ASSERT(once.size() == rig.out.labels.size());
}

}  // namespace
}  // namespace cartwright::host
