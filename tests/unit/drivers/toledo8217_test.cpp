#include <gmock/gmock.h>

#include "unit/drivers/bytes.hpp"
#include "unit/drivers/scale_words.hpp"

namespace cartwright::test {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Toledo8217 : public ::testing::Test, protected ScaleRig {
 protected:
  Toledo8217() : ScaleRig("scale-toledo8217") {}
};

const KnownAnswer known_answers[] = {
    {hex("0230302e3030300d"), {"stable_zero"}},
    {hex("0230312e3235304e0d"), {"1.250 kg net"}},
    {hex("023f010d"), {"in_motion"}},
    {hex("023f230d"), {"in_motion", "over_capacity"}},
    {hex("022020312e3233340d"), {"1.234 kg"}},
    {hex("022020350d"), {"5 kg"}},
    {hex("0220203530304e0d"), {"500 kg net"}},
    {hex("022020302e3030300d"), {"stable_zero"}},
    {hex("02202020322e3530300d"), {"2.500 kg"}},
    {hex(""), {}},
    // 8217 service manual: bit 6 of the status is always set, lb has two decimals.
    {hex("023f410d"), {"in_motion"}},
    {hex("023f640d"), {"under_zero"}},
    {hex("023f4c0d"), {"under_zero", "needs_zero"}},
    {hex("023f480d"), {"needs_zero"}},
    {hex("023f490d"), {"in_motion"}},
    {hex("023f500d"), {"stable_zero"}},
    {hex("023f400d"), {}},
    {hex("023f020d"), {"over_capacity"}},
    {hex("023f0d0d"), {"in_motion", "under_zero"}},
};

TEST_F(Toledo8217, reads_every_form_of_answer) {
  expect_told("scale-toledo8217", known_answers);
}

TEST_F(Toledo8217, knows_every_published_answer) {
  const auto cases = published("toledo_8217.json");
  if (!cases) GTEST_SKIP() << "no published vectors on this machine";
  for (const auto& one : *cases) {
    expect_among(known_answers, hex(one.at("rx").get<std::string>()));
  }
}

TEST_F(Toledo8217, tells_the_whole_weight) {
  rig.arrive(
      "\x02"
      "01.250N\r");
  const auto events = rig.take_events();
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0], nlohmann::json::parse(R"({"type":"scale.weight","indicated":"1.250",
      "unit":"kg","micrograms":1250000000,"grams":1250,"stable":true,"net":true,"zero":false})"));
}

TEST_F(Toledo8217, has_pounds_where_it_is_told_so) {
  Rig pounds("scale-toledo8217", R"({"unit":"lb"})");
  pounds.link_up();
  pounds.arrive(
      "\x02"
      "002.75\r");
  const auto events = pounds.take_events();
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].at("indicated"), "2.75");
  EXPECT_EQ(events[0].at("unit"), "lb");
  EXPECT_EQ(events[0].at("micrograms"), 1'247'379'018);  // 1247379017.5, half to even
}

TEST_F(Toledo8217, asks_when_the_line_is_up_and_again_after_each_answer) {
  EXPECT_EQ(sent(), "W");
  rig.arrive(
      "\x02"
      "01.250\r");
  EXPECT_EQ(sent(), "");
  rig.advance(199ms);
  EXPECT_EQ(sent(), "");
  rig.advance(1ms);
  EXPECT_EQ(sent(), "W");
}

TEST_F(Toledo8217, tells_a_weight_once_while_it_lies_there) {
  EXPECT_THAT(told_after("\x02"
                         "01.250\r"),
              ElementsAre("1.250 kg"));
  EXPECT_THAT(told_after("\x02"
                         "01.250\r"),
              IsEmpty());
  EXPECT_THAT(told_after("\x02"
                         "01.250N\r"),
              ElementsAre("1.250 kg net"));
}

TEST_F(Toledo8217, tells_what_remains_when_one_of_two_statuses_ends) {
  EXPECT_THAT(told_after("\x02?\x43\r"), ElementsAre("in_motion", "over_capacity"));
  EXPECT_THAT(told_after("\x02?\x42\r"), ElementsAre("over_capacity"));
  EXPECT_THAT(told_after("\x02?\x42\r"), IsEmpty());
}

TEST_F(Toledo8217, tells_garbage_once_and_reads_the_next_answer) {
  EXPECT_THAT(told_after("zzz"), IsEmpty());
  EXPECT_THAT(told_after("\xff\x02"
                         "0x"),
              IsEmpty());
  EXPECT_EQ(rig.take_faults().size(), 1U);
  EXPECT_THAT(told_after("\x02"
                         "01.250\r"),
              ElementsAre("1.250 kg"));
  EXPECT_THAT(told_after("\xb1\x02"
                         "02.500\r!"),
              ElementsAre("2.500 kg"));
  EXPECT_EQ(rig.take_faults().size(), 2U);
}

TEST_F(Toledo8217, never_takes_the_tail_of_a_cut_answer_for_a_weight) {
  EXPECT_THAT(told_after("\x02"
                         "12\x02"
                         "01.250\r"),
              ElementsAre("1.250 kg"));
  EXPECT_EQ(rig.take_faults().size(), 1U);
  EXPECT_THAT(told_after("\x02"
                         "01.2x50\r"),
              IsEmpty());
  EXPECT_THAT(told_after("\x02"
                         "1.2.3\r"),
              IsEmpty());
  EXPECT_THAT(told_after("\x02"
                         "12345678901234\r"),
              IsEmpty());
}

TEST_F(Toledo8217, keeps_an_incomplete_answer_pending) {
  EXPECT_THAT(told_after("\x02"
                         "01.2"),
              IsEmpty());
  EXPECT_EQ(to_hex_text(rig.pending()), "0230312e32");
  EXPECT_THAT(told_after("50\r"), ElementsAre("1.250 kg"));
}

TEST_F(Toledo8217, survives_more_answers_at_once_than_one_call_can_tell) {
  std::string many;
  for (int i = 0; i < 3000; ++i)
    many += i % 2 == 0 ? "\x02"
                         "1\r"
                       : "\x02"
                         "2\r";
  rig.arrive(many);
  rig.advance(1ms);
  EXPECT_EQ(told().size(), 3000U);
  EXPECT_EQ(rig.counters().rollbacks, 0U);
}

// --- commands

TEST_F(Toledo8217, read_ends_with_the_next_stable_weight) {
  const auto op = rig.command(R"({"read":{}})");
  rig.arrive("\x02?\x41\r");
  EXPECT_TRUE(rig.is_open(op));
  rig.advance(200ms);
  rig.arrive(
      "\x02"
      "01.250N\r");
  const auto done = rig.done(op);
  EXPECT_EQ(done.status, "ok");
  EXPECT_EQ(done.result.at("indicated"), "1.250");
  EXPECT_EQ(done.result.at("net"), true);
}

TEST_F(Toledo8217, read_says_out_of_range_over_capacity_and_under_zero) {
  auto op = rig.command(R"({"read":{}})");
  rig.arrive("\x02?\x42\r");
  EXPECT_EQ(rig.done(op).status, "out_of_range");
  op = rig.command(R"({"read":{}})");
  rig.arrive("\x02?\x44\r");
  EXPECT_EQ(rig.done(op).status, "out_of_range");
}

TEST_F(Toledo8217, read_of_an_empty_plate_is_zero) {
  const auto op = rig.command(R"({"read":{}})");
  rig.arrive(
      "\x02"
      "00.000\r");
  EXPECT_EQ(rig.done(op).status, "ok");
  EXPECT_EQ(rig.done(op).result.at("zero"), true);
}

TEST_F(Toledo8217, zero_is_sent_at_once_and_ends_with_the_scales_zero) {
  sent();
  const auto op = rig.command(R"({"zero":{}})");
  EXPECT_EQ(sent(), "Z");
  rig.arrive("\x02?\x50\r");
  EXPECT_EQ(rig.done(op).status, "ok");
}

TEST_F(Toledo8217, zero_of_a_load_is_out_of_range) {
  const auto op = rig.command(R"({"zero":{}})");
  rig.arrive("\x02?\x48\r");
  EXPECT_EQ(rig.done(op).status, "out_of_range");
  EXPECT_THAT(told(), IsEmpty()) << "a load outside the capture range does not mean a lost zero";
}

TEST_F(Toledo8217, tare_is_five_digits_in_the_scales_unit) {
  sent();
  auto op = rig.command(R"({"tare":{"indicated":"0.2","unit":"kg"}})");
  EXPECT_EQ(sent(), "T00200\r");
  rig.arrive("\x02?\x60\r");
  EXPECT_EQ(rig.done(op).status, "ok");
  op = rig.command(R"({"tare":{"indicated":"0.2005","unit":"kg"}})");
  EXPECT_EQ(rig.done(op).status, "invalid");
  op = rig.command(R"({"tare":{"indicated":"1","unit":"lb"}})");
  EXPECT_EQ(rig.done(op).status, "invalid");
  op = rig.command(R"({"tare":{"indicated":"0","unit":"kg"}})");
  EXPECT_EQ(sent(), "C");
  rig.arrive("\x02?\x50\r");
  EXPECT_EQ(rig.done(op).status, "ok");
}

TEST_F(Toledo8217, tare_says_timeout_where_the_scale_has_none) {
  const auto op = rig.command(R"({"tare":{"indicated":"0.2","unit":"kg"}})");
  rig.advance(600ms);
  EXPECT_EQ(rig.done(op).status, "timeout");
}

TEST_F(Toledo8217, health_is_an_answer) {
  auto op = rig.command(R"({"check_health":{}})");
  rig.arrive("\x02?\x41\r");
  EXPECT_EQ(rig.done(op).status, "ok");
  op = rig.command(R"({"check_health":{}})");
  rig.advance(600ms);
  EXPECT_EQ(rig.done(op).status, "timeout");
}

}  // namespace
}  // namespace cartwright::test
