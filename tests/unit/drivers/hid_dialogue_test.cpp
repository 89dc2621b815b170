#include <gmock/gmock.h>

#include "simulators/hid_scanner.hpp"
#include "unit/drivers/bytes.hpp"
#include "unit/drivers/dialogue.hpp"

namespace cartwright::test {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string long_label() {
  std::string label = "01040063813339312110";
  while (label.size() < 300) label += "ABC" + std::to_string(label.size());
  return label;
}

TEST(HidPosDialogue, reads_short_and_long_labels_with_and_without_count) {
  for (const char* count : {"on", "off"}) {
    Dialogue scanner("scanner-hid-pos",
                     "0.1s scanner0 scan 4006381333931\n0.2s scanner0 scan \"" + long_label() +
                         "\\x1d21X\" gs1_datamatrix\n0.3s scanner0 scan 96385074 ean8\n",
                     {}, "{}", {{"count", count}});
    scanner.run_until(1s);
    const auto events = scanner.rig.take_events();
    ASSERT_EQ(events.size(), 3U);
    EXPECT_EQ(events[0].at("symbology"), "ean13");
    EXPECT_EQ(events[1].at("data"), long_label() + "\x1d" + "21X");
    EXPECT_EQ(events[1].at("symbology"), "gs1_datamatrix");
    EXPECT_EQ(events[2].at("aim"), "]E4");
    EXPECT_THAT(scanner.rig.take_faults(), IsEmpty());
  }
}

TEST(HidPosDialogue, beeps_and_holds_the_scanner_back) {
  Dialogue scanner("scanner-hid-pos", "1s scanner0 scan 4006381333931\n");
  scanner.rig.command(R"({"beep":{"kind":"good"}})");
  scanner.rig.command(R"({"beep":{"kind":"bad"}})");
  scanner.rig.command(R"({"enable":{"enabled":false}})");
  scanner.run_until(2s);
  const auto& device = dynamic_cast<const simulators::HidScanner&>(scanner.line.device());
  EXPECT_EQ(device.good_beeps(), 1U);
  EXPECT_EQ(device.bad_beeps(), 1U);
  EXPECT_TRUE(device.prevented());
  EXPECT_THAT(scanner.told(), IsEmpty());
}

TEST(HidPosDialogue, loses_a_label_that_was_cut_off_and_no_other) {
  Dialogue scanner("scanner-hid-pos",
                   "0.5s scanner0 scan " + long_label() +
                       " qr\n0.512s scanner0 unplug 1s\n2s scanner0 scan 96385074 ean8\n",
                   {.byte_gap = 5ms});
  scanner.run_until(3s);
  EXPECT_THAT(scanner.told(), ElementsAre("96385074"));
}

TEST(HidPosDialogue, tells_no_false_label_through_garbage_between_reports) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    std::string scenario = "seed " + std::to_string(seed) + "\n";
    for (int i = 0; i < 20; ++i) {
      scenario += "+10ms scanner0 garbage 3\n+30ms scanner0 scan 4006381333931\n";
    }
    Dialogue scanner("scanner-hid-pos", scenario);
    scanner.run_until(3s);
    const auto told = scanner.told();
    EXPECT_FALSE(told.empty());
    for (const std::string& label : told) EXPECT_EQ(label, "4006381333931") << seed;
    EXPECT_EQ(scanner.rig.counters().rollbacks, 0U);
  }
}

TEST(ScaleHidDialogue, weighs_two_equal_things_as_two_weighings) {
  Dialogue scale("scale-hid",
                 "1s scale0 place 0.482 kg\n3s scale0 remove\n5s scale0 place 0.482 kg\n");
  scale.run_until(8s);
  EXPECT_THAT(scale.told(),
              ElementsAre("stable_zero", "482", "482", "0", "stable_zero", "482", "482"));
}

TEST(ScaleHidDialogue, weighs_in_each_unit) {
  const std::vector<std::pair<std::string, std::string>> expected{
      {"g", "1250"}, {"kg", "1.250"}, {"oz", "44.1"}, {"lb", "2.76"}};
  for (const auto& [unit, indicated] : expected) {
    Dialogue scale("scale-hid", "0.1s scale0 place 1.250 kg\n", {}, "{}", {{"unit", unit}});
    scale.run_until(2s);
    EXPECT_EQ(scale.told().back(), indicated) << unit;
  }
}

TEST(ScaleHidDialogue, reads_an_item_that_lies_there_at_the_start) {
  Dialogue scale("scale-hid", "0s scale0 place 0.482 kg\n", {}, "{}", {{"settle_ms", "0"}});
  scale.run_until(1s);
  EXPECT_EQ(scale.told().back(), "482");
}

TEST(ScaleHidDialogue, drops_the_weighing_before) {
  Dialogue scale("scale-hid", "", {}, R"({"first_report":"drop"})", {{"stale", "on"}});
  scale.run_until(1s);
  EXPECT_THAT(scale.told(), ElementsAre("stable_zero"));
}

TEST(ScaleHidDialogue, zeroes_a_small_load_and_no_large_one) {
  Dialogue scale("scale-hid", "0.1s scale0 place 0.020 kg\n4s scale0 place 2 kg\n");
  scale.run_until(2s);
  auto op = scale.rig.command(R"({"zero":{}})", Rig::Within{.soft = 1s, .hard = 2s});
  scale.run_until(3s);
  EXPECT_EQ(scale.rig.done(op).status, "ok");
  scale.run_until(5s);
  op = scale.rig.command(R"({"zero":{}})", Rig::Within{.soft = 1s, .hard = 2s});
  scale.run_until(7s);
  EXPECT_EQ(scale.rig.done(op).status, "timeout");
  EXPECT_EQ(scale.told().back(), "1980");
}

TEST(ScaleHidDialogue, tells_overload_a_lift_and_a_fault_and_comes_back) {
  Dialogue scale("scale-hid",
                 "1s scale0 overload\n2s scale0 place -0.5 kg\n3s scale0 error\n"
                 "4s scale0 reboot\n7s scale0 unplug 1s\n");
  scale.run_until(10s);
  const auto told = scale.told();
  for (const char* status : {"over_capacity", "under_zero", "-500", "fault"}) {
    EXPECT_THAT(told, ::testing::Contains(status));
  }
}

TEST(KeyboardDialogue, reads_labels_of_both_countries_and_each_separator) {
  const std::string label = "0104006381333931\\x1d10aB-/+_yZ#[]{}@^`~\\\\";
  for (const char* layout : {"us", "de"}) {
    for (const char* gs : {"ctrl", "alt029", "alt0029"}) {
      Dialogue scanner(
          "scanner-hid-keyboard", "0.1s scanner0 scan \"" + label + "\" gs1_datamatrix\n", {},
          std::string(R"({"layout":")") + layout + "\"}", {{"layout", layout}, {"gs", gs}});
      scanner.run_until(1s);
      const auto events = scanner.rig.take_events();
      ASSERT_EQ(events.size(), 1U) << layout << gs;
      EXPECT_EQ(events[0].at("data"),
                "0104006381333931\x1d"
                "10aB-/+_yZ#[]{}@^`~\\");
      EXPECT_EQ(events[0].at("symbology"), "gs1_datamatrix");
    }
  }
}

TEST(KeyboardDialogue, types_slowly_and_is_cut_off) {
  Dialogue scanner("scanner-hid-keyboard",
                   "0.1s scanner0 scan 4006381333931\n1s scanner0 scan 4006381333931\n"
                   "1.1s scanner0 unplug 1s\n3s scanner0 scan 96385074 ean8\n",
                   {.byte_gap = 10ms});
  scanner.run_until(5s);
  EXPECT_THAT(scanner.told(), ElementsAre("4006381333931", "96385074"));
}

}  // namespace
}  // namespace cartwright::test
