#include <gmock/gmock.h>

#include "unit/drivers/dialogue.hpp"

namespace cartwright::test {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(SsiDialogue, reads_labels_with_their_symbology) {
  Dialogue scanner("scanner-ssi",
                   "1s scanner0 scan 4006381333931\n1.1s scanner0 scan 96385074\n"
                   "1.2s scanner0 scan \"0104006381333931\\x1d10A\" gs1_datamatrix\n");
  scanner.run_until(2s);
  const auto events = scanner.rig.take_events();
  ASSERT_EQ(events.size(), 4U);
  EXPECT_EQ(events[0].at("type"), "device.info");
  EXPECT_EQ(events[0].at("firmware"), "PAABLS00-001-R03");
  EXPECT_EQ(events[1].at("symbology"), "ean13");
  EXPECT_EQ(events[2].at("symbology"), "ean8");
  EXPECT_EQ(events[3].at("symbology"), "gs1_datamatrix");
  EXPECT_EQ(events[3].at("data"),
            "0104006381333931\x1d"
            "10A");
  EXPECT_THAT(scanner.rig.take_faults(), IsEmpty());
}

TEST(SsiDialogue, tells_the_same_label_read_twice_twice) {
  Dialogue scanner("scanner-ssi",
                   "1s scanner0 scan 4006381333931\n1.1s scanner0 scan 4006381333931\n");
  scanner.run_until(2s);
  EXPECT_THAT(scanner.told(), ElementsAre("4006381333931", "4006381333931"));
}

TEST(SsiDialogue, joins_a_long_label_byte_by_byte) {
  const std::string label(900, 'Q');
  for (const char* acknowledge : {"each", "last"}) {
    const std::string setting = std::string(R"({"acknowledge":")") + acknowledge + "\"}";
    Dialogue scanner("scanner-ssi", "1s scanner0 scan " + label + " qr\n", {.byte_gap = 1ms},
                     setting, {{"acknowledge", acknowledge}, {"packet", "64"}});
    scanner.run_until(8s);
    EXPECT_THAT(scanner.told(), ElementsAre(label)) << acknowledge;
    EXPECT_THAT(scanner.rig.take_faults(), IsEmpty());
  }
}

TEST(SsiDialogue, scans_once_what_is_repeated_because_the_acknowledge_was_lost) {
  Dialogue scanner("scanner-ssi", "1s scanner0 scan 4006381333931\n", {}, "{}",
                   {{"response_ms", "300"}});
  scanner.run_until(900ms);
  scanner.rig.hold_commits();  // the acknowledge waits longer than the scanner does
  scanner.run_until(1500ms);
  scanner.rig.release_commits();
  scanner.run_until(3s);
  EXPECT_THAT(scanner.told(), ElementsAre("4006381333931"));
}

TEST(SsiDialogue, asks_again_for_a_packet_with_a_wrong_checksum) {
  Dialogue scanner("scanner-ssi", "1s scanner0 spoil 2\n1.1s scanner0 scan 4006381333931\n");
  scanner.run_until(1500ms);
  EXPECT_THAT(scanner.told(), ElementsAre("4006381333931"));
  EXPECT_THAT(scanner.rig.take_faults(), ElementsAre(HasSubstr("wrong checksum")));
}

TEST(SsiDialogue, reads_the_same_label_anew_though_its_first_sending_was_damaged) {
  Dialogue scanner("scanner-ssi",
                   "1s scanner0 scan 4006381333931\n1.2s scanner0 spoil 1\n"
                   "1.3s scanner0 scan 4006381333931\n");
  scanner.run_until(2s);
  EXPECT_THAT(scanner.told(), ElementsAre("4006381333931", "4006381333931"));
}

TEST(SsiDialogue, finds_packets_between_noise_and_garbage) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    std::string scenario = "seed " + std::to_string(seed) + "\n";
    for (int i = 0; i < 10; ++i) {
      scenario += "+500ms scanner0 garbage 20\n+300ms scanner0 noise 7\n";
      scenario += "+10ms scanner0 scan " + std::to_string(4006381333930 + i) + " code128\n";
    }
    Dialogue scanner("scanner-ssi", scenario, {.byte_gap = 1ms});
    scanner.run_until(15s);
    const auto told = scanner.told();
    ASSERT_EQ(told.size(), 10U) << seed;
    for (int i = 0; i < 10; ++i) {
      EXPECT_EQ(told[static_cast<std::size_t>(i)], std::to_string(4006381333930 + i)) << seed;
    }
  }
}

// Ten labels over a line with these faults, told in their order; a scanner gives up after three
// sendings.
std::vector<std::string> through(const simulators::LineFaults& faults) {
  std::string scenario;
  for (int i = 0; i < 10; ++i) {
    scenario += "+8s scanner0 scan " + std::to_string(4006381333930 + i) + " code128\n";
  }
  Dialogue scanner("scanner-ssi", scenario, faults);
  scanner.run_until(90s);
  return scanner.told();
}

TEST(SsiDialogue, loses_no_label_where_few_bytes_are_lost) {
  std::vector<std::string> all;
  for (int i = 0; i < 10; ++i) all.push_back(std::to_string(4006381333930 + i));
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    EXPECT_EQ(through({.lose_every = 300, .seed = seed}), all) << seed;
  }
}

TEST(SsiDialogue, tells_no_label_twice_and_none_that_was_not_there_on_a_bad_line) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    for (const auto& faults :
         {simulators::LineFaults{.lose_every = 30, .seed = seed},
          simulators::LineFaults{.double_every = 30, .seed = seed},
          simulators::LineFaults{.byte_gap = 2ms, .flip_every = 60, .seed = seed}}) {
      const auto told = through(faults);
      for (std::size_t i = 0; i < told.size(); ++i) {
        EXPECT_THAT(told[i], ::testing::MatchesRegex("400638133393[0-9]")) << seed;
        if (i != 0) {
          EXPECT_LT(told[i - 1], told[i]) << seed;
        }
      }
    }
  }
}

TEST(SsiDialogue, survives_a_nak_storm) {
  Dialogue scanner("scanner-ssi", "1s scanner0 nak 2\n3s scanner0 nak 100\n");
  scanner.run_until(1500ms);
  auto op = scanner.rig.command(R"({"beep":{"kind":"good"}})");
  scanner.run_until(2s);
  EXPECT_EQ(scanner.rig.done(op).status, "ok");
  scanner.run_until(4s);
  op = scanner.rig.command(R"({"beep":{"kind":"good"}})");
  scanner.run_until(5s);
  EXPECT_EQ(scanner.rig.done(op).status, "device_error");
}

TEST(SsiDialogue, says_once_that_nothing_answers_and_asks_again_when_something_does) {
  Dialogue scanner("scanner-ssi", "0s scanner0 silence 30s\n40s scanner0 scan 96385074\n");
  scanner.run_until(35s);
  EXPECT_THAT(scanner.rig.take_faults(), ElementsAre(HasSubstr("does not answer")));
  EXPECT_THAT(scanner.rig.take_events(), IsEmpty());
  scanner.run_until(45s);
  const auto events = scanner.rig.take_events();
  ASSERT_EQ(events.size(), 2U);
  EXPECT_EQ(events[0].at("data"), "96385074");
  EXPECT_EQ(events[1].at("type"), "device.info");
}

TEST(SsiDialogue, tells_a_rebooted_scanner_its_parameters_again) {
  Dialogue scanner("scanner-ssi", "1s scanner0 reboot\n5s scanner0 scan 96385074\n", {},
                   R"({"parameters":"238=1"})", {{"data", "raw"}});
  scanner.run_until(6s);
  EXPECT_THAT(scanner.told(), ElementsAre("96385074"));
}

TEST(SsiDialogue, keeps_a_scanner_disabled_through_unplugging) {
  Dialogue scanner("scanner-ssi",
                   "1s scanner0 unplug 1s\n1.5s scanner0 reboot\n5s scanner0 scan 96385074\n"
                   "7s scanner0 scan 4006381333931\n");
  scanner.run_until(500ms);
  auto op = scanner.rig.command(R"({"enable":{"enabled":false}})");
  scanner.run_until(6s);
  EXPECT_EQ(scanner.rig.done(op).status, "ok");
  op = scanner.rig.command(R"({"enable":{"enabled":true}})");
  scanner.run_until(8s);
  EXPECT_EQ(scanner.rig.done(op).status, "ok");
  EXPECT_THAT(scanner.told(), ElementsAre("4006381333931"));
}

TEST(SsiDialogue, reads_raw_labels) {
  Dialogue scanner("scanner-ssi", "1s scanner0 scan 4006381333931\n1.5s scanner0 scan 96385074\n",
                   {.byte_gap = 1ms}, R"({"data":"raw"})", {{"data", "raw"}});
  scanner.run_until(3s);
  EXPECT_THAT(scanner.told(), ElementsAre("4006381333931", "96385074"));
  const auto op = scanner.rig.command(R"({"check_health":{}})");
  scanner.run_until(4s);
  EXPECT_EQ(scanner.rig.done(op).status, "ok");
  EXPECT_THAT(scanner.rig.take_faults(), IsEmpty());
}

}  // namespace
}  // namespace cartwright::test
