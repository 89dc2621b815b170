#include <gtest/gtest.h>

#include "unit/drivers/dialogue.hpp"

namespace cartwright::test {
namespace {

using namespace std::chrono_literals;

TEST(DisplayDialogue, is_drawn_again_after_it_was_unplugged) {
  Dialogue display("display-cd5220", "1s display0 unplug 4s\n1.1s display0 reboot\n");
  display.rig.command(R"({"show":{"lines":["Total","3.50"]}})");
  display.run_until(500ms);
  EXPECT_EQ(display.line.device().screen()[1], "3.50                ");
  display.run_until(1500ms);
  EXPECT_EQ(display.line.device().screen()[1], std::string(20, ' '));
  display.run_until(6s);
  EXPECT_EQ(display.line.device().screen()[1], "3.50                ");
}

}  // namespace
}  // namespace cartwright::test
