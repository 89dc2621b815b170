#include <gmock/gmock.h>

#include "unit/drivers/dialogue.hpp"

namespace cartwright::test {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

TEST(ScaleDialogue, weighs_two_equal_things_as_two_weighings) {
  Dialogue scale("scale-toledo8217",
                 "1s scale0 place 1.250 kg\n3s scale0 remove\n5s scale0 place 1.250 kg\n");
  scale.run_until(8s);
  EXPECT_THAT(scale.told(), ElementsAre("stable_zero", "in_motion", "1.250", "in_motion",
                                        "stable_zero", "in_motion", "1.250"));
}

TEST(ScaleDialogue, reads_through_the_settling) {
  Dialogue scale("scale-toledo8217", "1s scale0 place 0.482 kg\n");
  scale.run_until(1050ms);
  const auto op = scale.rig.command(R"({"read":{}})", Rig::Within{.soft = 3s, .hard = 4s});
  scale.run_until(3s);
  EXPECT_EQ(scale.rig.done(op).status, "ok");
  EXPECT_EQ(scale.rig.done(op).result.at("grams"), 482);
}

TEST(ScaleDialogue, tares_and_clears_the_tare) {
  Dialogue scale("scale-toledo8217", "0.2s scale0 place 1.450 kg\n");
  scale.run_until(2s);
  auto op = scale.rig.command(R"({"tare":{"indicated":"0.200","unit":"kg"}})");
  scale.run_until(3s);
  EXPECT_EQ(scale.rig.done(op).status, "ok");
  EXPECT_THAT(scale.told(), ElementsAre("stable_zero", "in_motion", "1.450", "1.250"));
  op = scale.rig.command(R"({"tare":{"indicated":"0","unit":"kg"}})");
  scale.run_until(4s);
  EXPECT_EQ(scale.rig.done(op).status, "ok");
  EXPECT_THAT(scale.told(), ElementsAre("1.450"));
}

TEST(ScaleDialogue, zeroes_a_small_load_once_it_rests_and_no_large_one) {
  Dialogue scale("scale-toledo8217", "1s scale0 place 0.020 kg\n4s scale0 place 2 kg\n");
  scale.run_until(1010ms);
  auto op = scale.rig.command(R"({"zero":{}})");
  scale.run_until(3s);
  EXPECT_EQ(scale.rig.done(op).status, "ok");
  scale.run_until(5s);
  op = scale.rig.command(R"({"zero":{}})");
  scale.run_until(6s);
  EXPECT_EQ(scale.rig.done(op).status, "out_of_range");
  EXPECT_EQ(scale.told().back(), "1.980");
}

TEST(ScaleDialogue, tells_an_overload_and_a_lift_below_zero) {
  Dialogue scale("scale-toledo8217", "1s scale0 overload\n3s scale0 place -0.5 kg\n");
  scale.run_until(5s);
  const auto told = scale.told();
  EXPECT_THAT(told, ::testing::Contains("over_capacity"));
  EXPECT_EQ(told.back(), "needs_zero");
}

TEST(ScaleDialogue, comes_back_after_silence_unplugging_and_a_reboot) {
  Dialogue scale("scale-toledo8217",
                 "1s scale0 place 1 kg\n3s scale0 silence 2s\n6s scale0 unplug 1s\n"
                 "9s scale0 reboot\n13s scale0 error\n");
  scale.run_until(2s);
  EXPECT_EQ(scale.told().back(), "1.000");
  scale.run_until(4s);
  EXPECT_THAT(scale.told(), ElementsAre("not_ready"));
  scale.run_until(8s);
  EXPECT_THAT(scale.told(), ElementsAre("1.000", "1.000"));
  scale.run_until(12s);
  EXPECT_THAT(scale.told(), ElementsAre("not_ready", "1.000"));
  scale.run_until(15s);
  EXPECT_THAT(scale.told(), ElementsAre("not_ready"));
}

TEST(ScaleDialogue, tells_no_false_weight_through_noise_garbage_and_bad_parity) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    std::string scenario = "seed " + std::to_string(seed) + "\n0.3s scale0 place 1.234 kg\n";
    for (int i = 0; i < 20; ++i) {
      scenario += "+150ms scale0 garbage 20\n+30ms scale0 noise 7\n";
    }
    Dialogue scale("scale-toledo8217", scenario, {.byte_gap = 1ms, .flip_every = 23});
    scale.run_until(9s);
    for (const auto& event : scale.rig.take_events()) {
      EXPECT_EQ(event.value("indicated", "1.234"), "1.234") << seed;
    }
    EXPECT_EQ(scale.rig.counters().rollbacks, 0U);
  }
}

}  // namespace
}  // namespace cartwright::test
