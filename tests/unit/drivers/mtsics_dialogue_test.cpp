#include <gmock/gmock.h>

#include "unit/drivers/scale_dialogue.hpp"

namespace cartwright::test {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class MtSicsDialogue : public ::testing::TestWithParam<std::string> {
 protected:
  Dialogue with(const std::string& scenario, simulators::LineFaults faults = {},
                const simulators::OptionValues& options = {}) {
    return Dialogue("scale-mtsics", scenario, faults, GetParam(), options);
  }
};

TEST_P(MtSicsDialogue, weighs_two_equal_things_as_two_weighings) {
  auto scale = with("2s scale0 place 125 g\n4s scale0 remove\n6s scale0 place 125 g\n");
  scale.run_until(9s);
  EXPECT_THAT(settled(scale), ElementsAre("stable_zero", "scale.range", "device.info", "125.00 g",
                                          "stable_zero", "125.00 g"));
}

TEST_P(MtSicsDialogue, reads_what_lies_there_at_the_start) {
  auto scale = with("0s scale0 place 482 g\n");
  scale.run_until(2s);
  EXPECT_THAT(settled(scale),
              ::testing::UnorderedElementsAre("482.00 g", "scale.range", "device.info"));
}

TEST_P(MtSicsDialogue, reads_through_the_settling) {
  auto scale = with("3s scale0 place 482 g\n");
  scale.run_until(3050ms);
  const auto op = scale.rig.command(R"({"read":{}})", Rig::Within{.soft = 3s, .hard = 4s});
  scale.run_until(5s);
  EXPECT_EQ(scale.rig.done(op).status, "ok");
  EXPECT_EQ(scale.rig.done(op).result.at("grams"), 482);
}

TEST_P(MtSicsDialogue, tares_and_clears_the_tare) {
  auto scale = with("0.2s scale0 place 1450 g\n");
  scale.run_until(3s);
  auto op = scale.rig.command(R"({"tare":{"indicated":"0.200","unit":"kg"}})");
  scale.run_until(4s);
  EXPECT_EQ(scale.rig.done(op).status, "ok");
  EXPECT_EQ(settled(scale).back(), "1250.00 g net");
  op = scale.rig.command(R"({"tare":{"indicated":"0","unit":"g"}})");
  scale.run_until(5s);
  EXPECT_EQ(scale.rig.done(op).status, "ok");
  EXPECT_THAT(settled(scale), ElementsAre("1450.00 g"));
  op = scale.rig.command(R"({"tare":{"indicated":"9999","unit":"g"}})");
  scale.run_until(6s);
  EXPECT_EQ(scale.rig.done(op).status, "invalid");
}

TEST_P(MtSicsDialogue, tares_what_lies_there_once_it_rests) {
  auto scale = with("2s scale0 place 200 g\n5s scale0 place 325 g\n");
  scale.run_until(2300ms);
  const auto op = scale.rig.command(R"({"tare_load":{}})");
  scale.run_until(4s);
  EXPECT_EQ(scale.rig.done(op).status, "ok");
  EXPECT_EQ(settled(scale).back(), "stable_zero");
  scale.run_until(7s);
  EXPECT_THAT(settled(scale), ElementsAre("125.00 g net"));
}

TEST_P(MtSicsDialogue, zeroes_a_small_load_once_it_rests_and_no_large_one) {
  auto scale = with("2s scale0 place 20 g\n5s scale0 place 2 kg\n");
  scale.run_until(2300ms);
  auto op = scale.rig.command(R"({"zero":{}})");
  scale.run_until(4s);
  EXPECT_EQ(scale.rig.done(op).status, "ok");
  EXPECT_EQ(settled(scale).back(), "stable_zero");
  scale.run_until(7s);
  op = scale.rig.command(R"({"zero":{}})");
  scale.run_until(8s);
  EXPECT_EQ(scale.rig.done(op).status, "out_of_range");
  EXPECT_EQ(settled(scale).back(), "1980.00 g");
}

TEST_P(MtSicsDialogue, says_that_a_level_0_scale_has_no_tare) {
  auto scale = with("0s scale0 place 1 kg\n", {}, {{"level", "0"}});
  scale.run_until(3s);
  const auto op = scale.rig.command(R"({"tare":{"indicated":"5","unit":"g"}})");
  scale.run_until(4s);
  EXPECT_EQ(scale.rig.done(op).status, "unsupported");
  EXPECT_THAT(scale.rig.take_faults(), IsEmpty());
}

TEST_P(MtSicsDialogue, tells_an_overload_and_a_lift_below_zero) {
  auto scale = with("1s scale0 overload\n3s scale0 place -500 g\n");
  scale.run_until(5s);
  const auto told = settled(scale);
  EXPECT_THAT(told, ::testing::Contains("over_capacity"));
  EXPECT_EQ(told.back(), "under_zero");
}

TEST_P(MtSicsDialogue, comes_back_after_silence_unplugging_and_a_reboot) {
  auto scale = with(
      "0s scale0 place 1 kg\n3s scale0 silence 2s\n6s scale0 unplug 1s\n9s scale0 reboot\n"
      "13s scale0 error\n");
  expect_to_come_back(scale, "1000.00 g");
}

TEST_P(MtSicsDialogue, tells_no_false_weight_through_noise_garbage_and_bad_parity) {
  expect_no_false_weight("scale-mtsics", "1234 g", "1234.00", GetParam());
}

INSTANTIATE_TEST_SUITE_P(asked_and_repeating, MtSicsDialogue,
                         testing::Values("{}", R"({"repeat":true})"));

}  // namespace
}  // namespace cartwright::test
