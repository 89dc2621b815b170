#include "link/scenario.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "link/random.hpp"
#include "unit/link/support.hpp"

namespace cartwright::link {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAre;
using testing::HasSubstr;

Scenario parse(std::string_view text, std::optional<std::uint64_t> seed = std::nullopt) {
  return Scenario::parse(text, "trip.scenario", seed);
}

std::string refusal(std::string_view text) {
  return test::error_of([&] { parse(text); });
}

}  // namespace

// The first outputs of the reference implementation for seed 1234567.
TEST(SplitMix64, draws_the_reference_numbers) {
  SplitMix64 random(1234567);
  EXPECT_EQ(random.next(), 6457827717110365317U);
  EXPECT_EQ(random.next(), 3203168211198807973U);
  EXPECT_EQ(random.next(), 9817491932198370423U);
}

TEST(Scenario, reads_a_short_trip) {
  const Scenario trip = parse(
      "# a short trip\n"
      "seed 7\n"
      "0.5s    scanner0   scan 4006381333931\r\n"
      "\n"
      "+300ms  scale0     place 1.250 kg\n"
      "+1s     scanner0   garbage 12          # random bytes\n"
      "+1s     scanner0   unplug 2s\n"
      "+2s     terminal0  decline \"card expired\"");
  EXPECT_EQ(trip.seed, 7U);
  ASSERT_EQ(trip.happenings.size(), 5U);
  EXPECT_EQ(trip.happenings[0].at, milliseconds(500));
  EXPECT_EQ(trip.happenings[0].unit, "scanner0");
  EXPECT_EQ(trip.happenings[1].at, milliseconds(800));
  EXPECT_THAT(trip.happenings[1].args, ElementsAre("1.250", "kg"));
  EXPECT_EQ(trip.happenings[2].bytes.size(), 12U);
  EXPECT_EQ(trip.happenings[4].at, milliseconds(4800));
  EXPECT_EQ(trip.happenings[4].line, 8U);
  EXPECT_EQ(message_text(trip.happenings[4]), "decline \"card expired\"");
}

TEST(Scenario, sorts_blocks_by_time_and_keeps_the_order_of_one_moment) {
  const Scenario trip = parse(
      "2s scanner0 scan b\n+0s scanner0 scan c\n"
      "1s scale0 zero\n+1s scale0 motion\n");
  std::vector<std::string> order;
  for (const Happening& happening : trip.happenings) {
    order.push_back(message_text(happening));
  }
  EXPECT_THAT(order, ElementsAre("zero", "scan b", "scan c", "motion"));
}

TEST(Scenario, draws_the_same_from_the_same_seed) {
  constexpr std::string_view text =
      "seed 9\n1s~200ms scanner0 garbage 5\n+1s~500ms scanner0 noise 4\n";
  EXPECT_EQ(parse(text).happenings, parse(text).happenings);
  EXPECT_EQ(parse(text, 9).happenings, parse(text).happenings);
  EXPECT_NE(parse(text, 10).happenings, parse(text).happenings);
  const Scenario drawn = parse(text);
  EXPECT_EQ(to_hex(drawn.happenings[0].bytes), to_hex([] {
              SplitMix64 random(9);
              random.next();  // the jitter of the line
              return random.bytes(5);
            }()));
}

RC_GTEST_PROP(Scenario, jitter_stays_within_its_bounds, (std::uint64_t seed)) {
  const Scenario trip = parse("1s scale0 zero\n+300ms~50ms scale0 zero\n", seed);
  RC_ASSERT(trip.happenings[1].at >= milliseconds(1250));
  RC_ASSERT(trip.happenings[1].at <= milliseconds(1350));
}

TEST(Scenario, names_a_typo_with_file_and_line) {
  EXPECT_EQ(refusal("\n1s scanner0 scna 4006381333931\n"),
            "trip.scenario:2: unknown action \"scna\" for scanner0, did you mean \"scan\"?");
  EXPECT_EQ(refusal("1s scaner0 scan 1"),
            "trip.scenario:1: unknown unit \"scaner0\", did you mean \"scanner0\"?");
  EXPECT_EQ(refusal("1s scanner scan 1"),
            "trip.scenario:1: unknown unit \"scanner\", did you mean \"scanner0\"?");
  EXPECT_THAT(refusal("1s fridge0 open"), HasSubstr("a unit is scanner, scale, display"));
  EXPECT_THAT(refusal("1s display0 dance"), HasSubstr("known are garbage, noise, delay"));
  EXPECT_EQ(refusal("1s scale0 place 1.250 kgs"),
            "trip.scenario:1: \"kgs\" after place is none of kg, g, lb, oz, did you mean \"kg\"?");
}

TEST(Scenario, refuses_bad_times) {
  for (const char* time : {"1", "soon", "-1s", "+", "1s~", "1s~x", "1.5", "+-1s"}) {
    EXPECT_THAT(refusal(std::string(time) + " scale0 zero"), HasSubstr(":1: bad time")) << time;
  }
  EXPECT_THAT(refusal("1s~2s scale0 zero"), HasSubstr("jitter in \"1s~2s\" is larger"));
  EXPECT_THAT(refusal("864000s scale0 zero\n+1s scale0 zero"), HasSubstr(":2: a scenario ends"));
}

TEST(Scenario, refuses_bad_arguments) {
  EXPECT_THAT(refusal("1s scale0 place heavy kg"), HasSubstr("is no weight like 1.250"));
  EXPECT_EQ(refusal("1s scale0 place 1"), "trip.scenario:1: scale0 takes: place WEIGHT UNIT");
  EXPECT_EQ(refusal("1s scanner0 scan"), "trip.scenario:1: scanner0 takes: scan TEXT [NAME]");
  EXPECT_THAT(refusal("1s scale0 remove all"), HasSubstr("scale0 takes: remove"));
  EXPECT_THAT(refusal("1s scale0 garbage 0"), HasSubstr("is no number from 1 to 4096"));
  EXPECT_THAT(refusal("1s scale0 garbage 4097"), HasSubstr("is no number from 1 to 4096"));
  EXPECT_THAT(refusal("1s scale0 silence long"), HasSubstr("is no duration like 1.5s"));
  EXPECT_THAT(refusal("1s scanner0 scan 1 EAN13"), HasSubstr("is no name of small letters"));
  EXPECT_THAT(refusal("1s locator0 beacon b1 -128"), HasSubstr("signal strength"));
  EXPECT_THAT(refusal("1s locator0 position 1 y"), HasSubstr("is no number"));
  EXPECT_THAT(refusal("1s terminal0 decline \"\""), HasSubstr("is empty"));
  EXPECT_THAT(refusal("1s scale0"), HasSubstr("a line needs TIME UNIT ACTION"));
}

TEST(Scenario, refuses_open_quotes_and_unknown_escapes) {
  EXPECT_THAT(refusal("1s terminal0 decline \"card"), HasSubstr("a quote is open"));
  EXPECT_THAT(refusal("1s terminal0 decline \"a\"b"), HasSubstr("stands beside a word"));
  EXPECT_THAT(refusal("1s terminal0 decline \"\\n\""), HasSubstr("an escape is none of"));
  EXPECT_THAT(refusal("1s scanner0 scan a\x1d"), HasSubstr("a quote is open"));
}

TEST(Scenario, takes_a_seed_once_and_first) {
  EXPECT_THAT(refusal("seed 1\nseed 2"), HasSubstr(":2: seed must stand once"));
  EXPECT_THAT(refusal("1s scale0 zero\nseed 2"), HasSubstr(":2: seed must stand once"));
  EXPECT_THAT(refusal("seed x"), HasSubstr("seed needs one whole number"));
}

TEST(Scenario, refuses_lines_without_end) {
  EXPECT_THAT(refusal(std::string(5000, 'x')), HasSubstr("longer than 4096 bytes"));
}

RC_GTEST_PROP(Scenario, any_text_comes_back_from_its_message, (const std::string& text)) {
  Happening happening;
  happening.action = "scan";
  happening.args = {text};
  const auto words = read_words(message_text(happening));
  RC_ASSERT(words.has_value());
  RC_ASSERT(*words == (std::vector<std::string>{"scan", text}));
}

RC_GTEST_PROP(Scenario, any_input_is_read_or_refused_with_its_line, (const std::string& text)) {
  const std::string error = refusal("1s scale0 zero\n" + text);
  RC_ASSERT(error.empty() || error.starts_with("trip.scenario:"));
}

}  // namespace cartwright::link
