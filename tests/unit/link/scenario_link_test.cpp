#include "link/scenario_link.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "link/scenario.hpp"
#include "unit/link/scratch.hpp"
#include "unit/link/support.hpp"

namespace cartwright::link {
namespace {

using test::Asked;
using testing::ElementsAre;
using testing::HasSubstr;

class ScenarioLink : public testing::Test {
 protected:
  void script(const std::string& text) { std::ofstream(scratch / "trip") << text; }
  std::unique_ptr<Link> unit(const std::string& name, const std::string& more = {}) {
    return make_link("scenario:" + (scratch / "trip").string() + "?unit=" + name + more,
                     loop.io.get_executor());
  }

  test::Scratch scratch;
  test::Loop loop;
  test::Witness device;
};

}  // namespace

TEST_F(ScenarioLink, gives_each_happening_of_its_unit_as_one_message) {
  script(
      "0s scanner0 scan 4006381333931 ean13\n"
      "1ms scale0 place 1.250 kg\n"
      "2ms terminal0 decline \"card  expired\"\n"
      "3ms scanner0 scan \"\\x1d01\"\n"
      "4ms scanner0 crash\n");
  const auto scanner = unit("scanner0");
  const auto terminal = unit("terminal0");
  test::Witness second;
  scanner->start(device);
  terminal->start(second);
  ASSERT_TRUE(loop.until([&] { return device.messages.size() == 3 && !second.messages.empty(); }));
  EXPECT_THAT(device.messages,
              ElementsAre("scan 4006381333931 ean13", "scan \"\\x1d01\"", "crash"));
  EXPECT_THAT(second.messages, ElementsAre("decline \"card  expired\""));
  EXPECT_EQ(device.ups[0].shape, Shape::messages);
}

TEST_F(ScenarioLink, pulls_and_plugs_the_link_and_loses_what_happens_meanwhile) {
  script(
      "0s scanner0 scan a\n"
      "1ms scanner0 unplug 4ms\n"
      "2ms scanner0 scan lost\n"
      "7ms scanner0 scan b\n"
      "8ms scanner0 unplug\n"
      "9ms scanner0 scan lost\n"
      "10ms scanner0 plug\n"
      "11ms scanner0 scan c\n");
  const auto link = unit("scanner0");
  link->start(device);
  ASSERT_TRUE(loop.until([&] { return device.messages.size() == 3; }));
  EXPECT_THAT(device.messages, ElementsAre("scan a", "scan b", "scan c"));
  ASSERT_EQ(device.downs.size(), 2U);
  EXPECT_EQ(device.ups.size(), 3U);
  EXPECT_EQ(device.downs[0].reason, DownReason::unplugged);
  EXPECT_THAT(device.downs[0].text, HasSubstr("scanner0 was unplugged by line 2 of the scenario"));
}

TEST_F(ScenarioLink, a_later_unplug_outlasts_an_earlier_plug) {
  script(
      "1ms scanner0 unplug 3ms\n"
      "2ms scanner0 unplug\n"
      "6ms scanner0 scan lost\n"
      "8ms scanner0 plug\n"
      "9ms scanner0 scan a\n");
  const auto link = unit("scanner0");
  link->start(device);
  ASSERT_TRUE(loop.until([&] { return !device.messages.empty(); }));
  EXPECT_THAT(device.messages, ElementsAre("scan a"));
  EXPECT_EQ(device.downs.size(), 1U);
}

TEST_F(ScenarioLink, is_silent_late_and_noisy_as_told) {
  script(
      "seed 3\n"
      "1ms scanner0 silence 5ms\n"
      "2ms scanner0 scan lost\n"
      "7ms scanner0 delay 5ms\n"
      "8ms scanner0 scan late\n"
      "9ms scanner0 scan early\n"
      "20ms scanner0 garbage 6\n"
      "21ms scanner0 noise 3\n"
      "22ms scanner0 scan x\n");
  const Scenario drawn = Scenario::read(scratch / "trip");
  const auto link = unit("scanner0");
  link->start(device);
  ASSERT_TRUE(loop.until([&] { return device.messages.size() == 4; }));
  EXPECT_THAT(device.messages,
              ElementsAre("scan early", "scan late", as_text(drawn.happenings[5].bytes),
                          std::string(as_text(drawn.happenings[6].bytes)) + "scan x"));
}

TEST_F(ScenarioLink, loses_doubles_and_spoils_what_comes_next) {
  script(
      "1ms scanner0 lose 5\n"
      "2ms scanner0 scan a\n"
      "3ms scanner0 lose 7\n"
      "4ms scanner0 scan b\n"
      "5ms scanner0 scan c\n"
      "6ms scanner0 double 2\n"
      "7ms scanner0 scan d\n"
      "8ms scanner0 spoil 1\n"
      "9ms scanner0 slow 1s\n"
      "10ms scanner0 nak 2\n"
      "11ms scanner0 scan d\n"
      "12ms scanner0 scan f\n");
  const auto link = unit("scanner0");
  link->start(device);
  ASSERT_TRUE(loop.until([&] { return device.messages.size() == 5; }));
  EXPECT_THAT(device.messages, ElementsAre("a", "can c", "ssccan d", "scan e", "scan f"));
}

TEST_F(ScenarioLink, draws_other_bytes_from_another_seed) {
  script("seed 3\n0s scanner0 garbage 16\n");
  const Scenario drawn = Scenario::read(scratch / "trip", 4);
  const auto link = unit("scanner0", "&seed=4");
  link->start(device);
  ASSERT_TRUE(loop.until([&] { return device.messages.size() == 1; }));
  EXPECT_EQ(device.data, as_text(drawn.happenings[0].bytes));
}

TEST_F(ScenarioLink, passes_a_terminals_delay_to_its_driver) {
  script("0s terminal0 delay 5s\n1ms terminal0 approve\n");
  const auto link = unit("terminal0");
  link->start(device);
  ASSERT_TRUE(loop.until([&] { return device.messages.size() == 2; }));
  EXPECT_THAT(device.messages, ElementsAre("delay 5s", "approve"));
}

TEST_F(ScenarioLink, takes_what_is_written) {
  script("");
  const auto link = unit("display0");
  link->start(device);
  const Asked asked(*link, test::write_of("hello"));
  ASSERT_TRUE(loop.until([&] { return asked.ended(); }));
  EXPECT_EQ(asked.result(), Result::ok);
  EXPECT_EQ(asked.written(), 5U);
}

TEST_F(ScenarioLink, keeps_step_with_the_other_units_of_its_file) {
  script("0s scanner0 scan a\n+0s scale0 zero\n1ms scanner0 scan b\n");
  const auto scanner = unit("scanner0");
  scanner->start(device);
  ASSERT_TRUE(loop.until([&] { return device.messages.size() == 2; }));

  // A unit that starts late is given what it missed.
  test::Witness late;
  const auto scale = unit("scale0");
  scale->start(late);
  EXPECT_TRUE(loop.until([&] { return late.messages.size() == 1; }));

  // One that starts again is not shown the same happenings twice.
  scanner->stop();
  scanner->start(device);
  ASSERT_TRUE(loop.until([&] { return device.ups.size() == 2; }));
  loop.run_what_is_ready();
  EXPECT_EQ(device.messages.size(), 2U);
}

TEST_F(ScenarioLink, begins_anew_when_no_link_on_the_file_is_left) {
  script("0s scanner0 scan a\n");
  for (int run = 0; run < 2; ++run) {
    test::Witness scanner;
    const auto link = unit("scanner0");
    link->start(scanner);
    EXPECT_TRUE(loop.until([&] { return scanner.messages.size() == 1; }));
  }
}

TEST_F(ScenarioLink, shows_a_typo_when_it_is_made) {
  script("0s scanner0 scna 1\n");
  EXPECT_THAT(test::error_of([&] { unit("scanner0"); }),
              HasSubstr("trip:1: unknown action \"scna\" for scanner0, did you mean \"scan\"?"));
}

}  // namespace cartwright::link
