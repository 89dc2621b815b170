#include <gmock/gmock.h>

#include "unit/drivers/dialogue.hpp"

namespace cartwright::test {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::string walk =
    "0.1s locator0 position 1000 1000\n6s locator0 position 1900 1000\n"
    "7s locator0 position 3000 1000\n9s locator0 position 9000 9000\n";
const std::string map = R"({"zones":"dairy=0,0,2000,2000; fruit=2000,0,4000,2000"})";

std::vector<std::string> zones_of(Rig& rig) {
  std::vector<std::string> zones;
  for (const auto& event : rig.take_events()) {
    if (event.at("type") == "locator.zone") zones.push_back(event.value("name", "-"));
  }
  return zones;
}

TEST(Dwm1001Dialogue, starts_a_module_that_tells_nothing_and_follows_it) {
  Dialogue cart("locator-dwm1001", walk, {}, map);
  cart.run_until(12s);
  EXPECT_THAT(zones_of(cart.rig), ElementsAre("dairy", "fruit", "-"));
  EXPECT_THAT(cart.rig.take_faults(), IsEmpty());
}

TEST(Dwm1001Dialogue, leaves_a_running_module_in_its_mode) {
  for (const char* mode : {"lep", "lec", "les"}) {
    Dialogue cart("locator-dwm1001", walk, {}, map, {{"running", mode}});
    cart.run_until(12s);
    EXPECT_THAT(zones_of(cart.rig), ElementsAre("dairy", "fruit", "-")) << mode;
    EXPECT_THAT(cart.rig.take_faults(), IsEmpty()) << mode;
  }
}

TEST(Dwm1001Dialogue, comes_back_after_a_reboot_and_an_unplugging) {
  Dialogue cart("locator-dwm1001",
                "0.1s locator0 position 1000 1000\n5s locator0 reboot\n40s locator0 unplug 2s\n",
                {}, R"({"silence_s":5})");
  cart.run_until(4s);
  EXPECT_FALSE(cart.rig.take_events().empty());
  cart.run_until(25s);
  cart.rig.take_events();
  cart.run_until(30s);
  EXPECT_FALSE(cart.rig.take_events().empty());
  cart.run_until(50s);
  cart.rig.take_events();
  cart.run_until(55s);
  EXPECT_FALSE(cart.rig.take_events().empty());
}

TEST(Dwm1001Dialogue, tells_no_false_position_through_garbage) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    std::string scenario = "seed " + std::to_string(seed) + "\n0.1s locator0 position 1000 2000\n";
    for (int i = 0; i < 40; ++i) scenario += "+100ms locator0 noise 5\n+30ms locator0 garbage 15\n";
    Dialogue cart("locator-dwm1001", scenario, {}, "{}", {{"running", "lec"}});
    cart.run_until(6s);
    std::size_t count = 0;
    for (const auto& event : cart.rig.take_events()) {
      ++count;
      EXPECT_EQ(event.at("x_mm"), 1000);
      EXPECT_EQ(event.at("y_mm"), 2000);
    }
    EXPECT_GT(count, 10U);
  }
}

}  // namespace
}  // namespace cartwright::test
