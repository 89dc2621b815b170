#include <gmock/gmock.h>

#include "simulators/protocols/cd5220.hpp"
#include "unit/drivers/bytes.hpp"
#include "unit/plugins/rig.hpp"

namespace cartwright::test {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// The driver and, at the end of its line, the simulated display that obeys it.
struct Wired {
  explicit Wired(const std::string& settings = "{}", const simulators::OptionValues& font = {})
      : rig("display-cd5220", settings), display(font) {
    rig.link_up();
    draw();
  }
  std::vector<std::string> draw() {
    for (const auto& write : rig.take_wire()) display.bytes_in(as_bytes(write.data), 0s);
    return display.screen();
  }
  std::vector<std::string> show(const std::string& first, const std::string& second) {
    const nlohmann::json command{{"show", {{"lines", {first, second}}}}};
    const auto op = rig.command(command.dump());
    EXPECT_EQ(rig.done(op).status, "ok");
    return draw();
  }
  Rig rig;
  simulators::Cd5220 display;
};

TEST(Cd5220Driver, makes_the_display_ready_and_tells_its_size) {
  Rig rig("display-cd5220", R"({"brightness":50,"setup":"\\x1bfG"})");
  rig.link_up();
  const auto wire = rig.take_wire();
  ASSERT_EQ(wire.size(), 1U);
  EXPECT_EQ(to_hex_text(wire[0].data), "0c1b401b66471b111b5f001b2a02");
  const auto events = rig.take_events();
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].at("rows"), 2);
  EXPECT_EQ(events[0].at("columns"), 20);
}

TEST(Cd5220Driver, shows_two_lines) {
  Wired wired;
  EXPECT_THAT(wired.show("Bananas", "1.250 kg        2.49"),
              ElementsAre("Bananas             ", "1.250 kg        2.49"));
  EXPECT_THAT(wired.show("", "Total"), ElementsAre("                    ", "Total               "));
  EXPECT_THAT(wired.show("more than twenty columns", "ok"),
              ElementsAre("more than twenty col", "ok                  "));
}

TEST(Cd5220Driver, shows_the_same_by_string_commands) {
  Wired wired(R"({"write":"string"})");
  EXPECT_THAT(wired.show("Bananas", "2.49"),
              ElementsAre("Bananas             ", "2.49                "));
  EXPECT_EQ(wired.display.mode(), "string");
  EXPECT_THAT(wired.show("Total", "3.50"),
              ElementsAre("Total               ", "3.50                "));
  EXPECT_EQ(wired.rig.done(wired.rig.command(R"({"brightness":{"percent":25}})")).status, "ok");
  EXPECT_THAT(wired.draw(), ElementsAre("Total               ", "3.50                "));
  EXPECT_EQ(wired.display.brightness(), 1U);
  EXPECT_EQ(wired.rig.done(wired.rig.command(R"({"clear":{}})")).status, "ok");
  EXPECT_EQ(wired.draw()[0], std::string(20, ' '));
}

TEST(Cd5220Driver, writes_in_the_displays_font_and_spells_out_what_it_lacks) {
  Wired wired;
  EXPECT_THAT(wired.show("Käse Crème brûlée", "½ £ ä ° €"),
              ElementsAre("Käse Crème brûlée   ", "½ £ ä ° EUR         "));
  EXPECT_THAT(wired.show("Łódź – “piwo”…", "Ελλάδα \xF0\x9F\x8D\x8C"),
              ElementsAre("Lódz - \"piwo\"...    ", "????δα ?            "));
  Wired euro(R"({"code_page":"cp858"})", {{"code_page", "cp858"}});
  EXPECT_EQ(euro.show("12,99 €", "")[0], "12,99 €             ");
  Wired east(R"({"code_page":"cp852"})", {{"code_page", "cp852"}});
  EXPECT_EQ(east.show("Łódź", "")[0], "Łódź                ");
  Wired plain(R"({"code_page":"ascii"})", {{"code_page", "ascii"}});
  EXPECT_EQ(plain.show("Käse 2 ½", "")[0], "Kaese 2 1/2         ");
}

TEST(Cd5220Driver, keeps_columns_where_a_spelling_would_not_fit) {
  Wired wired;
  EXPECT_EQ(wired.show("Bananas      12.99 €", "")[0], "Bananas      12.99 E");
}

TEST(Cd5220Driver, shows_no_garbage_for_broken_text) {
  Wired wired;
  const auto op = wired.rig.command(R"({"show":{"lines":["a\tb\u0007c","\u0000"]}})");
  EXPECT_EQ(wired.rig.done(op).status, "ok");
  EXPECT_THAT(wired.draw(), ElementsAre("a b?c               ", "?                   "));
}

TEST(Cd5220Driver, sets_the_brightness_in_its_four_steps) {
  Wired wired;
  for (const auto& [percent, step] : {std::pair{0, 1U}, {25, 1U}, {26, 2U}, {75, 3U}, {100, 4U}}) {
    const nlohmann::json command{{"brightness", {{"percent", percent}}}};
    EXPECT_EQ(wired.rig.done(wired.rig.command(command.dump())).status, "ok");
    wired.draw();
    EXPECT_EQ(wired.display.brightness(), step) << percent;
  }
}

TEST(Cd5220Driver, writes_at_a_place_and_keeps_a_cursor_there) {
  Wired wired;
  wired.show("Total", "3.50");
  auto op = wired.rig.command(R"({"text_at":{"row":1,"column":16,"text":"EUR"}})");
  EXPECT_EQ(wired.rig.done(op).status, "ok");
  op = wired.rig.command(R"({"cursor":{"row":1,"column":5,"shape":"underline"}})");
  EXPECT_EQ(wired.rig.done(op).status, "ok");
  EXPECT_THAT(wired.draw(), ElementsAre("Total               ", "3.50            EUR "));
  EXPECT_TRUE(wired.display.cursor_visible());
  EXPECT_THAT(wired.display.cursor(), ElementsAre(6, 2));
  op = wired.rig.command(R"({"cursor":{"shape":"block"}})");
  EXPECT_EQ(wired.rig.done(op).status, "unsupported");
  Wired strings(R"({"write":"string"})");
  op = strings.rig.command(R"({"cursor":{"shape":"underline"}})");
  EXPECT_EQ(strings.rig.done(op).status, "unsupported");
}

TEST(Cd5220Driver, runs_a_text_through_either_row_in_both_ways_of_writing) {
  for (const char* settings : {"{}", R"({"write":"string"})"}) {
    Wired wired(settings);
    wired.show("Welcome", "");
    wired.rig.command(R"({"scroll":{"row":1,"text":"Strawberries","step_ms":100}})");
    EXPECT_EQ(wired.draw()[1], "Strawberries        ");
    wired.rig.advance(250ms);
    EXPECT_THAT(wired.draw(), ElementsAre("Welcome             ", "rawberries          "));
    EXPECT_THAT(wired.show("Total", "1"),
                ElementsAre("Total               ", "1                   "));
    wired.rig.advance(2s);
    EXPECT_THAT(wired.rig.take_wire(), IsEmpty());
  }
}

TEST(Cd5220Driver, a_newer_screen_replaces_one_that_waits) {
  Wired wired;
  wired.rig.hold_writes();
  const auto first = wired.rig.command(R"({"show":{"lines":["1"]}})");
  const auto second = wired.rig.command(R"({"show":{"lines":["2"]}})");
  const auto third = wired.rig.command(R"({"show":{"lines":["3"]}})");
  EXPECT_TRUE(wired.rig.is_open(first)) << "its bytes are on the wire";
  EXPECT_EQ(wired.rig.done(second).status, "cancelled");
  wired.rig.finish_write();
  EXPECT_EQ(wired.rig.done(first).status, "ok");
  wired.rig.finish_write();
  EXPECT_EQ(wired.rig.done(third).status, "ok");
  EXPECT_EQ(wired.draw()[0], "3                   ");
}

TEST(Cd5220Driver, a_cancelled_show_ends_once) {
  Wired wired;
  wired.rig.hold_writes();
  const auto op = wired.rig.command(R"({"show":{"lines":["1"]}})");
  wired.rig.cancel(op);
  EXPECT_EQ(wired.rig.done(op).status, "cancelled");
  wired.rig.finish_write();
  EXPECT_EQ(wired.rig.counters().refused_dones, 0U);
}

TEST(Cd5220Driver, draws_the_last_screen_when_the_display_comes_back) {
  Wired wired;
  wired.show("Total", "3.50");
  wired.rig.link_down();
  const auto op = wired.rig.command(R"({"show":{"lines":["Total","4.50"]}})");
  EXPECT_EQ(wired.rig.done(op).status, "link_down");
  wired.display.reboot(0s);
  wired.rig.link_up();
  EXPECT_THAT(wired.draw(), ElementsAre("Total               ", "4.50                "));
}

TEST(Cd5220Driver, ends_what_was_on_its_way_when_the_line_goes_down) {
  Wired wired;
  wired.rig.hold_writes();
  const auto op = wired.rig.command(R"({"show":{"lines":["1"]}})");
  wired.rig.link_down();
  EXPECT_EQ(wired.rig.done(op).status, "link_down");
  EXPECT_EQ(wired.rig.counters().refused_dones, 0U);
}

TEST(Cd5220Driver, answers_bytes_that_no_display_sends_with_a_fault) {
  Wired wired;
  wired.rig.arrive("W");
  EXPECT_EQ(wired.rig.take_faults().size(), 1U);
  EXPECT_EQ(wired.rig.pending(), "");
}

// --- the simulated display

class Cd5220Simulator : public ::testing::Test {
 protected:
  std::vector<std::string> after(const std::string& hexadecimal) {
    display.bytes_in(*from_hex(hexadecimal), 0s);
    return display.screen();
  }
  simulators::Cd5220 display{simulators::OptionValues{}};
};

TEST_F(Cd5220Simulator, shows_every_published_screen) {
  const auto cases = published("cd5220.json");
  if (!cases) GTEST_SKIP() << "no published vectors on this machine";
  for (const auto& one : *cases) {
    simulators::Cd5220 fresh{simulators::OptionValues{}};
    fresh.bytes_in(*from_hex(one.at("hex").get<std::string>()), 0s);
    EXPECT_EQ(nlohmann::json(fresh.screen()), one.at("lines")) << one.at("name");
    EXPECT_EQ(fresh.brightness(), one.at("brightness")) << one.at("name");
    EXPECT_EQ(fresh.cursor_visible(), one.at("cursor_visible")) << one.at("name");
    const bool viewport = one.at("mode") == "DisplayMode.VIEWPORT";
    EXPECT_EQ(fresh.mode(), viewport ? "viewport" : "normal") << one.at("name");
  }
}

TEST_F(Cd5220Simulator, moves_its_cursor) {
  EXPECT_THAT(after("1b6c0201411b5b4342"),
              ElementsAre(" A B                ", "                    "));
  EXPECT_THAT(display.cursor(), ElementsAre(5, 1));
  after("0a58");  // down, X
  EXPECT_THAT(after("1b5b4b59"), ElementsAre(" A B                ", "Y   X               "));
  EXPECT_THAT(after("1b5b525a41"), ElementsAre("AA B                ", "Y   X              Z"))
      << "behind the lower right corner comes the upper left one";
}

TEST_F(Cd5220Simulator, scrolls_within_a_window) {
  EXPECT_EQ(after("1b57010309011b131b6c040156494557504f525454455854")[0], "   ORTTEXT          ");
  EXPECT_EQ(display.mode(), "viewport");
}

TEST_F(Cd5220Simulator, scrolls_up_in_vertical_mode) {
  std::string rows = "1b12";
  for (const char* digit : {"31", "32", "33"}) {
    for (int i = 0; i < 20; ++i) rows += digit;
  }
  EXPECT_THAT(after(rows), ElementsAre(std::string(20, '3'), std::string(20, ' ')));
}

TEST_F(Cd5220Simulator, hears_strings_and_clears_alone_in_string_mode) {
  after("1b51414f4e450d");
  EXPECT_EQ(display.mode(), "string");
  after("4141411b2a011b40");
  EXPECT_THAT(after("1b514254574f0d"), ElementsAre("ONE                 ", "TWO                 "));
  EXPECT_EQ(display.brightness(), 4U);
  EXPECT_THAT(after("0c5a"), ElementsAre("Z                   ", "                    "));
  EXPECT_EQ(display.mode(), "normal");
}

TEST_F(Cd5220Simulator, ends_a_running_line_with_the_next_command) {
  after("1b514452554e0d");
  EXPECT_EQ(display.mode(), "scroll");
  EXPECT_EQ(after("58")[0], "X                   ");
}

TEST_F(Cd5220Simulator, takes_commands_in_any_pieces) {
  const std::string whole = "0c1b40411b6c0502421b2a021b5f011f45081b26012021011f011f43";
  simulators::Cd5220 pieces{simulators::OptionValues{}};
  for (std::size_t i = 0; i < whole.size(); i += 2)
    pieces.bytes_in(*from_hex(whole.substr(i, 2)), 0s);
  EXPECT_EQ(pieces.screen(), after(whole));
  EXPECT_EQ(pieces.brightness(), 2U);
  EXPECT_EQ(pieces.blink(), 8U);
  EXPECT_TRUE(pieces.cursor_visible());
}

}  // namespace
}  // namespace cartwright::test
