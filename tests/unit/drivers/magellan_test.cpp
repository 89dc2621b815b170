#include <gmock/gmock.h>

#include "host/record_json.hpp"
#include "unit/drivers/dialogue.hpp"

namespace cartwright::test {
namespace {

using namespace std::chrono_literals;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// The device's two units as this driver's commands name them.
constexpr std::uint32_t scanner_unit = 0;
constexpr std::uint32_t scale_unit = 1;

class Magellan : public ::testing::Test {
 protected:
  explicit Magellan(const std::string& settings = "{}") : rig("scanner-magellan", settings) {
    rig.link_up();
  }
  // What was told: data with its symbology, weights with their unit, statuses.
  std::vector<std::string> told() {
    std::vector<std::string> all;
    for (const auto& event : rig.take_events()) {
      const bool of_scale = event.value("unit_index", 0U) == scale_unit;
      EXPECT_EQ(of_scale, event.at("type") != "scanner.data");
      if (event.contains("status")) all.push_back(event.at("status"));
      if (event.contains("indicated")) all.push_back(event.at("indicated"));
      if (event.contains("data")) {
        all.push_back(event.at("symbology").get<std::string>() + " " +
                      event.at("data").get<std::string>());
      }
    }
    return all;
  }
  std::vector<std::string> read(const std::string& bytes) {
    rig.arrive(bytes);
    return told();
  }
  std::string sent() {
    std::string all;
    for (const auto& write : rig.take_wire()) all += write.data;
    return all;
  }
  Rig rig;
};

TEST_F(Magellan, enables_the_scanner_and_asks_for_the_weight) {
  EXPECT_EQ(sent(), "S01\rS14\r");
}

// Examples of the Magellan 9800i Product Reference Guide and of the published interfaces.
TEST_F(Magellan, tells_labels_by_their_identifier) {
  EXPECT_THAT(read("S08A060992011187\r"), ElementsAre("upca 060992011187"));
  EXPECT_THAT(read("S08A06099201118712\r"), ElementsAre("upca 06099201118712"));
  EXPECT_THAT(read("S08E09988750\r"), ElementsAre("upce 09988750"));
  EXPECT_THAT(read("S08F1101234567891\r"), ElementsAre("ean13 1101234567891"));
  EXPECT_THAT(read("S08F110123456789112345\r"), ElementsAre("ean13 110123456789112345"));
  EXPECT_THAT(read("S08FF00210126\r"), ElementsAre("ean8 00210126"));
  EXPECT_THAT(read("S08B39289510002308107\r"), ElementsAre("code128 9289510002308107"));
  EXPECT_THAT(read("S08R40101044123456789\r"), ElementsAre("databar 0101044123456789"));
  EXPECT_THAT(read("S08QRHELLO\r\n"), ElementsAre("qr HELLO"));
  EXPECT_THAT(read("S08]E04006381333931\r"), ElementsAre("ean13 4006381333931"));
  EXPECT_THAT(rig.take_faults(), IsEmpty());
}

TEST_F(Magellan, refuses_an_ean_whose_check_digit_is_wrong_or_missing) {
  EXPECT_THAT(read("S08F4006381333930\r"), IsEmpty());
  EXPECT_THAT(read("S08F400638133393\r"), IsEmpty());
  EXPECT_EQ(rig.take_faults().size(), 2U);
}

// S14 as published: 0 not ready, 1 unstable, 2 over capacity, 3 zero, 4 with the weight, 5 under.
TEST_F(Magellan, tells_each_status_and_weight) {
  EXPECT_THAT(read("S140\r"), ElementsAre("not_ready"));
  EXPECT_THAT(read("S141\r"), ElementsAre("in_motion"));
  EXPECT_THAT(read("S142\r"), ElementsAre("over_capacity"));
  EXPECT_THAT(read("S143\r"), ElementsAre("stable_zero"));
  EXPECT_THAT(read("S14400260\r"), ElementsAre("0.260"));
  EXPECT_THAT(read("S14400260\r"), IsEmpty()) << "it lies there still";
  EXPECT_THAT(read("S145\r"), ElementsAre("under_zero"));
  EXPECT_THAT(read("S14410215\r"), ElementsAre("10.215"));
}

TEST_F(Magellan, tells_no_weight_of_another_length) {
  for (const char* wrong : {"S1440260\r", "S144002600\r", "S144\r", "S14\r", "S1430\r", "S146\r",
                            "S144 0260\r", "S110260\r", "S12\r"}) {
    EXPECT_THAT(read(wrong), IsEmpty()) << wrong;
    EXPECT_THAT(read("S143\r"), ElementsAre("stable_zero"));
    EXPECT_EQ(rig.take_faults().size(), 1U) << wrong;
    rig.arrive("S141\r");
    rig.take_events();
  }
}

TEST_F(Magellan, finds_messages_behind_noise_and_none_with_noise_inside) {
  EXPECT_THAT(read("\x01\x7f!S08FF96385074\r"), ElementsAre("ean8 96385074"));
  EXPECT_EQ(rig.take_faults().size(), 1U);
  EXPECT_THAT(read("S08FF9638\x02"
                   "5074\r"),
              IsEmpty());
  EXPECT_THAT(read("garbage\rmore\r"), IsEmpty());
  EXPECT_EQ(rig.take_faults().size(), 1U) << "one for a run";
  EXPECT_THAT(read("S08B3XS08Y\r"), ElementsAre("code128 XS08Y"));
}

TEST_F(Magellan, drops_half_a_message_after_a_pause) {
  EXPECT_THAT(read("S08FF9638"), IsEmpty());
  rig.advance(2s);
  EXPECT_THAT(told(), ElementsAre("not_ready"));
  EXPECT_THAT(read("S08F4006381333931\r"), ElementsAre("ean13 4006381333931"));
  EXPECT_THAT(rig.take_faults(), ElementsAre(HasSubstr("without its end")));
}

TEST_F(Magellan, asks_again_after_each_answer_and_says_once_that_none_comes) {
  sent();
  rig.arrive("S143\r");
  EXPECT_EQ(sent(), "");
  rig.advance(200ms);
  EXPECT_EQ(sent(), "S14\r");
  told();
  rig.advance(5s);
  EXPECT_THAT(told(), ElementsAre("not_ready"));
}

TEST_F(Magellan, beeps_and_enables_each_unit_for_itself) {
  rig.arrive("S143\r");
  sent();
  auto op = rig.command(R"({"beep":{"kind":"good"}})");
  EXPECT_EQ(sent(), "S334\r");
  EXPECT_EQ(rig.done(op).status, "ok");
  op = rig.command(R"({"beep":{"kind":"bad"}})");
  EXPECT_EQ(sent(), "S334\r");
  rig.advance(160ms);
  EXPECT_EQ(sent(), "S334\r");
  rig.arrive("S143\r");
  rig.advance(160ms);
  EXPECT_THAT(sent(), HasSubstr("S334\r"));
  EXPECT_EQ(rig.done(rig.command(R"({"beep":{"kind":"good"}})", scale_unit)).status, "unsupported");
  EXPECT_EQ(rig.done(rig.command(R"({"read":{}})", scanner_unit)).status, "unsupported");
  EXPECT_EQ(rig.done(rig.command(R"({"zero":{}})", scale_unit)).status, "unsupported");
  rig.command(R"({"enable":{"enabled":false}})", scanner_unit);
  EXPECT_THAT(sent(), HasSubstr("S02\r"));
  told();
  EXPECT_THAT(read("S08FF96385074\r"), IsEmpty());
}

TEST_F(Magellan, is_healthy_when_the_scale_answers) {
  const auto scanner = rig.command(R"({"check_health":{}})", scanner_unit);
  const auto scale = rig.command(R"({"check_health":{}})", scale_unit);
  rig.arrive("S143\r");
  EXPECT_EQ(rig.done(scanner).status, "ok");
  EXPECT_EQ(rig.done(scale).status, "ok");
  const auto mute = rig.command(R"({"check_health":{}})", scanner_unit);
  rig.advance(1s);
  EXPECT_EQ(rig.done(mute).status, "timeout");
}

TEST(MagellanSettings, pounds_have_four_digits) {
  Rig rig("scanner-magellan", R"({"unit":"lb","reset":true})");
  rig.link_up();
  std::string sent;
  for (const auto& write : rig.take_wire()) sent += write.data;
  EXPECT_EQ(sent, "S00\r");
  rig.advance(5s);
  for (const auto& write : rig.take_wire()) sent += write.data;
  EXPECT_EQ(sent, "S00\rS01\rS14\r");
  rig.arrive("S1440275\r");
  const auto events = rig.take_events();
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].at("indicated"), "2.75");
  EXPECT_EQ(events[0].at("unit"), "lb");
}

TEST(MagellanDialogue, weighs_and_scans_at_once) {
  Dialogue device("scanner-magellan",
                  "1s scale0 place 1.250 kg\n3s scanner0 scan 4006381333931\n3.1s scale0 remove\n"
                  "5s scale0 place 1.250 kg\n");
  device.run_until(8s);
  EXPECT_THAT(device.told(), ElementsAre("stable_zero", "in_motion", "1.250", "4006381333931",
                                         "in_motion", "stable_zero", "in_motion", "1.250"));
}

TEST(MagellanDialogue, reads_what_lies_on_the_plate_at_the_start) {
  Dialogue device("scanner-magellan", "0s scale0 place 0.482 kg\n", {}, R"({"live":false})");
  device.run_until(1ms);
  const auto op = device.rig.command(host::command_from_json(std::string_view(R"({"read":{}})")),
                                     scale_unit, Rig::Within{.soft = 3s, .hard = 4s});
  device.run_until(3s);
  EXPECT_EQ(device.rig.done(op).status, "ok");
  EXPECT_EQ(device.rig.done(op).result.at("grams"), 482);
}

TEST(MagellanDialogue, comes_back_after_silence_unplugging_and_a_reboot) {
  Dialogue device("scanner-magellan",
                  "1s scale0 place 1 kg\n3s scale0 silence 2s\n6s scale0 unplug 1s\n"
                  "9s scale0 reboot\n13s scale0 error\n");
  device.run_until(2s);
  EXPECT_EQ(device.told().back(), "1.000");
  device.run_until(4s);
  EXPECT_THAT(device.told(), ElementsAre("not_ready"));
  device.run_until(8s);
  EXPECT_THAT(device.told(), ElementsAre("1.000", "1.000"));
  device.run_until(12s);
  EXPECT_THAT(device.told(), ElementsAre("not_ready", "1.000"));
  device.run_until(15s);
  EXPECT_THAT(device.told(), ElementsAre("not_ready"));
}

TEST(MagellanDialogue, tells_no_false_weight_or_ean_on_a_bad_line) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    std::string scenario = "seed " + std::to_string(seed) + "\n0.3s scale0 place 1.234 kg\n";
    for (int i = 0; i < 20; ++i) {
      scenario +=
          "+150ms scanner0 garbage 20\n+30ms scanner0 noise 7\n"
          "+20ms scanner0 scan 4006381333931\n";
    }
    for (const auto& faults :
         {simulators::LineFaults{.byte_gap = 1ms, .flip_every = 40, .seed = seed},
          simulators::LineFaults{.lose_every = 30, .seed = seed}}) {
      Dialogue device("scanner-magellan", scenario, faults);
      device.run_until(9s);
      std::size_t scans = 0;
      for (const auto& event : device.rig.take_events()) {
        EXPECT_EQ(event.value("indicated", "1.234"), "1.234") << seed;
        if (event.value("symbology", "unknown") == "unknown") continue;  // no EAN any more
        EXPECT_EQ(event.at("data"), "4006381333931") << seed;
        ++scans;
      }
      EXPECT_GT(scans, 3U) << seed;
    }
  }
}

}  // namespace
}  // namespace cartwright::test
