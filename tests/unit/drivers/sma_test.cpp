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

struct Known {
  std::string rx;
  std::vector<std::string> told;
};
const Known known_answers[] = {
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
  for (const Known& known : known_answers) {
    ScaleRig fresh("scale-sma");
    EXPECT_EQ(fresh.told_after(known.rx), known.told) << known.rx;
    EXPECT_THAT(fresh.rig.take_faults(), IsEmpty()) << known.rx;
    EXPECT_EQ(fresh.rig.pending(), "") << known.rx;
  }
}

TEST_F(Sma, knows_every_published_answer) {
  const auto cases = published("sma_scale.json");
  if (!cases) GTEST_SKIP() << "no published vectors on this machine";
  for (const auto& one : *cases) {
    const std::string rx = hex(one.at("rx").get<std::string>());
    EXPECT_TRUE(std::any_of(std::begin(known_answers), std::end(known_answers),
                            [&](const Known& known) { return rx == known.rx; }))
        << one.dump();
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

TEST_F(Sma, names_a_unit_that_it_can_not_tell) {
  EXPECT_THAT(told_after("\n 1G       1.250l/o\r"), ElementsAre("not_ready"));
  EXPECT_EQ(rig.take_faults().size(), 1U);
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

TEST_F(Sma, tells_a_weight_once_and_again_after_motion_or_an_empty_plate) {
  EXPECT_THAT(told_after(rest_1250 + rest_1250), ElementsAre("1.250 kg"));
  EXPECT_THAT(told_after(moves + rest_1250), ElementsAre("0.350 kg moving", "1.250 kg"));
  EXPECT_THAT(told_after(zero + rest_1250), ElementsAre("stable_zero", "1.250 kg"));
}

TEST_F(Sma, says_once_that_the_scale_is_silent_and_goes_on_asking) {
  rig.advance(3s);
  EXPECT_THAT(told(), ElementsAre("not_ready"));
  EXPECT_GE(sent().size(), 9U);
  EXPECT_THAT(told_after(rest_1250), ElementsAre("1.250 kg"));
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

TEST_F(Sma, read_ends_with_the_next_stable_weight) {
  auto op = rig.command(R"({"read":{}})");
  rig.arrive(moves);
  EXPECT_TRUE(rig.is_open(op));
  rig.advance(200ms);
  rig.arrive(rest_1250);
  EXPECT_EQ(rig.done(op).status, "ok");
  EXPECT_EQ(rig.done(op).result.at("grams"), 1250);
  op = rig.command(R"({"read":{}})");
  rig.arrive("\nO1G      15.100kg_\r");
  EXPECT_EQ(rig.done(op).status, "out_of_range");
}

TEST_F(Sma, zero_is_sent_and_ends_with_the_scales_zero) {
  introduce();
  auto op = rig.command(R"({"zero":{}})");
  EXPECT_EQ(sent(), "\nZ\r");
  rig.arrive(zero);
  EXPECT_EQ(rig.done(op).status, "ok");
  op = rig.command(R"({"zero":{}})");
  rig.arrive("\nE1G  ----------kg_\r");
  EXPECT_EQ(rig.done(op).status, "out_of_range");
  op = rig.command(R"({"zero":{}})");
  rig.arrive("\n?\r");
  EXPECT_EQ(rig.done(op).status, "unsupported");
}

TEST_F(Sma, zero_is_sent_again_when_a_moving_load_rests) {
  introduce();
  const auto op = rig.command(R"({"zero":{}})", Rig::Within{.soft = 5s, .hard = 6s});
  rig.arrive("\nE1GM ----------kg_\r");
  EXPECT_EQ(sent(), "\nZ\r");
  rig.advance(200ms);
  EXPECT_EQ(sent(), "\nW\r");
  rig.arrive(moves);
  rig.advance(200ms);
  rig.arrive("\n 1G       0.004kg_\r");
  EXPECT_EQ(sent(), "\nW\r\nZ\r");
  rig.arrive(zero);
  EXPECT_EQ(rig.done(op).status, "ok");
}

TEST_F(Sma, zero_says_motion_when_the_load_never_rests) {
  introduce();
  const auto op = rig.command(R"({"zero":{}})", Rig::Within{.soft = 1s, .hard = 2s});
  for (int i = 0; i < 10 && rig.is_open(op); ++i) {
    rig.arrive(moves);
    rig.advance(200ms);
  }
  EXPECT_EQ(rig.done(op).status, "motion");
}

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

TEST_F(Sma, tare_of_the_load_waits_for_it_to_rest) {
  introduce();
  auto op = rig.command(R"({"tare_load":{}})");
  EXPECT_EQ(sent(), "\nT\r");
  rig.arrive("\nT1GM ----------kg_\r");
  rig.advance(200ms);
  rig.arrive(rest_1250);
  EXPECT_EQ(sent(), "\nW\r\nT\r");
  rig.arrive("\n 1N       0.000kg_\r");
  EXPECT_EQ(rig.done(op).status, "ok");
  op = rig.command(R"({"tare_load":{}})");
  rig.arrive("\nT1G  ----------kg_\r");
  EXPECT_EQ(rig.done(op).status, "out_of_range");
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

TEST_F(Sma, commands_end_when_the_line_goes_down) {
  const auto op = rig.command(R"({"zero":{}})");
  rig.link_down();
  EXPECT_EQ(rig.done(op).status, "link_down");
  sent();
  rig.advance(10s);
  EXPECT_EQ(sent(), "");
  rig.link_up();
  EXPECT_EQ(sent(), "\nW\r");
}

TEST_F(Sma, asks_only_when_it_must_where_live_is_off) {
  ScaleRig quiet("scale-sma", R"({"live":false})");
  quiet.rig.advance(5s);
  EXPECT_EQ(quiet.sent(), "");
  const auto op = quiet.rig.command(R"({"read":{}})");
  EXPECT_EQ(quiet.sent(), "\nW\r");
  quiet.rig.arrive(rest_1250);
  EXPECT_EQ(quiet.rig.done(op).status, "ok");
  quiet.rig.advance(5s);
  EXPECT_EQ(quiet.sent(), "");
}

}  // namespace
}  // namespace cartwright::test
