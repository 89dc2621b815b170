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

TEST_P(MtSicsDialogue, says_that_a_level_0_scale_has_no_tare) {
  auto scale = with("0s scale0 place 1 kg\n", {}, {{"level", "0"}});
  scale.run_until(3s);
  const auto op = scale.rig.command(R"({"tare":{"indicated":"5","unit":"g"}})");
  scale.run_until(4s);
  EXPECT_EQ(scale.rig.done(op).status, "unsupported");
  EXPECT_THAT(scale.rig.take_faults(), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(asked_and_repeating, MtSicsDialogue,
                         testing::Values("{}", R"({"repeat":true})"));

}  // namespace
}  // namespace cartwright::test
