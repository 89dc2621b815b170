#include <gmock/gmock.h>

#include "simulators/protocols/escpos.hpp"
#include "unit/drivers/bytes.hpp"
#include "unit/plugins/rig.hpp"

namespace cartwright::test {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::string blank(20, ' ');

std::string row(std::string text) {
  return text + std::string(20 - text.size(), ' ');
}

// The driver and, at the end of its line, the simulated display that obeys it.
struct Wired {
  explicit Wired(const std::string& settings = "{}", const simulators::OptionValues& device = {})
      : rig("display-escpos", settings), display(device) {
    rig.link_up();
    draw();
  }
  // What was sent since the last time, in hexadecimal; the display has seen it.
  std::string draw() {
    std::string sent;
    for (const auto& write : rig.take_wire()) {
      display.bytes_in(as_bytes(write.data), 0s);
      sent += to_hex_text(write.data);
    }
    return sent;
  }
  std::string give(const nlohmann::json& command) {
    const auto op = rig.command(command.dump());
    draw();
    return rig.is_open(op) ? "open" : rig.done(op).status;
  }
  std::vector<std::string> show(const std::string& first, const std::string& second) {
    EXPECT_EQ(give({{"show", {{"lines", {first, second}}}}}), "ok");
    return display.screen();
  }
  Rig rig;
  simulators::Escpos display;
};

TEST(EscposDriver, makes_the_display_ready_and_tells_its_size) {
  Rig rig("display-escpos", R"({"brightness":50,"setup":"\\x1fr\\x00","code_page":"cp852"})");
  rig.link_up();
  const auto wire = rig.take_wire();
  ASSERT_EQ(wire.size(), 1U);
  EXPECT_EQ(to_hex_text(wire[0].data), "1b3d021b401b74121b52001f72001f011f43001f45001f5803");
  const auto events = rig.take_events();
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].at("rows"), 2);
  EXPECT_EQ(events[0].at("columns"), 20);
}

TEST(EscposDriver, shows_two_lines_and_sends_what_has_changed) {
  Wired wired;
  EXPECT_THAT(wired.show("Bananas", "1.250 kg        2.49"),
              ElementsAre(row("Bananas"), "1.250 kg        2.49"));
  wired.rig.command(R"({"show":{"lines":["Bananas","1.250 kg        2.99"]}})");
  EXPECT_EQ(wired.draw(), "1f24130239");
  EXPECT_THAT(wired.display.screen(), ElementsAre(row("Bananas"), "1.250 kg        2.99"));
  EXPECT_THAT(wired.show("", "Total"), ElementsAre(blank, row("Total")));
  EXPECT_THAT(wired.show("more than twenty columns", "ok"),
              ElementsAre("more than twenty col", row("ok")));
}

TEST(EscposDriver, sends_nothing_for_what_is_shown_already) {
  Wired wired;
  wired.show("Total", "3.50");
  const auto op = wired.rig.command(R"({"show":{"lines":["Total","3.50"]}})");
  EXPECT_EQ(wired.rig.done(op).status, "ok");
  EXPECT_EQ(wired.draw(), "");
}

TEST(EscposDriver, fills_larger_displays) {
  Wired wired(R"({"rows":4,"columns":40})", {{"rows", "4"}, {"columns", "40"}});
  EXPECT_EQ(wired.give({{"show", {{"lines", {"1", "2", "3", std::string(40, 'x'), "5"}}}}}), "ok");
  EXPECT_EQ(wired.display.screen()[3], std::string(40, 'x'));
  EXPECT_EQ(wired.display.screen()[0], "1" + std::string(39, ' '));
}

TEST(EscposDriver, writes_in_the_chosen_table_and_spells_out_what_it_lacks) {
  Wired wired;
  EXPECT_EQ(wired.show("Käse Crème brûlée", "½ £ ä ° €")[0], "Käse Crème brûlée   ");
  EXPECT_EQ(wired.display.screen()[1], "½ £ ä ° EUR         ");
  EXPECT_EQ(wired.show("Bananas      12.99 €", "")[0], "Bananas      12.99 E");
  const std::map<std::string, std::string> texts{{"cp850", "Ñandú ×"}, {"cp852", "Łódź"},
                                                 {"cp858", "12,99 €"}, {"cp866", "Хлеб"},
                                                 {"cp1252", "“œuf”"},  {"ascii", "plain"}};
  for (const auto& [page, text] : texts) {
    Wired other(nlohmann::json{{"code_page", page}}.dump());
    EXPECT_TRUE(other.show(text, "")[0].starts_with(text + " ")) << page;
  }
  Wired ascii(R"({"code_page":"ascii"})");
  EXPECT_EQ(ascii.show("Käse 2 ½", "a\tb\u0007c")[0], row("Kaese 2 1/2"));
  EXPECT_EQ(ascii.display.screen()[1], row("a b?c"));
}

TEST(EscposDriver, sets_the_brightness_in_its_steps_and_makes_dark) {
  Wired wired;
  wired.show("Total", "");
  for (const auto& [percent, step] :
       {std::pair{1, 1U}, {20, 1U}, {21, 2U}, {60, 3U}, {61, 4U}, {100, 4U}, {0, 0U}}) {
    EXPECT_EQ(wired.give({{"brightness", {{"percent", percent}}}}), "ok");
    EXPECT_EQ(wired.display.brightness(), step) << percent;
  }
  EXPECT_EQ(wired.display.screen()[0], blank);
  EXPECT_EQ(wired.give({{"brightness", {{"percent", 101}}}}), "invalid");
}

TEST(EscposDriver, writes_text_at_a_place) {
  Wired wired;
  wired.show("Total", "3.50");
  EXPECT_EQ(wired.give({{"text_at", {{"row", 1}, {"column", 16}, {"text", "€ 12"}}}}), "ok");
  EXPECT_THAT(wired.display.screen(), ElementsAre(row("Total"), "3.50            E 12"));
  EXPECT_EQ(wired.give({{"text_at", {{"row", 2}, {"column", 0}, {"text", "x"}}}}), "invalid");
  EXPECT_EQ(wired.give({{"text_at", {{"row", 0}, {"column", 20}, {"text", "x"}}}}), "invalid");
}

TEST(EscposDriver, keeps_the_cursor_where_it_was_put) {
  Wired wired;
  EXPECT_FALSE(wired.display.cursor_visible());
  EXPECT_EQ(wired.give({{"cursor", {{"row", 1}, {"column", 3}, {"shape", "underline"}}}}), "ok");
  wired.show("PIN:", "****");
  EXPECT_TRUE(wired.display.cursor_visible());
  EXPECT_THAT(wired.display.cursor(), ElementsAre(4, 2));
  EXPECT_EQ(wired.give({{"cursor", {{"shape", "block"}}}}), "unsupported");
  EXPECT_EQ(wired.give({{"cursor", {{"row", 9}, {"shape", "none"}}}}), "invalid");
  EXPECT_EQ(wired.give({{"cursor", {{"shape", "none"}}}}), "ok");
  EXPECT_FALSE(wired.display.cursor_visible());
}

TEST(EscposDriver, runs_a_text_through_a_row_until_something_else_is_shown) {
  Wired wired(R"({"refresh_s":0})");
  wired.show("Welcome", "");
  EXPECT_EQ(wired.give({{"scroll", {{"row", 1}, {"text", "Strawberries 1.99"}, {"step_ms", 100}}}}),
            "ok");
  EXPECT_EQ(wired.display.screen()[1], row("Strawberries 1.99"));
  wired.rig.advance(350ms);
  wired.draw();
  EXPECT_THAT(wired.display.screen(), ElementsAre(row("Welcome"), row("awberries 1.99")));
  wired.rig.advance(3350ms);  // 37 columns are one round
  wired.draw();
  EXPECT_EQ(wired.display.screen()[1], row("Strawberries 1.99"));
  EXPECT_EQ(wired.give({{"scroll", {{"row", 1}, {"text", ""}}}}), "ok");
  EXPECT_EQ(wired.display.screen()[1], blank);
  wired.give({{"scroll", {{"row", 0}, {"text", "abc"}}}});
  wired.show("Total", "1");
  wired.rig.advance(10s);
  EXPECT_EQ(wired.draw(), "");
}

TEST(EscposDriver, a_running_text_never_outruns_the_line) {
  Wired wired(R"({"bytes_per_second":120,"refresh_s":0})");
  wired.rig.advance(20s);
  wired.give({{"scroll", {{"row", 0}, {"text", "Strawberries of the region"}, {"step_ms", 1}}}});
  std::size_t bytes = 0;
  for (int i = 0; i < 100; ++i) {
    wired.rig.advance(100ms);
    bytes += wired.draw().size() / 2;
  }
  EXPECT_GT(bytes, 100U);
  EXPECT_LE(bytes, 10 * 120U);
}

TEST(EscposDriver, clears) {
  Wired wired;
  wired.show("Total", "3.50");
  wired.rig.command(R"({"clear":{}})");
  EXPECT_EQ(wired.draw(), "0c");
  EXPECT_THAT(wired.display.screen(), ElementsAre(blank, blank));
}

TEST(EscposDriver, a_newer_screen_replaces_one_that_waits_and_nothing_is_missing_then) {
  Wired wired;
  wired.rig.hold_writes();
  const auto first = wired.rig.command(R"({"show":{"lines":["1"]}})");
  const auto second = wired.rig.command(R"({"show":{"lines":["","2"]}})");
  const auto light = wired.rig.command(R"({"brightness":{"percent":20}})");
  const auto third = wired.rig.command(R"({"show":{"lines":["","","3"]}})");
  EXPECT_TRUE(wired.rig.is_open(first)) << "its bytes are on the wire";
  EXPECT_EQ(wired.rig.done(second).status, "cancelled");
  wired.rig.finish_write();
  EXPECT_EQ(wired.rig.done(first).status, "ok");
  wired.rig.finish_write();
  EXPECT_EQ(wired.rig.done(third).status, "ok");
  EXPECT_EQ(wired.rig.done(light).status, "ok") << "the newer write carries it";
  wired.draw();
  EXPECT_EQ(wired.display.brightness(), 1U);
  EXPECT_THAT(wired.display.screen(), ElementsAre(blank, blank));
}

TEST(EscposDriver, paces_a_slow_line_and_shows_the_newest_screen) {
  Wired wired(R"({"bytes_per_second":100,"refresh_s":0})");
  std::vector<std::uint64_t> ops;
  for (int i = 0; i < 60; ++i) {
    const std::string line(20, static_cast<char>('A' + i % 26));
    ops.push_back(wired.rig.command(nlohmann::json{{"show", {{"lines", {line, line}}}}}.dump()));
  }
  EXPECT_LE(wired.draw().size() / 2, 512U) << "the rest waits";
  EXPECT_EQ(wired.rig.done(ops[58]).status, "cancelled");
  EXPECT_TRUE(wired.rig.is_open(ops[59]));
  wired.rig.advance(1s);
  wired.draw();
  EXPECT_EQ(wired.rig.done(ops[59]).status, "ok");
  EXPECT_EQ(wired.display.screen()[0], std::string(20, 'A' + 59 % 26));
}

TEST(EscposDriver, draws_the_last_screen_when_the_display_comes_back) {
  Wired wired;
  wired.show("Total", "3.50");
  wired.give({{"cursor", {{"row", 1}, {"column", 4}, {"shape", "underline"}}}});
  wired.rig.link_down();
  EXPECT_EQ(wired.give({{"show", {{"lines", {"Total", "4.50"}}}}}), "link_down");
  wired.display.reboot(0s);
  wired.rig.link_up();
  wired.draw();
  EXPECT_THAT(wired.display.screen(), ElementsAre(row("Total"), row("4.50")));
  EXPECT_THAT(wired.display.cursor(), ElementsAre(5, 2));
}

TEST(EscposDriver, heals_a_display_that_lost_power_unnoticed) {
  Wired wired(R"({"code_page":"cp858","brightness":40})");
  wired.show("Käse 1 €", "");
  wired.display.reboot(0s);
  EXPECT_EQ(wired.display.screen()[0], blank);
  wired.rig.advance(60s);
  wired.draw();
  EXPECT_EQ(wired.display.screen()[0], "Käse 1 €            ");
  EXPECT_EQ(wired.display.brightness(), 2U);
  EXPECT_FALSE(wired.display.cursor_visible());
}

TEST(EscposDriver, sends_all_again_after_a_write_that_failed) {
  Wired wired;
  wired.show("Total", "3.50");
  wired.rig.hold_writes();
  const auto op = wired.rig.command(R"({"show":{"lines":["Total","4.50"]}})");
  wired.rig.take_wire();
  wired.rig.finish_write(0, CW_TIMEOUT, 2);
  EXPECT_EQ(wired.rig.done(op).status, "timeout");
  wired.rig.command(R"({"show":{"lines":["Total","5.50"]}})");
  wired.rig.finish_write();
  wired.display.reboot(0s);
  wired.draw();
  EXPECT_THAT(wired.display.screen(), ElementsAre(row("Total"), row("5.50")));
}

TEST(EscposDriver, leaves_the_line_to_the_printer_behind_it) {
  Wired wired(R"({"share_line":true})");
  EXPECT_FALSE(wired.display.selected());
  wired.display.bytes_in(as_bytes(std::string_view("receipt \x1b@")), 0s);
  EXPECT_EQ(wired.show("Total", "3.50")[0], row("Total"));
  EXPECT_FALSE(wired.display.selected());
}

TEST(EscposDriver, ends_what_was_on_its_way_when_the_line_goes_down_and_once_when_cancelled) {
  Wired wired;
  wired.rig.hold_writes();
  const auto first = wired.rig.command(R"({"show":{"lines":["1"]}})");
  wired.rig.cancel(first);
  EXPECT_EQ(wired.rig.done(first).status, "cancelled");
  const auto second = wired.rig.command(R"({"show":{"lines":["2"]}})");
  wired.rig.link_down();
  EXPECT_EQ(wired.rig.done(second).status, "link_down");
  EXPECT_EQ(wired.rig.counters().refused_dones, 0U);
}

TEST(EscposDriver, answers_bytes_that_no_display_sends_with_a_fault) {
  Wired wired;
  wired.rig.arrive("W");
  EXPECT_EQ(wired.rig.take_faults().size(), 1U);
  EXPECT_EQ(wired.rig.pending(), "");
}

}  // namespace
}  // namespace cartwright::test
