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

}  // namespace
}  // namespace cartwright::test
