// Scales that are asked, and that can be tared, against the simulated scale of each.
#include <gmock/gmock.h>

#include "unit/drivers/scale_dialogue.hpp"

namespace cartwright::test {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

struct Asked {
  const char* name;
  const char* driver;
  const char* settings;
  bool in_grams;     // it shows 1250.00 g, else 1.250 kg
  const char* tare;  // 200 g, in the unit that it does not show
  const char* too_large_a_tare;
  const char* said_to_that;
};

class AskedScaleDialogue : public ::testing::TestWithParam<Asked> {
 protected:
  Dialogue with(const std::string& scenario) const {
    return Dialogue(GetParam().driver, scenario, {}, GetParam().settings);
  }
  // "1250.00 g" or "1.250 kg".
  static std::string shown(int grams) {
    if (GetParam().in_grams) return std::to_string(grams) + ".00 g";
    return std::to_string(grams / 1000) + "." + std::to_string(1000 + grams % 1000).substr(1) +
           " kg";
  }
};

TEST_P(AskedScaleDialogue, reads_through_the_settling) {
  auto scale = with("3s scale0 place 482 g\n");
  scale.run_until(3050ms);
  const auto op = scale.rig.command(R"({"read":{}})", Rig::Within{.soft = 3s, .hard = 4s});
  scale.run_until(5s);
  EXPECT_EQ(scale.rig.done(op).status, "ok");
  EXPECT_EQ(scale.rig.done(op).result.at("grams"), 482);
}

TEST_P(AskedScaleDialogue, tares_and_clears_the_tare) {
  auto scale = with("0.2s scale0 place 1450 g\n");
  scale.run_until(4s);
  auto op = scale.rig.command(GetParam().tare);
  scale.run_until(5s);
  EXPECT_EQ(scale.rig.done(op).status, "ok");
  EXPECT_EQ(settled(scale).back(), shown(1250) + " net");
  op = scale.rig.command(R"({"tare":{"indicated":"0","unit":"kg"}})");
  scale.run_until(6s);
  EXPECT_EQ(scale.rig.done(op).status, "ok");
  EXPECT_THAT(settled(scale), ElementsAre(shown(1450)));
  op = scale.rig.command(GetParam().too_large_a_tare);
  scale.run_until(7s);
  EXPECT_EQ(scale.rig.done(op).status, GetParam().said_to_that);
}

TEST_P(AskedScaleDialogue, tares_what_lies_there_once_it_rests) {
  auto scale = with("4s scale0 place 200 g\n7s scale0 place 325 g\n");
  scale.run_until(4300ms);
  const auto op = scale.rig.command(R"({"tare_load":{}})");
  scale.run_until(6s);
  EXPECT_EQ(scale.rig.done(op).status, "ok");
  EXPECT_EQ(settled(scale).back(), "stable_zero");
  scale.run_until(9s);
  EXPECT_THAT(settled(scale), ElementsAre(shown(125) + " net"));
}

TEST_P(AskedScaleDialogue, zeroes_a_small_load_once_it_rests_and_no_large_one) {
  auto scale = with("4s scale0 place 20 g\n7s scale0 place 2 kg\n");
  scale.run_until(4300ms);
  auto op = scale.rig.command(R"({"zero":{}})");
  scale.run_until(6s);
  EXPECT_EQ(scale.rig.done(op).status, "ok");
  EXPECT_EQ(settled(scale).back(), "stable_zero");
  scale.run_until(9s);
  op = scale.rig.command(R"({"zero":{}})");
  scale.run_until(10s);
  EXPECT_EQ(scale.rig.done(op).status, "out_of_range");
  EXPECT_EQ(settled(scale).back(), shown(1980));
}

TEST_P(AskedScaleDialogue, tells_an_overload_and_a_lift_below_zero) {
  auto scale = with("1s scale0 overload\n3s scale0 place -500 g\n");
  scale.run_until(5s);
  const auto told = settled(scale);
  EXPECT_THAT(told, ::testing::Contains("over_capacity"));
  EXPECT_EQ(told.back(), "under_zero");
}

TEST_P(AskedScaleDialogue, comes_back_after_silence_unplugging_and_a_reboot) {
  auto scale = with(
      "0s scale0 place 1 kg\n3s scale0 silence 2s\n6s scale0 unplug 1s\n9s scale0 reboot\n"
      "13s scale0 error\n");
  expect_to_come_back(scale, shown(1000));
}

TEST_P(AskedScaleDialogue, tells_no_false_weight_through_noise_garbage_and_bad_parity) {
  const std::string weight = shown(1234);
  expect_no_false_weight(GetParam().driver, "1234 g", weight.substr(0, weight.find(' ')),
                         GetParam().settings);
}

INSTANTIATE_TEST_SUITE_P(
    each, AskedScaleDialogue,
    testing::Values(Asked{"mtsics", "scale-mtsics", "{}", true,
                          R"({"tare":{"indicated":"0.200","unit":"kg"}})",
                          R"({"tare":{"indicated":"9999","unit":"g"}})", "invalid"},
                    Asked{"mtsics_repeating", "scale-mtsics", R"({"repeat":true})", true,
                          R"({"tare":{"indicated":"0.200","unit":"kg"}})",
                          R"({"tare":{"indicated":"9999","unit":"g"}})", "invalid"},
                    Asked{"sma", "scale-sma", "{}", false,
                          R"({"tare":{"indicated":"200","unit":"g"}})",
                          R"({"tare":{"indicated":"16","unit":"kg"}})", "out_of_range"}),
    [](const auto& test) { return std::string(test.param.name); });

}  // namespace
}  // namespace cartwright::test
