#include <gmock/gmock.h>

#include <cmath>

#include "unit/drivers/bytes.hpp"
#include "unit/plugins/rig.hpp"

namespace cartwright::test {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Dwm1001Driver : public ::testing::Test {
 protected:
  explicit Dwm1001Driver(const std::string& settings = "{}") : rig("locator-dwm1001", settings) {
    rig.link_up();
  }
  // The positions that lines tell, "x y z q" each; zones by their names.
  std::vector<std::string> told(const std::string& lines) {
    if (!lines.empty()) rig.arrive(lines);
    std::vector<std::string> all;
    for (const auto& event : rig.take_events()) {
      if (event.at("type") == "locator.zone") {
        all.push_back("zone " + event.value("name", "-"));
        continue;
      }
      std::string text;
      for (const char* key : {"x_mm", "y_mm", "z_mm", "quality"}) {
        text += (text.empty() ? "" : " ") + std::to_string(event.at(key).get<int>());
      }
      all.push_back(text);
    }
    return all;
  }
  std::string sent() {
    std::string all;
    for (const auto& write : rig.take_wire()) all += write.data;
    return all;
  }
  Rig rig;
};

TEST_F(Dwm1001Driver, tells_what_the_published_lines_say) {
  const auto cases = published("dwm1001.json");
  if (!cases) GTEST_SKIP() << "no published vectors on this machine";
  for (const auto& one : *cases) {
    const auto& expect = one.at("expect");
    Rig fresh("locator-dwm1001");
    fresh.link_up();
    fresh.arrive(one.at("line").get<std::string>() + "\r\n");
    const auto events = fresh.take_events();
    if (!expect.contains("qf")) {
      EXPECT_THAT(events, IsEmpty()) << one;
      continue;
    }
    ASSERT_EQ(events.size(), 1U) << one;
    const auto metres = [&](std::size_t i, const char* name) {
      return expect.contains("pos") ? expect.at("pos")[i].get<double>()
                                    : expect.at(name).get<double>();
    };
    EXPECT_EQ(events[0].at("x_mm"), std::lround(metres(0, "x") * 1000)) << one;
    EXPECT_EQ(events[0].at("y_mm"), std::lround(metres(1, "y") * 1000)) << one;
    EXPECT_EQ(events[0].at("z_mm"), std::lround(metres(2, "z") * 1000)) << one;
    EXPECT_EQ(events[0].at("quality"), expect.at("qf")) << one;
  }
}

TEST_F(Dwm1001Driver, reads_all_three_kinds_of_lines_to_the_millimetre) {
  EXPECT_THAT(told("POS,7.10,-0.05,-2.03,53\r\n"), ElementsAre("7100 -50 -2030 53"));
  EXPECT_THAT(told("POS,7.105,12.3,0.00,100\n"), ElementsAre("7105 12300 0 100"));
  EXPECT_THAT(told("DIST,1,AN0,2F2F,3.05,2.68,0.00,2.21,POS,1.59,1.65,1.27,44\r\n"),
              ElementsAre("1590 1650 1270 44"));
  EXPECT_THAT(told("022E[7.94,8.03,0.00]=3.38 le_us=3082 est[6.97,5.17,-1.77,53]\r\n"),
              ElementsAre("6970 5170 -1770 53"));
  EXPECT_THAT(told("DIST,1,AN0,2F2F,3.05,2.68,0.00,2.21\r\n022E[7.94,8.03,0.00]=3.38 \r\n"),
              IsEmpty());
  EXPECT_THAT(rig.take_faults(), IsEmpty());
}

TEST_F(Dwm1001Driver, salvages_a_whole_position_from_a_damaged_line) {
  EXPECT_THAT(told("DIST,4,AN0,0C2#,0.00,POS,1.70,0.40,0.91,68\r\n"),
              ElementsAre("1700 400 910 68"));
  EXPECT_THAT(told("POS,1.6POS,1.70,0.40,0.91,68\r\n"), ElementsAre("1700 400 910 68"));
  EXPECT_THAT(told("02[7.94,8.03]=3 est[6.97,5.17,-1.77,53]\r\n"),
              ElementsAre("6970 5170 -1770 53"));
  EXPECT_THAT(rig.take_faults(), IsEmpty());
}

TEST_F(Dwm1001Driver, drops_a_damaged_line_that_could_mean_something_else) {
  for (const char* line :
       {"POS,7.10,5.24,-2.03", "POS,7.10,5.24,-2.03,", "POS,7.10,5.24,-2.03,153",
        "POS,7.10,5.2x,-2.03,53", "POS,7.10,524,-2.03,53", "DIST,#,POS,7.1,5.24,-2.03,53",
        "DIST,#,POS,7.10,5.24,-2.03,53x", "POS,1.00,1.00,1.00,50POS,2.00,2.00,2.00,50",
        "POS,--1.00,1.00,1.00,50", "POS,nan,nan,nan,0", "POS,12345.00,1.00,1.00,50",
        "x est[6.97,5.17,-1.77,53", "W"}) {
    Rig fresh("locator-dwm1001");
    fresh.link_up();
    fresh.arrive(std::string(line) + "\r\n");
    EXPECT_THAT(fresh.take_events(), IsEmpty()) << line;
    EXPECT_EQ(fresh.take_faults().size(), 1U) << line;
  }
}

TEST_F(Dwm1001Driver, takes_no_line_that_never_ends) {
  EXPECT_THAT(told(std::string(3000, '7')), IsEmpty());
  EXPECT_EQ(rig.take_faults().size(), 1U);
  EXPECT_THAT(told("7,POS,1.00,1.00,1.00,50\r\nPOS,2.00,2.00,2.00,50\r\n"),
              ElementsAre("2000 2000 2000 50"));
}

TEST_F(Dwm1001Driver, bears_all_that_fits_into_the_buffer_at_once) {
  std::string burst;
  for (int i = 0; i < 1300; ++i) burst += "POS,7.10,5.24,-2.03,53\r\n";
  EXPECT_EQ(told(burst).size(), 1300U);
  EXPECT_EQ(rig.counters().rollbacks, 0U);
}

TEST_F(Dwm1001Driver, leaves_a_module_alone_that_tells_already) {
  rig.advance(1s);
  told("POS,7.10,5.24,-2.03,53\r\n");
  rig.advance(10s);
  EXPECT_EQ(sent(), "");
}

TEST_F(Dwm1001Driver, opens_the_shell_and_starts_the_lines_once) {
  rig.advance(2s);
  EXPECT_EQ(sent(), "\r\r");
  rig.arrive("\r\n DWM1001 TWR Real Time Location System\r\n\r\ndwm> ");
  EXPECT_EQ(sent(), "lec\r");
  rig.arrive("lec\r\ndwm> ");
  EXPECT_THAT(told("POS,1.00,1.00,1.00,50\r\n"), ElementsAre("1000 1000 1000 50"));
  rig.advance(14s);
  EXPECT_EQ(sent(), "");
  EXPECT_THAT(rig.take_faults(), IsEmpty());
}

TEST_F(Dwm1001Driver, asks_a_silent_module_again_and_says_so_once) {
  rig.advance(120s);
  EXPECT_EQ(rig.take_faults().size(), 1U);
  EXPECT_GE(sent().size(), 4U);
  told("POS,1.00,1.00,1.00,50\r\n");
  rig.advance(120s);
  EXPECT_EQ(rig.take_faults().size(), 1U) << "it was heard in between";
}

TEST_F(Dwm1001Driver, health_is_a_line) {
  auto op = rig.command(R"({"check_health":{}})");
  told("POS,1.00,1.00,1.00,50\r\n");
  EXPECT_EQ(rig.done(op).status, "ok");
  op = rig.command(R"({"check_health":{}})");
  rig.advance(3s);
  EXPECT_EQ(rig.done(op).status, "timeout");
  op = rig.command(R"({"check_health":{}})");
  rig.link_down();
  EXPECT_EQ(rig.done(op).status, "link_down");
}

TEST_F(Dwm1001Driver, tells_nothing_while_disabled) {
  rig.command(R"({"enable":{"enabled":false}})");
  EXPECT_THAT(told("POS,1.00,1.00,1.00,50\r\n"), IsEmpty());
  rig.command(R"({"enable":{"enabled":true}})");
  EXPECT_EQ(told("POS,1.00,1.00,1.00,50\r\n").size(), 1U);
}

TEST_F(Dwm1001Driver, takes_no_other_cart_for_its_own) {
  EXPECT_THAT(told("POS,0,9280,1.32,1.50,-0.07,65,x03\r\n"), ElementsAre("1320 1500 -70 65"));
  EXPECT_THAT(told("POS,1,9281,9.32,9.50,-0.07,65,x03\r\n"), IsEmpty());
  EXPECT_EQ(rig.take_faults().size(), 1U);
  EXPECT_THAT(told("POS,0,9280,1.32,1.50,-0.07,65,x03\r\n"), IsEmpty()) << "which of them is it?";
  Rig listener("locator-dwm1001", R"({"tag":"9281"})");
  listener.link_up();
  listener.arrive("POS,0,9280,1.32,1.50,-0.07,65,x03\r\nPOS,1,9281,9.32,9.50,-0.07,65,x03\r\n");
  const auto events = listener.take_events();
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].at("x_mm"), 9320);
}

class Dwm1001Zones : public Dwm1001Driver {
 protected:
  Dwm1001Zones()
      : Dwm1001Driver(
            R"({"zones":"dairy=0,0,2000,2000\nfruit = 2000,0, 4000,0, 4000,2000, 2000,2000"})") {}
  // The zones that are told when the cart stands at a place for two positions.
  std::vector<std::string> at(const std::string& place) {
    auto all = told("POS," + place + ",0.90,80\r\nPOS," + place + ",0.90,80\r\n");
    std::erase_if(all, [](const std::string& text) { return !text.starts_with("zone"); });
    return all;
  }
};

TEST_F(Dwm1001Zones, are_told_as_the_cart_moves) {
  EXPECT_THAT(at("1.00,1.00"), ElementsAre("zone dairy"));
  EXPECT_THAT(at("1.50,1.90"), IsEmpty());
  EXPECT_THAT(at("2.20,1.00"), IsEmpty()) << "within the margin";
  EXPECT_THAT(at("2.40,1.00"), ElementsAre("zone fruit"));
  EXPECT_THAT(at("1.90,1.00"), IsEmpty());
  EXPECT_THAT(at("9.00,9.00"), ElementsAre("zone -"));
}

TEST_F(Dwm1001Zones, are_not_changed_by_one_position_that_jumps) {
  at("1.00,1.00");
  EXPECT_THAT(told("POS,3.00,1.00,0.90,80\r\nPOS,1.00,1.00,0.90,80\r\n"
                   "POS,3.00,1.00,0.90,80\r\nPOS,1.00,1.00,0.90,80\r\n"),
              ::testing::Each(::testing::Not(::testing::StartsWith("zone"))));
}

TEST_F(Dwm1001Zones, are_lost_when_the_module_falls_silent) {
  at("1.00,1.00");
  rig.advance(16s);
  EXPECT_THAT(told(""), ElementsAre("zone -"));
}

TEST(Dwm1001Settings, refuse_a_map_that_can_not_be_read) {
  for (const char* zones : {"dairy", "dairy=1,2", "dairy=1,2,3", "dairy=1,2,3,4.5", "=1,2,3,4"}) {
    const std::string settings = nlohmann::json{{"zones", zones}}.dump();
    EXPECT_ANY_THROW(Rig("locator-dwm1001", settings)) << zones;
  }
}

}  // namespace
}  // namespace cartwright::test
