#include <gmock/gmock.h>

#include "unit/plugins/rig.hpp"

namespace cartwright::test {
namespace {

using ::testing::IsEmpty;

class MockDisplay : public ::testing::Test {
 protected:
  MockDisplay() { rig.link_up(); }
  std::string show(const std::string& lines) {
    const auto op = rig.command(R"({"show":{"lines":)" + lines + "}}");
    EXPECT_EQ(rig.done(op).status, "ok");
    const auto wire = rig.take_wire();
    return wire.size() == 1 ? wire[0].data : std::to_string(wire.size()) + " messages";
  }
  Rig rig{"mock-display", R"({"rows":2,"columns":10})"};
};

TEST_F(MockDisplay, says_its_size_when_it_comes_up) {
  const auto events = rig.take_events();
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].at("rows"), 2);
  EXPECT_EQ(events[0].at("columns"), 10);
}

TEST_F(MockDisplay, writes_the_whole_screen_as_one_message) {
  EXPECT_EQ(show(R"(["Milk 1.29","Total 1.29"])"), "Milk 1.29\nTotal 1.29");
}

TEST_F(MockDisplay, cuts_long_lines_between_characters_and_blanks_missing_ones) {
  EXPECT_EQ(show(R"(["Käsespätzle 500 g"])"), "Käsespätzl\n");
  EXPECT_EQ(show(R"(["a","b","c"])"), "a\nb");
}

TEST_F(MockDisplay, clears_to_blank_lines) {
  EXPECT_EQ(rig.done(rig.command(R"({"clear":{}})")).status, "ok");
  EXPECT_EQ(rig.take_wire().at(0).data, "\n");
}

TEST_F(MockDisplay, never_shows_a_screen_that_a_newer_one_has_replaced) {
  rig.hold_writes();
  const auto first = rig.command(R"({"show":{"lines":["1"]}})");
  const auto stale = rig.command(R"({"show":{"lines":["2"]}})");
  const auto last = rig.command(R"({"show":{"lines":["3"]}})");
  EXPECT_EQ(rig.done(stale).status, "cancelled");
  rig.finish_write();
  rig.finish_write();
  EXPECT_EQ(rig.done(first).status, "ok");
  EXPECT_EQ(rig.done(last).status, "ok");
  const auto wire = rig.take_wire();
  ASSERT_EQ(wire.size(), 2U);
  EXPECT_EQ(wire[0].data, "1\n");
  EXPECT_EQ(wire[1].data, "3\n");
}

TEST_F(MockDisplay, takes_a_brightness_in_percent_alone) {
  EXPECT_EQ(rig.done(rig.command(R"({"brightness":{"percent":40}})")).status, "ok");
  EXPECT_EQ(rig.done(rig.command(R"({"brightness":{"percent":101}})")).status, "invalid");
}

TEST_F(MockDisplay, ends_a_screen_as_link_down_when_it_is_away) {
  rig.hold_writes();
  const auto waiting = rig.command(R"({"show":{"lines":["1"]}})");
  rig.link_down();
  EXPECT_EQ(rig.done(waiting).status, "link_down");
  EXPECT_EQ(rig.done(rig.command(R"({"show":{"lines":["2"]}})")).status, "link_down");
  EXPECT_THAT(rig.take_wire(), IsEmpty());
}

}  // namespace
}  // namespace cartwright::test
