#include <gmock/gmock.h>

#include "unit/drivers/bytes.hpp"
#include "unit/drivers/scale_words.hpp"

namespace cartwright::test {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::string rest_1250 = "\n 1G       1.250kg_\r";
const std::string zero = "\nZ1G       0.000kg_\r";
const std::string moves = "\n 1GM      0.350kg_\r";

class Sma : public ::testing::Test, protected ScaleRig {
 protected:
  Sma() : ScaleRig("scale-sma") {}

  // The scale answered the first W, and said that it has nothing to say about itself.
  void introduce() {
    rig.arrive(rest_1250);
    rig.advance(200ms);
    rig.arrive("\n?\r" + rest_1250);
    rig.advance(200ms);
    rig.arrive("\n?\r" + rest_1250);
    rig.take_events();
    sent();
  }
};

const KnownAnswer known_answers[] = {
    {rest_1250, {"1.250 kg"}},
    {"\n 1N        2.76lb_\r", {"2.76 lb net"}},
    {"\n 1g      1.2520kg_\r", {"1.2520 kg"}},
    {"\nE1GM ----------kg_\r", {"in_motion"}},
    {"\n 1N       1.250kg_\r", {"1.250 kg net"}},
    {"\n 1T       0.200kg_\r", {}},
    {"\n 1G       1.450kg_\r", {"1.450 kg"}},
    {"\n 1G       1.000kg_\r", {"1.000 kg"}},
    {"\n    \r", {}},
    {"\nMFG:emupos\r", {}},
    {"\nCAP:kg_:15.000:5:3\r", {"scale.range"}},
    {zero, {"stable_zero"}},
    {moves, {"0.350 kg moving"}},
    {"\nZ1GM      0.000kg_\r", {"0.000 kg moving"}},
    {"\nO1G      15.100kg_\r", {"over_capacity"}},
    {"\nO1GM     15.100kg_\r", {"in_motion", "over_capacity"}},
    {"\nU1G      -0.100kg_\r", {"under_zero"}},
    {"\nE1G  ----------kg_\r", {"needs_zero"}},
    {"\nI1G  ----------kg_\r", {"needs_zero"}},
    {"\ne1G  ----------kg_\r", {"not_ready"}},
    {"\n 1G  ----------kg_\r", {"not_ready"}},
    {"\n 2G         100g  \r", {"100 g"}},
    {"\n 1G        4.50oz\r", {"4.50 oz"}},
    {"\nR   \r", {"fault"}},
    {"\n EC \r", {"fault", "needs_calibration"}},
    {"\n\n 1G       1.250kg \r", {"1.250 kg"}},
};

TEST_F(Sma, reads_every_form_of_answer) {
  expect_told("scale-sma", known_answers);
}

TEST_F(Sma, knows_every_published_answer) {
  const auto cases = published("sma_scale.json");
  if (!cases) GTEST_SKIP() << "no published vectors on this machine";
  for (const auto& one : *cases) {
    expect_among(known_answers, hex(one.at("rx").get<std::string>()));
  }
}

TEST_F(Sma, refuses_what_is_no_answer) {
  for (const char* bytes :
       {"xyz", "\n 1G       1.250kg_\n", "\n 1G       1.2.0kg_\r", "\nX1G       1.250kg_\r",
        "\n 1G      1.250kg_\r", "\n 1X       1.250kg_\r", "\n 1G \xb1     1.250kg_\r",
        "\n 1G       1.250k9_\r", "\nABCD\r"}) {
    ScaleRig fresh("scale-sma");
    EXPECT_THAT(fresh.told_after(bytes), IsEmpty()) << bytes;
    EXPECT_EQ(fresh.rig.take_faults().size(), 1U) << bytes;
  }
}

TEST_F(Sma, asks_when_the_line_is_up_and_again_after_each_answer) {
  EXPECT_EQ(sent(), "\nW\r");
  rig.arrive(rest_1250);
  EXPECT_EQ(sent(), "");
  rig.advance(199ms);
  EXPECT_EQ(sent(), "");
  rig.advance(1ms);
  EXPECT_EQ(sent(), "\nA\r");
  rig.arrive("\n?\r");
  EXPECT_EQ(sent(), "\nW\r");
  rig.arrive(rest_1250);
  rig.advance(200ms);
  EXPECT_EQ(sent(), "\nI\r");
  rig.arrive("\n?\r");
  EXPECT_EQ(sent(), "\nW\r");
  rig.arrive(rest_1250);
  rig.advance(200ms);
  EXPECT_EQ(sent(), "\nW\r");
}

TEST_F(Sma, learns_what_the_scale_is_between_the_weights) {
  rig.arrive(rest_1250);
  rig.take_events();
  for (const char* field :
       {"\nSMA:2/1.0\r", "\nMFG:Maker\r", "\nMOD:Model 15\r", "\nREV:1.2\r", "\nSN :0815\r"}) {
    rig.advance(200ms);
    rig.arrive(field);
    EXPECT_THAT(told_after(rest_1250), IsEmpty());
  }
  sent();
  rig.advance(200ms);
  EXPECT_EQ(sent(), "\nB\r");
  rig.arrive("\nEND:\r");
  const auto events = rig.take_events();
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0], nlohmann::json::parse(R"({"type":"device.info","maker":"Maker",
      "model":"Model 15","firmware":"1.2","serial":"0815"})"));
  sent();
  rig.arrive(rest_1250);
  for (const char* field : {"\nSMA:2/1.0\r", "\nTYP:S\r"}) {
    rig.advance(200ms);
    rig.arrive(field + rest_1250);
  }
  EXPECT_EQ(sent(), "\nI\r\nW\r\nN\r\nW\r");
  EXPECT_THAT(told(), IsEmpty());
  rig.advance(200ms);
  rig.arrive("\nCAP:kg_:15.000:5:3\r");
  const auto range = rig.take_events();
  ASSERT_EQ(range.size(), 1U);
  EXPECT_EQ(range[0],
            nlohmann::json::parse(
                R"({"type":"scale.range","capacity":"15.000","division":"0.005","unit":"kg"})"));
}

TEST_F(Sma, asks_no_more_about_a_scale_that_does_not_answer_that) {
  rig.arrive(rest_1250);
  rig.advance(700ms);
  EXPECT_EQ(sent(), "\nW\r\nA\r\nW\r");
  rig.arrive(rest_1250);
  rig.advance(700ms);
  EXPECT_EQ(sent(), "\nI\r\nW\r");
  rig.arrive(rest_1250);
  rig.advance(200ms);
  EXPECT_EQ(sent(), "\nW\r");
  EXPECT_THAT(told(), ElementsAre("1.250 kg"));
}

// --- commands

TEST_F(Sma, tare_is_sent_in_the_scales_unit) {
  introduce();
  auto op = rig.command(R"({"tare":{"indicated":"200","unit":"g"}})");
  EXPECT_EQ(sent(), "\nT0.200\r");
  rig.arrive("\n 1N       1.050kg_\r");
  EXPECT_EQ(rig.done(op).status, "ok");
  op = rig.command(R"({"tare":{"indicated":"0","unit":"kg"}})");
  EXPECT_EQ(sent(), "\nC\r");
  rig.arrive(rest_1250);
  EXPECT_EQ(rig.done(op).status, "ok");
  op = rig.command(R"({"tare":{"indicated":"99","unit":"kg"}})");
  EXPECT_EQ(sent(), "\nT99\r");
  rig.arrive("\nT1G  ----------kg_\r");
  EXPECT_EQ(rig.done(op).status, "out_of_range");
  op = rig.command(R"({"tare":{"indicated":"0.2","unit":"lb"}})");
  EXPECT_EQ(rig.done(op).status, "invalid");
  op = rig.command(R"({"tare":{"indicated":"-0.2","unit":"kg"}})");
  EXPECT_EQ(rig.done(op).status, "invalid");
}

TEST_F(Sma, commands_wait_for_the_answer_that_is_on_its_way) {
  sent();
  const auto op = rig.command(R"({"tare":{"indicated":"0.2","unit":"kg"}})");
  EXPECT_EQ(sent(), "");
  rig.arrive(rest_1250);
  EXPECT_EQ(sent(), "\nT0.2\r");
  EXPECT_EQ(rig.done(rig.command(R"({"read":{}})")).status, "busy");
  rig.arrive("\n 1N       1.050kg_\r");
  EXPECT_EQ(rig.done(op).status, "ok");
}

TEST_F(Sma, health_is_what_the_diagnostics_say) {
  introduce();
  auto op = rig.command(R"({"check_health":{}})");
  EXPECT_EQ(sent(), "\nD\r");
  rig.arrive("\n    \r");
  EXPECT_EQ(rig.done(op).status, "ok");
  op = rig.command(R"({"check_health":{}})");
  rig.arrive("\n  C \r");
  EXPECT_EQ(rig.done(op).status, "device_error");
  EXPECT_THAT(told(), ElementsAre("needs_calibration"));
  op = rig.command(R"({"check_health":{}})");
  rig.arrive("\n?\r");
  EXPECT_EQ(rig.done(op).status, "ok");
  op = rig.command(R"({"check_health":{}})");
  rig.advance(500ms);
  EXPECT_EQ(rig.done(op).status, "timeout");
}

}  // namespace
}  // namespace cartwright::test
