#include <gmock/gmock.h>

#include "unit/drivers/scale_dialogue.hpp"

namespace cartwright::test {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

TEST(SmaDialogue, weighs_two_equal_things_as_two_weighings) {
  Dialogue scale("scale-sma",
                 "2s scale0 place 1.250 kg\n4s scale0 remove\n6s scale0 place 1.250 kg\n");
  scale.run_until(9s);
  const auto told = settled(scale);
  EXPECT_EQ(std::count(told.begin(), told.end(), "1.250 kg"), 2);
  EXPECT_EQ(std::count(told.begin(), told.end(), "stable_zero"), 2);
  EXPECT_EQ(std::count(told.begin(), told.end(), "device.info"), 1);
  EXPECT_EQ(std::count(told.begin(), told.end(), "scale.range"), 1);
}

TEST(SmaDialogue, reads_what_lies_there_at_the_start_in_the_scales_unit) {
  Dialogue scale("scale-sma", "0s scale0 place 2.76 lb\n", {}, "{}",
                 {{"unit", "lb"}, {"places", "2"}});
  scale.run_until(1s);
  EXPECT_THAT(settled(scale), ElementsAre("2.76 lb"));
}

TEST(SmaDialogue, reads_through_the_settling) {
  Dialogue scale("scale-sma", "3s scale0 place 0.482 kg\n");
  scale.run_until(3050ms);
  const auto op = scale.rig.command(R"({"read":{}})", Rig::Within{.soft = 3s, .hard = 4s});
  scale.run_until(5s);
  EXPECT_EQ(scale.rig.done(op).status, "ok");
  EXPECT_EQ(scale.rig.done(op).result.at("grams"), 482);
}

TEST(SmaDialogue, tares_and_clears_the_tare) {
  Dialogue scale("scale-sma", "0.2s scale0 place 1.450 kg\n");
  scale.run_until(4s);
  auto op = scale.rig.command(R"({"tare":{"indicated":"200","unit":"g"}})");
  scale.run_until(5s);
  EXPECT_EQ(scale.rig.done(op).status, "ok");
  EXPECT_EQ(settled(scale).back(), "1.250 kg net");
  op = scale.rig.command(R"({"tare":{"indicated":"0","unit":"kg"}})");
  scale.run_until(6s);
  EXPECT_EQ(scale.rig.done(op).status, "ok");
  EXPECT_EQ(settled(scale).back(), "1.450 kg");
  op = scale.rig.command(R"({"tare":{"indicated":"16","unit":"kg"}})");
  scale.run_until(7s);
  EXPECT_EQ(scale.rig.done(op).status, "out_of_range");
}

TEST(SmaDialogue, tares_what_lies_there_once_it_rests) {
  Dialogue scale("scale-sma", "4s scale0 place 0.200 kg\n7s scale0 place 0.325 kg\n");
  scale.run_until(4300ms);
  const auto op = scale.rig.command(R"({"tare_load":{}})");
  scale.run_until(6s);
  EXPECT_EQ(scale.rig.done(op).status, "ok");
  EXPECT_EQ(settled(scale).back(), "stable_zero");
  scale.run_until(9s);
  EXPECT_THAT(settled(scale), ElementsAre("0.125 kg net"));
}

TEST(SmaDialogue, zeroes_a_small_load_once_it_rests_and_no_large_one) {
  Dialogue scale("scale-sma", "4s scale0 place 0.020 kg\n7s scale0 place 2 kg\n");
  scale.run_until(4300ms);
  auto op = scale.rig.command(R"({"zero":{}})");
  scale.run_until(6s);
  EXPECT_EQ(scale.rig.done(op).status, "ok");
  EXPECT_EQ(settled(scale).back(), "stable_zero");
  scale.run_until(9s);
  op = scale.rig.command(R"({"zero":{}})");
  scale.run_until(10s);
  EXPECT_EQ(scale.rig.done(op).status, "out_of_range");
  EXPECT_EQ(settled(scale).back(), "1.980 kg");
}

TEST(SmaDialogue, a_level_1_scale_weighs_and_has_no_tare) {
  Dialogue scale("scale-sma", "0s scale0 place 1 kg\n", {}, "{}", {{"level", "1"}});
  scale.run_until(4s);
  EXPECT_EQ(settled(scale).front(), "1.000 kg");
  auto op = scale.rig.command(R"({"tare":{"indicated":"5","unit":"g"}})");
  scale.run_until(5s);
  EXPECT_EQ(scale.rig.done(op).status, "unsupported");
  op = scale.rig.command(R"({"check_health":{}})");
  scale.run_until(6s);
  EXPECT_EQ(scale.rig.done(op).status, "ok");
}

TEST(SmaDialogue, tells_an_overload_and_a_lift_below_zero) {
  Dialogue scale("scale-sma", "1s scale0 overload\n3s scale0 place -0.5 kg\n");
  scale.run_until(5s);
  const auto told = settled(scale);
  EXPECT_THAT(told, ::testing::Contains("over_capacity"));
  EXPECT_EQ(told.back(), "under_zero");
}

TEST(SmaDialogue, comes_back_after_silence_unplugging_and_a_reboot) {
  Dialogue scale("scale-sma",
                 "0s scale0 place 1 kg\n3s scale0 silence 2s\n6s scale0 unplug 1s\n"
                 "9s scale0 reboot\n13s scale0 error\n");
  expect_to_come_back(scale, "1.000 kg");
}

TEST(SmaDialogue, tells_no_false_weight_through_noise_garbage_and_bad_parity) {
  expect_no_false_weight("scale-sma", "1.234 kg", "1.234");
}

}  // namespace
}  // namespace cartwright::test
