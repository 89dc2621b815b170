#include <gmock/gmock.h>

#include "unit/drivers/scale_dialogue.hpp"

namespace cartwright::test {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

TEST(ContinuousDialogue, weighs_two_equal_things_as_two_weighings_in_every_form) {
  for (const char* form : {"common", "ad", "dini"}) {
    Dialogue scale("scale-continuous",
                   "1s scale0 place 1.250 kg\n3s scale0 remove\n5s scale0 place 1.250 kg\n", {},
                   "{}", {{"form", form}});
    scale.run_until(8s);
    EXPECT_THAT(settled(scale), ElementsAre("stable_zero", "1.250 kg", "stable_zero", "1.250 kg"))
        << form;
  }
}

TEST(ContinuousDialogue, reads_what_lies_there_at_the_start) {
  Dialogue scale("scale-continuous", "0s scale0 place 2.75 lb\n", {}, "{}",
                 {{"unit", "lb"}, {"places", "2"}});
  scale.run_until(1s);
  EXPECT_THAT(settled(scale), ElementsAre("2.75 lb"));
}

TEST(ContinuousDialogue, reads_through_the_settling) {
  Dialogue scale("scale-continuous", "1s scale0 place 0.482 kg\n");
  scale.run_until(1050ms);
  const auto op = scale.rig.command(R"({"read":{}})", Rig::Within{.soft = 3s, .hard = 4s});
  scale.run_until(3s);
  EXPECT_EQ(scale.rig.done(op).status, "ok");
  EXPECT_EQ(scale.rig.done(op).result.at("grams"), 482);
}

TEST(ContinuousDialogue, zeroes_and_clears_a_tare_where_the_scale_obeys) {
  Dialogue scale("scale-continuous",
                 "1s scale0 place 0.020 kg\n3s scale0 place 2 kg\n6s scale0 tare 0.5 kg\n", {},
                 R"({"commands":"ad"})");
  scale.run_until(1200ms);
  auto op = scale.rig.command(R"({"zero":{}})");
  scale.run_until(2900ms);
  EXPECT_EQ(scale.rig.done(op).status, "ok");
  scale.run_until(4s);
  op = scale.rig.command(R"({"zero":{}})");
  scale.run_until(5900ms);
  EXPECT_EQ(scale.rig.done(op).status, "out_of_range");
  scale.run_until(7s);
  EXPECT_EQ(settled(scale).back(), "1.480 kg net");
  op = scale.rig.command(R"({"tare":{"indicated":"0","unit":"kg"}})");
  scale.run_until(8s);
  EXPECT_EQ(scale.rig.done(op).status, "ok");
  EXPECT_EQ(settled(scale).back(), "1.980 kg");
}

TEST(ContinuousDialogue, asks_a_scale_that_sends_only_then) {
  Dialogue scale("scale-continuous", "1s scale0 place 1 kg\n", {},
                 R"({"commands":"ad","poll_ms":500})", {{"sends", "asked"}});
  scale.run_until(3s);
  EXPECT_THAT(settled(scale), ElementsAre("stable_zero", "1.000 kg"));
}

TEST(ContinuousDialogue, tells_an_overload) {
  Dialogue scale("scale-continuous", "1s scale0 overload\n");
  scale.run_until(3s);
  EXPECT_EQ(settled(scale).back(), "over_capacity");
}

TEST(ContinuousDialogue, comes_back_after_silence_unplugging_and_a_reboot) {
  Dialogue scale("scale-continuous",
                 "0s scale0 place 1 kg\n3s scale0 silence 2s\n6s scale0 unplug 1s\n"
                 "9s scale0 reboot\n13s scale0 error\n",
                 {}, R"({"silent_ms":1000})");
  expect_to_come_back(scale, "1.000 kg");
}

TEST(ContinuousDialogue, tells_no_false_weight_through_noise_garbage_and_bad_parity) {
  expect_no_false_weight("scale-continuous", "1.234 kg", "1.234");
}

}  // namespace
}  // namespace cartwright::test
