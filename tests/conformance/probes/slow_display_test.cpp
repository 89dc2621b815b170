#include <gmock/gmock.h>

#include "unit/plugins/rig.hpp"

namespace cartwright::test {
namespace {

class SlowDisplay : public ::testing::Test {
 protected:
  SlowDisplay() {
    rig.link_up();
    rig.hold_writes();
  }
  std::uint64_t show(const std::string& first, const std::string& second) {
    return rig.command(R"({"show":{"lines":[")" + first + R"(",")" + second + R"("]}})");
  }
  // What stands on the screen after everything that waits has gone over the line.
  void drain(std::size_t writes) {
    for (std::size_t i = 0; i < writes; ++i) rig.finish_write();
    for (const auto& write : rig.take_wire()) {
      if (write.data[1] == 'B') {
        brightness = write.data[2];
      } else {
        rows[write.data[1] - '1'] = write.data.substr(2, write.data.find_last_not_of(' ') - 1);
        shown.push_back(rows[write.data[1] - '1']);
      }
    }
  }
  Rig rig{"probe-slow-display"};
  std::string rows[2];
  std::vector<std::string> shown;
  int brightness = 0;
};

TEST_F(SlowDisplay, sends_both_rows_of_a_screen) {
  const auto op = show("Milk", "1.29");
  drain(1);
  EXPECT_TRUE(rig.is_open(op));
  drain(1);
  EXPECT_EQ(rig.done(op).status, "ok");
  EXPECT_EQ(rows[0], "Milk");
  EXPECT_EQ(rows[1], "1.29");
}

TEST_F(SlowDisplay, never_shows_a_stale_screen_and_ends_each_once) {
  std::vector<std::uint64_t> ops;
  for (int i = 0; i < 50; ++i) ops.push_back(show("item " + std::to_string(i), "total"));
  // The first row of the first screen was on the wire; all else of the 49 older ones is gone.
  drain(3);
  EXPECT_EQ(shown, (std::vector<std::string>{"item 0", "item 49", "total"}));
  for (std::size_t i = 0; i + 1 < ops.size(); ++i) EXPECT_EQ(rig.done(ops[i]).status, "cancelled");
  EXPECT_EQ(rig.done(ops.back()).status, "ok");
}

TEST_F(SlowDisplay, leaves_a_write_that_is_not_to_be_replaced_in_its_place) {
  show("old", "old");
  rig.command(R"({"brightness":{"percent":40}})");
  show("new", "new");
  drain(4);
  EXPECT_EQ(brightness, 40);
  EXPECT_EQ(rows[0], "new");
  EXPECT_EQ(rows[1], "new");
}

TEST_F(SlowDisplay, ends_the_screen_as_link_down_when_the_line_goes) {
  const auto op = show("a", "b");
  rig.link_down();
  EXPECT_EQ(rig.done(op).status, "link_down");
  EXPECT_EQ(rig.done(show("c", "d")).status, "link_down");
}

}  // namespace
}  // namespace cartwright::test
