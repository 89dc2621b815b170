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

TEST_F(MockDisplay, puts_text_at_a_place_and_leaves_the_rest) {
  show(R"(["Käse 1.29","Total"])");
  const auto put = [this](int row, int column, const std::string& text) {
    return rig.done(rig.command("{\"text_at\":{\"row\":" + std::to_string(row) + ",\"column\":" +
                                std::to_string(column) + ",\"text\":\"" + text + "\"}}"));
  };
  EXPECT_EQ(put(0, 1, "öl ").status, "ok");
  EXPECT_EQ(rig.take_wire().at(0).data, "Köl  1.29\nTotal");
  EXPECT_EQ(put(1, 7, "1.2900").status, "ok");
  EXPECT_EQ(rig.take_wire().at(0).data, "Köl  1.29\nTotal  1.2");
  EXPECT_EQ(put(2, 0, "x").status, "invalid");
  EXPECT_EQ(put(0, 10, "x").status, "invalid");
  EXPECT_THAT(rig.take_wire(), IsEmpty());
}

TEST_F(MockDisplay, tells_where_the_cursor_is_seen_in_a_line_of_its_own) {
  const auto cursor = [this](const std::string& place, const std::string& shape) {
    return rig.done(rig.command("{\"cursor\":{" + place + ",\"shape\":\"" + shape + "\"}}")).status;
  };
  EXPECT_EQ(cursor(R"("row":1,"column":9)", "block"), "ok");
  EXPECT_EQ(rig.take_wire().at(0).data, "\n\ncursor 1 9 block");
  EXPECT_EQ(show(R"(["a"])"), "a\n\ncursor 1 9 block");
  EXPECT_EQ(cursor(R"("row":0,"column":10)", "underline"), "invalid");
  EXPECT_EQ(cursor(R"("row":0,"column":0)", "none"), "ok");
  EXPECT_EQ(rig.take_wire().at(0).data, "a\n");
}

TEST_F(MockDisplay, runs_a_text_through_a_row_until_something_else_is_there) {
  using namespace std::chrono_literals;
  const auto step = [this] {
    rig.advance(100ms);
    const auto wire = rig.take_wire();
    return wire.size() == 1 ? wire[0].data : std::to_string(wire.size()) + " messages";
  };
  show(R"(["top"])");
  const std::string text = R"({"scroll":{"row":1,"step_ms":100,"text":"Käse heute 1.29"}})";
  EXPECT_EQ(rig.done(rig.command(text)).status, "ok");
  EXPECT_EQ(rig.take_wire().at(0).data, "top\nKäse heute");
  EXPECT_EQ(step(), "top\näse heute ");
  for (int i = 0; i < 14; ++i) step();
  EXPECT_EQ(step(), "top\n         K");
  EXPECT_EQ(show(R"(["new"])"), "new\n");
  rig.advance(1s);
  EXPECT_THAT(rig.take_wire(), IsEmpty());
}

TEST_F(MockDisplay, keeps_a_run_within_what_the_link_takes) {
  using namespace std::chrono_literals;
  rig.hold_writes();
  const auto run = rig.command(R"({"scroll":{"row":0,"step_ms":20,"text":"milk"}})");
  rig.advance(1s);
  rig.finish_write();
  EXPECT_EQ(rig.done(run).status, "ok");
  EXPECT_EQ(rig.take_wire().size(), 1U);
  rig.advance(20ms);
  rig.finish_write();
  EXPECT_EQ(rig.take_wire().at(0).data, "ilk       \n");
  const auto none = rig.command(R"({"scroll":{"row":0,"step_ms":0,"text":""}})");
  rig.finish_write();
  EXPECT_EQ(rig.done(none).status, "ok");
  EXPECT_EQ(rig.take_wire().at(0).data, "\n");
}

TEST_F(MockDisplay, shows_a_cursor_in_the_order_of_its_command) {
  rig.hold_writes();
  const auto first = rig.command(R"({"show":{"lines":["1"]}})");
  const auto cursor = rig.command(R"({"cursor":{"row":0,"column":1,"shape":"block"}})");
  const auto last = rig.command(R"({"show":{"lines":["2"]}})");
  for (int i = 0; i < 3; ++i) rig.finish_write();
  for (const auto op : {first, cursor, last}) EXPECT_EQ(rig.done(op).status, "ok");
  const auto wire = rig.take_wire();
  ASSERT_EQ(wire.size(), 3U);
  EXPECT_EQ(wire[1].data, "1\n\ncursor 0 1 block");
  EXPECT_EQ(wire[2].data, "2\n\ncursor 0 1 block");
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
