#include "effects.hpp"

namespace cartwright::conformance {
namespace {

using testing::ElementsAre;

constexpr const char* kSize = R"({"effect":"event","type":"display.size","rows":2,"columns":20})";
const std::string kInitialize = send("0c1b401b111b5f001b2a04");

std::string screen(const std::string& first, const std::string& second) {
  return R"({"screen":[")" + first + R"(",")" + second + R"("]})";
}

TEST(DecodeDisplay, prints_the_sends_and_then_the_screen_that_the_simulator_shows) {
  EXPECT_THAT(decode({"display-cd5220", "--command", R"({"show":{"lines":["Milk","1.29"]}})"}),
              ElementsAre(kSize, kInitialize,
                          send("1b6c0101" + hex_of("Milk                ") + "1b6c0102" +
                               hex_of("1.29                ")),
                          done(1, "ok"), screen("Milk                ", "1.29                ")));
}

TEST(DecodeDisplay, shows_a_screen_for_each_command_in_order) {
  EXPECT_THAT(
      decode({"display-cd5220", "--config", R"({"write":"string"})", "--command",
              R"({"show":{"lines":["A"]}})", R"({"clear":{}})"}),
      ElementsAre(kSize, kInitialize,
                  send("1b5141" + hex_of("A                   ") + "0d1b5142" +
                       hex_of("                    ") + "0d"),
                  done(1, "ok"), screen("A                   ", "                    "), send("0c"),
                  done(2, "ok"), screen("                    ", "                    ")));
}

TEST(DecodeDisplay, spells_what_the_font_lacks) {
  const Strings lines =
      decode({"display-cd5220", "--command", R"({"show":{"lines":["Łódź 5 €","ß üöä"]}})"});
  ASSERT_FALSE(lines.empty());
  EXPECT_EQ(lines.back(), screen("Lódz 5 EUR          ", "ß üöä               "));
}

TEST(DecodeDisplay, sends_an_escpos_display_what_has_changed) {
  EXPECT_THAT(
      decode({"display-escpos", "--command", R"({"show":{"lines":["Milk","1.29"]}})",
              R"({"show":{"lines":["Milk","1.39"]}})",
              R"({"text_at":{"row":0,"column":16,"text":"Hi €"}})",
              R"({"cursor":{"row":1,"column":2,"shape":"underline"}})"}),
      ElementsAre(kSize, send("1b3d021b401b74001b52001f011f43001f45001f5804"),
                  send("1f240101" + hex_of("Milk") + "1f240102" + hex_of("1.29")), done(1, "ok"),
                  screen("Milk                ", "1.29                "), send("1f24030233"),
                  done(2, "ok"), screen("Milk                ", "1.39                "),
                  send("1f241101" + hex_of("Hi E")), done(3, "ok"),
                  screen("Milk            Hi E", "1.39                "), send("1f43011f240302"),
                  done(4, "ok"), screen("Milk            Hi E", "1.39                ")));
}

TEST(DecodeDisplay, runs_a_text_in_virtual_time) {
  for (const char* driver : {"display-escpos", "display-cd5220"}) {
    const Strings lines =
        decode({driver, "--command", R"({"scroll":{"row":1,"text":"Fresh"}})", "--advance", "600"});
    ASSERT_FALSE(lines.empty());
    EXPECT_EQ(lines.back(), screen("                    ", "esh                 ")) << driver;
  }
}

TEST(DecodeDisplay, draws_nothing_without_a_command) {
  EXPECT_THAT(decode({"display-cd5220"}), ElementsAre(kSize, kInitialize));
  EXPECT_THAT(decode({"display-cd5220", "--command", R"({"brightness":{"percent":101}})"}),
              ElementsAre(kSize, kInitialize, done(1, "invalid")));
}

TEST(DecodeDisplay, calls_bytes_from_a_display_a_fault) {
  const Strings lines = decode({"display-cd5220", "--hex", "00"});
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_EQ(Json::parse(lines[2]).value("effect", ""), "fault");
}

TEST(DecodeDisplay, gives_the_sends_of_a_mock_that_no_simulator_reads) {
  EXPECT_THAT(decode({"mock-display", "--command", R"({"show":{"lines":["A","B"]}})"}),
              ElementsAre(kSize, send(hex_of("A\nB")), done(1, "ok")));
}

TEST(DecodeTerminal, ends_an_authorization_once_with_its_facts) {
  const Strings lines = decode({"mock-terminal", "--command",
                                R"({"authorize":{"amount_minor":250,"currency":"978","key":"k"}})",
                                "--advance", "5000"});
  Strings ends;
  for (const std::string& line : lines) {
    if (Json::parse(line).value("effect", "") == "done") ends.push_back(line);
  }
  ASSERT_EQ(ends.size(), 1u);
  const Json end = Json::parse(ends[0]);
  EXPECT_EQ(end["status"], "ok");
  EXPECT_EQ(end["result"]["amount_minor"], 250);
  EXPECT_EQ(end["result"]["currency"], "978");
}

TEST(DecodeLocator, tells_zone_and_position) {
  EXPECT_THAT(decode({"mock-locator", "--hex", hex_of("zone dairy")}),
              ElementsAre(R"({"effect":"event","type":"locator.zone","name":"dairy"})"));
}

TEST(SimulateDisplay, renders_given_bytes_alone) {
  const Result result = run({"simulate", "cd5220", "--hex", "0c" + hex_of("Hello")});
  EXPECT_EQ(result.code, 0);
  EXPECT_EQ(result.output, screen("Hello               ", "                    ") + "\n");
}

TEST(SimulateDisplay, renders_no_bytes_as_a_blank_screen) {
  for (const char* protocol : {"cd5220", "escpos"}) {
    const Result result = run({"simulate", protocol, "--hex", ""});
    EXPECT_EQ(result.code, 0);
    EXPECT_EQ(result.output, screen("                    ", "                    ") + "\n");
  }
}

TEST(SimulateDisplay, renders_what_an_escpos_display_is_sent) {
  const Result result =
      run({"simulate", "escpos", "--hex", "1b401b74131f240102" + hex_of("5 ") + "d5"});
  EXPECT_EQ(result.code, 0);
  EXPECT_EQ(result.output, screen("                    ", "5 €                 ") + "\n");
}

}  // namespace
}  // namespace cartwright::conformance
