#include <gmock/gmock.h>

#include "unit/drivers/bytes.hpp"
#include "unit/drivers/scale_words.hpp"

namespace cartwright::test {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::string rests = "S S     100.00 g\r\n";
const std::string moves = "S D      98.30 g\r\n";
const std::string zero = "S S       0.00 g\r\n";

class MtSics : public ::testing::Test, protected ScaleRig {
 protected:
  explicit MtSics(const std::string& settings = "{}") : ScaleRig("scale-mtsics", settings) {}

  // The scale answered the first SI and what it is asked about itself.
  void introduce() {
    rig.arrive(rests);
    for (const char* answer : {"I2 A \"Model Standard 5100.00 g\"\r\n", "I3 A \"1.20 7.8\"\r\n",
                               "TA A       0.00 g\r\n", "I4 A \"1234567\"\r\n"}) {
      rig.advance(200ms);
      rig.arrive(answer);
      if (pending_question()) rig.arrive(rests);
    }
    rig.take_events();
    sent();
  }

 private:
  bool pending_question() { return sent().ends_with("SI\r\n"); }
};

const KnownAnswer known_answers[] = {
    {rests, {"100.00 g"}},
    {"S S     129.07 g\r\n", {"129.07 g"}},
    {moves, {"98.30 g moving"}},
    {"S S      -0.82 g\r\n", {"-0.82 g"}},
    {"S S     1.2345 kg\r\n", {"1.2345 kg"}},
    {"S S       4.50 oz\r\n", {"4.50 oz"}},
    {zero, {"stable_zero"}},
    {"S D       0.00 g\r\n", {"0.00 g moving"}},
    {"S +\r\n", {"over_capacity"}},
    {"S -\r\n", {"under_zero"}},
    {"S I\r\n", {"not_ready"}},
    {"S S Error 10b\r\n", {"fault"}},
    {"I2 I\r\n", {}},
    {"I3 I\r\n", {}},
    {"I4 I\r\n", {}},
    {"I4 A \"1234567\"\r\n", {"device.info"}},
    {"Z I\r\n", {}},
    {"ZI D\r\n", {}},
    {"ZI S\r\n", {}},
    {"Z A\r\n", {}},
    {"T S      50.00 g\r\n", {}},
    {"I0 B 0 \"I0\"\r\nI0 A 3 \"TI\"\r\n", {}},
    {"I1 A \"01\" \"2.00\" \"2.00\" \"\" \"\"\r\n", {}},
    {"\r\n", {}},
};

TEST_F(MtSics, reads_every_form_of_answer) {
  expect_told("scale-mtsics", known_answers);
}

TEST_F(MtSics, knows_every_published_answer) {
  const auto cases = published("mt_sics.json");
  if (!cases) GTEST_SKIP() << "no published vectors on this machine";
  for (const auto& one : *cases) {
    for (const std::string rx : one.at("rx")) expect_among(known_answers, rx);
  }
}

TEST_F(MtSics, refuses_what_is_no_answer) {
  for (const char* line : {"xyz", "S S 100.00", "S S 1.0.0 g", "S S 100.00 g g", "S X 100.00 g",
                           "s S 100.00 g", "S", "S SS 100.00 g", "S S\x02 100.00 g"}) {
    ScaleRig fresh("scale-mtsics");
    EXPECT_THAT(fresh.told_after(std::string(line) + "\r\n"),
                ::testing::AnyOf(IsEmpty(), ElementsAre("not_ready")))
        << line;
    EXPECT_EQ(fresh.rig.take_faults().size(), 1U) << line;
  }
}

TEST_F(MtSics, asks_when_the_line_is_up_and_again_after_each_answer) {
  EXPECT_EQ(sent(), "SI\r\n");
  rig.arrive(rests);
  rig.advance(199ms);
  EXPECT_EQ(sent(), "");
  rig.advance(1ms);
  EXPECT_EQ(sent(), "I2\r\n");
  rig.arrive("ES\r\n");
  EXPECT_EQ(sent(), "SI\r\n");
}

TEST_F(MtSics, learns_what_the_scale_is_between_the_weights) {
  rig.arrive(rests);
  rig.take_events();
  for (const char* answer : {"I2 A \"Model Standard 5100.00 g\"\r\n", "I3 A \"1.20 7.8\"\r\n",
                             "TA A       0.00 g\r\n"}) {
    rig.advance(200ms);
    rig.arrive(answer);
    const std::vector<std::string> told =
        answer[1] == '2' ? std::vector<std::string>{"scale.range"} : std::vector<std::string>{};
    EXPECT_EQ(told_after(rests), told);
  }
  rig.advance(200ms);
  rig.arrive("I4 A \"1234567\"\r\n");
  const auto events = rig.take_events();
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0],
            nlohmann::json::parse(R"({"type":"device.info","model":"Model Standard 5100.00 g",
      "firmware":"1.20 7.8","serial":"1234567"})"));
  EXPECT_EQ(sent(), "SI\r\nI2\r\nSI\r\nI3\r\nSI\r\nTA\r\nSI\r\nI4\r\nSI\r\n");
}

TEST_F(MtSics, tells_the_capacity_that_stands_in_the_balance_data) {
  for (const auto& [answer, capacity] :
       {std::pair("I2 A \"Model Standard 5100.00 g\"\r\n", "5100.00 g"),
        {"I2 A \"XS204\" \"Excellence\" \"220.0090 g\"\r\n", "220.0090 g"},
        {"I2 A \"15 kg\"\r\n", "15 kg"}}) {
    rig.arrive(answer);
    const auto events = rig.take_events();
    ASSERT_EQ(events.size(), 1U) << answer;
    EXPECT_EQ(events[0].at("type"), "scale.range");
    EXPECT_EQ(
        events[0].at("capacity").get<std::string>() + " " + events[0].at("unit").get<std::string>(),
        capacity);
  }
  EXPECT_THAT(told_after("I2 A \"\"\r\nI2 A \"kg\"\r\nI2 A \"Model\"\r\n"), IsEmpty());
}

TEST_F(MtSics, bounds_what_waits_for_the_end_of_a_line) {
  rig.arrive(std::string(2000, 'x'));
  EXPECT_LE(rig.pending().size(), 256U);
  EXPECT_EQ(rig.take_faults().size(), 1U);
  EXPECT_THAT(told_after("\r\n" + rests), ElementsAre("100.00 g"));
}

// --- commands

TEST_F(MtSics, tare_is_sent_in_the_scales_unit) {
  introduce();
  auto op = rig.command(R"({"tare":{"indicated":"0.0125","unit":"kg"}})");
  EXPECT_EQ(sent(), "TA 12.5 g\r\n");
  rig.arrive("TA A      12.50 g\r\n");
  EXPECT_EQ(rig.done(op).status, "ok");
  rig.advance(200ms);
  EXPECT_THAT(told_after("S S      87.50 g\r\n"), ElementsAre("87.50 g net"));
  sent();
  op = rig.command(R"({"tare":{"indicated":"0","unit":"g"}})");
  EXPECT_EQ(sent(), "TAC\r\n");
  rig.arrive("TAC A\r\n");
  EXPECT_EQ(rig.done(op).status, "ok");
  rig.advance(200ms);
  EXPECT_THAT(told_after(rests), ElementsAre("100.00 g"));
  for (const auto& [answer, status] : {std::pair("TA L\r\n", "invalid"),
                                       {"TA I\r\n", "busy"},
                                       {"TA +\r\n", "out_of_range"},
                                       {"ES\r\n", "unsupported"}}) {
    op = rig.command(R"({"tare":{"indicated":"5","unit":"g"}})");
    rig.arrive(answer);
    EXPECT_EQ(rig.done(op).status, status) << answer;
  }
  op = rig.command(R"({"tare":{"indicated":"5","unit":"lb"}})");
  EXPECT_EQ(rig.done(op).status, "invalid");
}

TEST_F(MtSics, a_tare_of_the_load_makes_the_weights_net) {
  introduce();
  const auto op = rig.command(R"({"tare_load":{}})");
  rig.arrive("T S     100.00 g\r\n");
  EXPECT_EQ(rig.done(op).status, "ok");
  rig.advance(200ms);
  EXPECT_THAT(told_after("S S      -5.00 g\r\n"), ElementsAre("-5.00 g net"));
}

TEST_F(MtSics, sends_a_spoilt_request_again) {
  introduce();
  const auto op = rig.command(R"({"tare":{"indicated":"5","unit":"g"}})");
  EXPECT_EQ(sent(), "TA 5 g\r\n");
  rig.arrive("ET\r\n");
  EXPECT_EQ(sent(), "TA 5 g\r\n");
  rig.arrive("TA A       5.00 g\r\n");
  EXPECT_EQ(rig.done(op).status, "ok");
}

TEST_F(MtSics, power_on_takes_the_tare_away) {
  introduce();
  const auto op = rig.command(R"({"tare":{"indicated":"5","unit":"g"}})");
  rig.arrive("TA A       5.00 g\r\n");
  EXPECT_EQ(rig.done(op).status, "ok");
  rig.advance(200ms);
  EXPECT_THAT(told_after("S S      95.00 g\r\n"), ElementsAre("95.00 g net"));
  EXPECT_THAT(told_after("I4 A \"1234567\"\r\n"), ElementsAre("device.info"));
  EXPECT_THAT(told_after(rests), ElementsAre("100.00 g"));
}

TEST_F(MtSics, health_is_an_answer) {
  introduce();
  auto op = rig.command(R"({"check_health":{}})");
  rig.arrive(moves);
  EXPECT_EQ(rig.done(op).status, "ok");
  op = rig.command(R"({"check_health":{}})");
  rig.advance(800ms);
  EXPECT_EQ(rig.done(op).status, "timeout");
}

TEST_F(MtSics, lets_the_scale_repeat_where_it_is_told_so) {
  ScaleRig repeating("scale-mtsics", R"({"repeat":true})");
  EXPECT_EQ(repeating.sent(), "SIR\r\n");
  EXPECT_THAT(repeating.told_after(rests), ElementsAre("100.00 g"));
  EXPECT_EQ(repeating.sent(), "I2\r\n");
  repeating.rig.advance(400ms);
  EXPECT_THAT(repeating.told_after(rests + moves + rests),
              ElementsAre("98.30 g moving", "100.00 g"));
  for (int i = 0; i < 4; ++i) repeating.rig.arrive("ES\r\n");
  EXPECT_EQ(repeating.sent(), "I3\r\nTA\r\nI4\r\n");
  const auto op = repeating.rig.command(R"({"zero":{}})");
  EXPECT_EQ(repeating.sent(), "Z\r\n");
  repeating.rig.arrive(rests + "Z A\r\n");
  EXPECT_EQ(repeating.rig.done(op).status, "ok");
}

TEST_F(MtSics, begins_the_repetition_again_when_it_ended) {
  ScaleRig repeating("scale-mtsics", R"({"repeat":true})");
  repeating.rig.arrive(rests + "ES\r\nES\r\nES\r\nES\r\n");
  for (int i = 0; i < 10; ++i) {
    repeating.rig.arrive(rests);
    repeating.rig.advance(490ms);
  }
  EXPECT_THAT(repeating.told(), ElementsAre("100.00 g"));
  repeating.sent();
  repeating.rig.advance(2s);
  EXPECT_THAT(repeating.told(), ElementsAre("not_ready"));
  EXPECT_TRUE(repeating.sent().starts_with("SIR\r\n"));
  EXPECT_THAT(repeating.told_after(rests), ElementsAre("100.00 g"));
}

TEST_F(MtSics, begins_the_repetition_again_when_the_scale_was_switched_on) {
  ScaleRig repeating("scale-mtsics", R"({"repeat":true})");
  repeating.rig.arrive(rests + "ES\r\nES\r\nES\r\nES\r\n");
  repeating.sent();
  EXPECT_THAT(repeating.told_after("I4 A \"1234567\"\r\n"), ElementsAre("100.00 g", "device.info"));
  EXPECT_EQ(repeating.sent(), "SIR\r\n");
}

}  // namespace
}  // namespace cartwright::test
