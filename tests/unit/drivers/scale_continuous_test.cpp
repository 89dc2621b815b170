#include <gmock/gmock.h>

#include "unit/drivers/bytes.hpp"
#include "unit/drivers/scale_words.hpp"

namespace cartwright::test {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Continuous : public ::testing::Test, protected ScaleRig {
 protected:
  Continuous() : ScaleRig("scale-continuous") {}
};
class ContinuousObeying : public ::testing::Test, protected ScaleRig {
 protected:
  ContinuousObeying() : ScaleRig("scale-continuous", R"({"commands":"ad"})") {}
};

struct Known {
  const char* line;
  std::vector<std::string> told;
};
const Known known_lines[] = {
    {"ST,GS,+0001.234kg\r\n", {"1.234 kg"}},
    {"ST,NT,+0001.234kg\r\n", {"1.234 kg net"}},
    {"US,GS,+0001.230kg\r\n", {"1.230 kg moving"}},
    {"ST,+00123.45  g\r\n", {"123.45 g"}},
    {"ST,GS,     1.2,kg\r\n", {"1.2 kg"}},
    {"ST,GS   12.05lb\r\n", {"12.05 lb"}},
    {"ST,GS,- 0.500 kg\r\n", {"-0.500 kg"}},
    {"ST,GS,+0001,234kg\r\n", {"1.234 kg"}},
    {"ST,OK,+0001.234 kg\r\n", {"1.234 kg"}},
    {"01ST,GS,     0.5,kg\r\n", {"0.5 kg"}},
    {"\x02ST,GS,+0012.5 oz\x03\r", {"12.5 oz"}},
    {"ST;GS; +1250.;g\n", {"1250 g"}},
    {"ST,GS,+0000.000kg\r\n", {"stable_zero"}},
    {"ST,GS,-0000.000kg\r\n", {"stable_zero"}},
    {"US,GS,+0000.000kg\r\n", {"0.000 kg moving"}},
    {"OL,+99999kg\r\n", {"over_capacity"}},
    {"OL,GS,+9999.99kg\r\n", {"over_capacity"}},
    {"OL,-99999kg\r\n", {"under_zero"}},
    {"UL,GS,     0.0,kg\r\n", {"under_zero"}},
    {"ST,TR,+0000.200kg\r\n", {}},
    {"\r\n\r\n", {}},
    {"Z\r\nT\r\nCT\r\n", {}},
};

TEST_F(Continuous, reads_every_form_of_line) {
  for (const Known& known : known_lines) {
    ScaleRig fresh("scale-continuous");
    EXPECT_EQ(fresh.told_after(known.line), known.told) << known.line;
    EXPECT_THAT(fresh.rig.take_faults(), IsEmpty()) << known.line;
    EXPECT_EQ(fresh.rig.pending(), "") << known.line;
    EXPECT_EQ(fresh.sent(), "");
  }
}

TEST_F(Continuous, knows_every_published_line) {
  const auto cases = published("ad_continuous.json");
  if (!cases) GTEST_SKIP() << "no published vectors on this machine";
  for (const auto& one : *cases) {
    const std::string rx = one.at("rx");
    EXPECT_TRUE(std::any_of(std::begin(known_lines), std::end(known_lines),
                            [&](const Known& known) { return rx == known.line; }))
        << rx << ": " << one.at("expect");
  }
}

TEST_F(Continuous, refuses_what_is_no_line) {
  for (const char* line :
       {"XX,GS,+0001.234kg", "ST,GS,+0001.2.4kg", "ST,GS,kg", "STGS+1kg", "ST,GS,+0001.234k9",
        "ST,GS,+00\xb1.234kg", "ST,GS,+0001.234kilos", "1,2,3", "ST,1,     0.0,PT    20.8,0,kg"}) {
    ScaleRig fresh("scale-continuous");
    EXPECT_THAT(fresh.told_after(std::string(line) + "\r\n"), IsEmpty()) << line;
    EXPECT_EQ(fresh.rig.take_faults().size(), 1U) << line;
  }
}

TEST_F(Continuous, calls_counts_and_other_units_what_they_are_once_for_a_run) {
  EXPECT_THAT(told_after("ST,GS,+0001.234kg\r\n"), ElementsAre("1.234 kg"));
  for (const char* line : {"QT,+00012345 PC\r\n", "ST,+0123.45 ct\r\n", "ST,+0123.4  %\r\n"}) {
    rig.arrive(line);
  }
  EXPECT_THAT(told(), ElementsAre("not_ready"));
  EXPECT_EQ(rig.take_faults().size(), 1U);
  EXPECT_THAT(told_after("ST,GS,+0001.234kg\r\n"), ElementsAre("1.234 kg"));
}

TEST_F(Continuous, takes_the_unit_of_the_setting_where_lines_name_none) {
  ScaleRig pounds("scale-continuous", R"({"unit":"lb"})");
  EXPECT_THAT(pounds.told_after("ST,GS,+0001.50\r\n"), ElementsAre("1.50 lb"));
  EXPECT_THAT(pounds.told_after("ST,GS,+0001.50kg\r\n"), ElementsAre("1.50 kg"));
  EXPECT_THAT(told_after("ST,GS,+0001.50\r\nST,GS,+0001.50\r\n"), IsEmpty());
  EXPECT_EQ(rig.take_faults().size(), 1U);
  rig.advance(2s);
  EXPECT_THAT(told(), ElementsAre("not_ready"));
}

TEST_F(Continuous, tells_a_weight_once_and_again_after_motion) {
  EXPECT_THAT(told_after("ST,GS,+0001.234kg\r\nST,GS,+0001.234kg\r\n"), ElementsAre("1.234 kg"));
  EXPECT_THAT(told_after("US,GS,+0001.234kg\r\nUS,GS,+0001.234kg\r\n"),
              ElementsAre("1.234 kg moving"));
  EXPECT_THAT(told_after("ST,GS,+0001.234kg\r\n"), ElementsAre("1.234 kg"));
}

TEST_F(Continuous, tells_a_moving_load_ten_times_a_second_at_most) {
  std::size_t count = 0;
  for (int i = 1; i <= 1000; ++i) {
    rig.advance(10ms);
    count += told_after("US,GS,+0000." + std::to_string(100 + i % 800) + "kg\r\n").size();
  }
  EXPECT_LE(count, 111U) << "10 s";
  EXPECT_GE(count, 100U);
  EXPECT_THAT(told_after("ST,GS,+0001.234kg\r\n"), ElementsAre("1.234 kg")) << "never kept back";
  EXPECT_THAT(told_after("US,GS,+0001.234kg\r\n"), ElementsAre("1.234 kg moving"));
}

TEST_F(Continuous, says_once_that_the_scale_is_silent) {
  rig.advance(1999ms);
  EXPECT_THAT(told(), IsEmpty());
  rig.advance(10s);
  EXPECT_THAT(told(), ElementsAre("not_ready"));
  EXPECT_THAT(told_after("ST,GS,+0001.234kg\r\n"), ElementsAre("1.234 kg"));
  rig.advance(3s);
  EXPECT_THAT(told(), ElementsAre("not_ready"));
}

TEST_F(Continuous, bounds_what_waits_for_the_end_of_a_line) {
  rig.arrive(std::string(500, 'x'));
  EXPECT_LT(rig.pending().size(), 64U);
  EXPECT_EQ(rig.take_faults().size(), 1U);
  EXPECT_THAT(told_after("\r\nST,GS,+0001.234kg\r\n"), ElementsAre("1.234 kg"));
}

TEST_F(Continuous, survives_more_lines_at_once_than_one_call_can_tell) {
  std::string many;
  for (int i = 0; i < 2000; ++i) many += i % 2 == 0 ? "ST,GS,+1kg\r\n" : "ST,GS,+2kg\r\n";
  rig.arrive(many);
  rig.advance(1ms);
  EXPECT_EQ(told().size(), 2000U);
  EXPECT_EQ(rig.counters().rollbacks, 0U);
}

// --- commands

TEST_F(Continuous, read_ends_with_the_next_stable_line) {
  const auto op = rig.command(R"({"read":{}})");
  rig.arrive("US,GS,+0001.200kg\r\n");
  EXPECT_TRUE(rig.is_open(op));
  rig.arrive("ST,NT,+0001.234kg\r\n");
  EXPECT_EQ(rig.done(op).status, "ok");
  EXPECT_EQ(rig.done(op).result.at("indicated"), "1.234");
  EXPECT_EQ(rig.done(op).result.at("net"), true);
}

TEST_F(Continuous, read_says_motion_out_of_range_and_timeout) {
  auto op = rig.command(R"({"read":{}})", Rig::Within{.soft = 1s, .hard = 2s});
  rig.arrive("US,GS,+0001.200kg\r\n");
  rig.advance(1s);
  EXPECT_EQ(rig.done(op).status, "motion");
  op = rig.command(R"({"read":{}})");
  rig.arrive("OL,+99999kg\r\n");
  EXPECT_EQ(rig.done(op).status, "out_of_range");
  op = rig.command(R"({"read":{}})", Rig::Within{.soft = 5s, .hard = 6s});
  rig.advance(6s);
  EXPECT_EQ(rig.done(op).status, "timeout");
  EXPECT_EQ(rig.done(rig.command(R"({"zero":{}})")).status, "unsupported");
  EXPECT_EQ(rig.done(rig.command(R"({"tare":{"indicated":"0","unit":"kg"}})")).status,
            "unsupported");
}

TEST_F(Continuous, health_is_a_line) {
  auto op = rig.command(R"({"check_health":{}})");
  rig.arrive("US,GS,+0001.200kg\r\n");
  EXPECT_EQ(rig.done(op).status, "ok");
  op = rig.command(R"({"check_health":{}})");
  rig.advance(2s);
  EXPECT_EQ(rig.done(op).status, "timeout");
}

TEST_F(Continuous, tells_nothing_while_it_is_disabled) {
  rig.command(R"({"enable":{"enabled":false}})");
  EXPECT_THAT(told_after("ST,GS,+0001.234kg\r\n"), IsEmpty());
  rig.advance(10s);
  EXPECT_THAT(told(), IsEmpty());
  rig.command(R"({"enable":{"enabled":true}})");
  EXPECT_THAT(told_after("ST,GS,+0001.234kg\r\n"), ElementsAre("1.234 kg"));
}

TEST_F(ContinuousObeying, zero_is_sent_and_ends_with_a_stable_zero) {
  told_after("ST,GS,+0000.004kg\r\n");
  const auto op = rig.command(R"({"zero":{}})");
  EXPECT_EQ(sent(), "Z\r\n");
  rig.arrive("Z\r\nST,GS,+0000.004kg\r\n");
  EXPECT_TRUE(rig.is_open(op)) << "that line may be older than the zero";
  rig.arrive("ST,GS,+0000.000kg\r\n");
  EXPECT_EQ(rig.done(op).status, "ok");
}

TEST_F(ContinuousObeying, zero_of_a_load_is_out_of_range) {
  const auto op = rig.command(R"({"zero":{}})");
  rig.arrive("ST,GS,+0001.234kg\r\n");
  rig.advance(1s);
  EXPECT_EQ(rig.done(op).status, "out_of_range");
}

TEST_F(ContinuousObeying, zero_is_sent_again_when_a_moving_load_rests) {
  const auto op = rig.command(R"({"zero":{}})");
  rig.arrive("US,GS,+0000.034kg\r\n");
  rig.advance(1s);
  EXPECT_EQ(sent(), "Z\r\n");
  rig.arrive("ST,GS,+0000.004kg\r\n");
  EXPECT_EQ(sent(), "Z\r\n");
  rig.arrive("ST,GS,+0000.000kg\r\n");
  EXPECT_EQ(rig.done(op).status, "ok");
}

TEST_F(ContinuousObeying, clears_a_tare_and_names_none) {
  auto op = rig.command(R"({"tare":{"indicated":"0","unit":"kg"}})");
  EXPECT_EQ(sent(), "CT\r\n");
  rig.arrive("ST,NT,+0001.034kg\r\n");
  EXPECT_TRUE(rig.is_open(op));
  rig.arrive("ST,GS,+0001.234kg\r\n");
  EXPECT_EQ(rig.done(op).status, "ok");
  op = rig.command(R"({"tare":{"indicated":"0.2","unit":"kg"}})");
  EXPECT_EQ(rig.done(op).status, "unsupported");
}

TEST_F(ContinuousObeying, tares_the_load) {
  auto op = rig.command(R"({"tare_load":{}})");
  EXPECT_EQ(sent(), "T\r\n");
  rig.arrive("US,GS,+0000.234kg\r\n");
  rig.advance(1s);
  rig.arrive("ST,GS,+0000.234kg\r\n");
  EXPECT_EQ(sent(), "T\r\n");
  rig.arrive("ST,NT,+0000.000kg\r\n");
  EXPECT_EQ(rig.done(op).status, "ok");
  op = rig.command(R"({"tare_load":{}})");
  rig.arrive("ST,GS,+0001.234kg\r\n");
  rig.advance(1s);
  EXPECT_EQ(rig.done(op).status, "out_of_range");
}

TEST_F(ContinuousObeying, asks_where_it_is_told_to) {
  ScaleRig asking("scale-continuous", R"({"commands":"ad","poll_ms":500})");
  EXPECT_EQ(asking.sent(), "Q\r\n");
  asking.rig.advance(1s);
  EXPECT_EQ(asking.sent(), "Q\r\nQ\r\n");
}

}  // namespace
}  // namespace cartwright::test
