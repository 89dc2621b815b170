#include <gtest/gtest.h>

#include "unit/drivers/dialogue.hpp"

namespace cartwright::test {
namespace {

using namespace std::chrono_literals;

const std::string blank(20, ' ');

TEST(EscposDialogue, is_drawn_again_after_it_was_unplugged_or_lost_power_unnoticed) {
  Dialogue display("display-escpos",
                   "1s display0 unplug 4s\n1.1s display0 reboot\n8s display0 reboot\n", {},
                   R"({"refresh_s":10})");
  display.rig.command(R"({"show":{"lines":["Total","3.50"]}})");
  display.run_until(500ms);
  EXPECT_EQ(display.line.device().screen()[1], "3.50                ");
  display.run_until(1500ms);
  EXPECT_EQ(display.line.device().screen()[1], blank);
  display.run_until(6s);
  EXPECT_EQ(display.line.device().screen()[1], "3.50                ");
  display.run_until(9s);
  EXPECT_EQ(display.line.device().screen()[1], blank);
  display.run_until(20s);
  EXPECT_EQ(display.line.device().screen()[1], "3.50                ");
}

TEST(EscposDialogue, runs_a_text_on_through_a_reconnection) {
  Dialogue display("display-escpos", "2s display0 unplug 1s\n2.1s display0 reboot\n");
  display.rig.command(R"({"scroll":{"row":0,"text":"Fresh today","step_ms":500}})");
  display.run_until(6s);
  const std::string shown = display.line.device().screen()[0];
  EXPECT_NE(shown, blank);
  display.run_until(7s);
  EXPECT_NE(display.line.device().screen()[0], shown);
}

}  // namespace
}  // namespace cartwright::test
