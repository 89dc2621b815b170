#include <gmock/gmock.h>

#include "simulators/registry.hpp"
#include "simulators/simulated_line.hpp"
#include "unit/drivers/bytes.hpp"
#include "unit/plugins/rig.hpp"

namespace cartwright::test {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// A driver and the simulated device that it drives, both in one virtual time.
class Dialogue {
 public:
  explicit Dialogue(const std::string& driver, const std::string& scenario,
                    simulators::LineFaults faults = {}, const std::string& settings = "{}",
                    const simulators::OptionValues& options = {})
      : rig(driver, settings),
        line(simulators::find_protocol(driver).make(options), faults),
        happenings_(link::Scenario::parse(scenario, "scenario").happenings) {
    rig.link_up();
  }

  void run_until(std::chrono::nanoseconds end) {
    while (now_ < end) {
      now_ += 1ms;
      for (; next_ < happenings_.size() && happenings_[next_].at <= now_; ++next_) {
        line.happen(happenings_[next_], now_);
        follow_plug();
      }
      rig.advance(1ms);
      for (const auto& write : rig.take_wire()) line.bytes_in(as_bytes(write.data), now_);
      const Bytes bytes = line.due(now_);
      follow_plug();
      if (!bytes.empty()) rig.arrive(as_text(bytes));
    }
  }

  std::vector<std::string> told() {
    std::vector<std::string> texts;
    for (const auto& event : rig.take_events()) {
      for (const char* key : {"status", "indicated", "data"}) {
        if (event.contains(key)) texts.push_back(event.at(key));
      }
    }
    return texts;
  }

  Rig rig;
  simulators::SimulatedLine line;

 private:
  void follow_plug() {
    if (line.plugged() == plugged_) return;
    plugged_ = line.plugged();
    plugged_ ? rig.link_up() : rig.link_down();
  }

  std::vector<link::Happening> happenings_;
  std::size_t next_ = 0;
  std::chrono::nanoseconds now_{0};
  bool plugged_ = true;
};

TEST(ScaleDialogue, weighs_two_equal_things_as_two_weighings) {
  Dialogue scale("scale-toledo8217",
                 "1s scale0 place 1.250 kg\n3s scale0 remove\n5s scale0 place 1.250 kg\n");
  scale.run_until(8s);
  EXPECT_THAT(scale.told(), ElementsAre("stable_zero", "in_motion", "1.250", "in_motion",
                                        "stable_zero", "in_motion", "1.250"));
}

TEST(ScaleDialogue, reads_through_the_settling) {
  Dialogue scale("scale-toledo8217", "1s scale0 place 0.482 kg\n");
  scale.run_until(1050ms);
  const auto op = scale.rig.command(R"({"read":{}})", Rig::Within{.soft = 3s, .hard = 4s});
  scale.run_until(3s);
  EXPECT_EQ(scale.rig.done(op).status, "ok");
  EXPECT_EQ(scale.rig.done(op).result.at("grams"), 482);
}

TEST(ScaleDialogue, tares_and_clears_the_tare) {
  Dialogue scale("scale-toledo8217", "0.2s scale0 place 1.450 kg\n");
  scale.run_until(2s);
  auto op = scale.rig.command(R"({"tare":{"indicated":"0.200","unit":"kg"}})");
  scale.run_until(3s);
  EXPECT_EQ(scale.rig.done(op).status, "ok");
  EXPECT_THAT(scale.told(), ElementsAre("stable_zero", "in_motion", "1.450", "1.250"));
  op = scale.rig.command(R"({"tare":{"indicated":"0","unit":"kg"}})");
  scale.run_until(4s);
  EXPECT_EQ(scale.rig.done(op).status, "ok");
  EXPECT_THAT(scale.told(), ElementsAre("1.450"));
}

TEST(ScaleDialogue, zeroes_a_small_load_once_it_rests_and_no_large_one) {
  Dialogue scale("scale-toledo8217", "1s scale0 place 0.020 kg\n4s scale0 place 2 kg\n");
  scale.run_until(1010ms);
  auto op = scale.rig.command(R"({"zero":{}})");
  scale.run_until(3s);
  EXPECT_EQ(scale.rig.done(op).status, "ok");
  scale.run_until(5s);
  op = scale.rig.command(R"({"zero":{}})");
  scale.run_until(6s);
  EXPECT_EQ(scale.rig.done(op).status, "out_of_range");
  EXPECT_EQ(scale.told().back(), "1.980");
}

TEST(ScaleDialogue, tells_an_overload_and_a_lift_below_zero) {
  Dialogue scale("scale-toledo8217", "1s scale0 overload\n3s scale0 place -0.5 kg\n");
  scale.run_until(5s);
  const auto told = scale.told();
  EXPECT_THAT(told, ::testing::Contains("over_capacity"));
  EXPECT_EQ(told.back(), "needs_zero");
}

TEST(ScaleDialogue, comes_back_after_silence_unplugging_and_a_reboot) {
  Dialogue scale("scale-toledo8217",
                 "1s scale0 place 1 kg\n3s scale0 silence 2s\n6s scale0 unplug 1s\n"
                 "9s scale0 reboot\n13s scale0 error\n");
  scale.run_until(2s);
  EXPECT_EQ(scale.told().back(), "1.000");
  scale.run_until(4s);
  EXPECT_THAT(scale.told(), ElementsAre("not_ready"));
  scale.run_until(8s);
  EXPECT_THAT(scale.told(), ElementsAre("1.000", "1.000"));
  scale.run_until(12s);
  EXPECT_THAT(scale.told(), ElementsAre("not_ready", "1.000"));
  scale.run_until(15s);
  EXPECT_THAT(scale.told(), ElementsAre("not_ready"));
}

TEST(ScaleDialogue, tells_no_false_weight_through_noise_garbage_and_bad_parity) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    std::string scenario = "seed " + std::to_string(seed) + "\n0.3s scale0 place 1.234 kg\n";
    for (int i = 0; i < 20; ++i) {
      scenario += "+150ms scale0 garbage 20\n+30ms scale0 noise 7\n";
    }
    Dialogue scale("scale-toledo8217", scenario, {.byte_gap = 1ms, .flip_every = 23});
    scale.run_until(9s);
    for (const auto& event : scale.rig.take_events()) {
      EXPECT_EQ(event.value("indicated", "1.234"), "1.234") << seed;
    }
    EXPECT_EQ(scale.rig.counters().rollbacks, 0U);
  }
}

TEST(ScannerDialogue, reads_what_is_scanned_byte_by_byte) {
  Dialogue scanner("scanner-serial",
                   "0.5s scanner0 scan 4006381333931\n1s scanner0 scan \"0104006381333931\\x1d10A\""
                   " gs1_datamatrix\n",
                   {.byte_gap = 2ms, .flip_every = 0});
  scanner.run_until(2s);
  const auto events = scanner.rig.take_events();
  ASSERT_EQ(events.size(), 2U);
  EXPECT_EQ(events[0].at("symbology"), "ean13");
  EXPECT_EQ(events[1].at("symbology"), "gs1_datamatrix");
  EXPECT_EQ(events[1].at("data"),
            "0104006381333931\x1d"
            "10A");
}

TEST(ScannerDialogue, reads_again_what_was_cut_off) {
  Dialogue scanner("scanner-serial",
                   "0.5s scanner0 scan 4006381333931\n0.52s scanner0 unplug 1s\n"
                   "2s scanner0 scan 96385074\n",
                   {.byte_gap = 5ms, .flip_every = 0});
  scanner.run_until(3s);
  EXPECT_THAT(scanner.told(), ElementsAre("96385074"));
}

TEST(ScannerDialogue, frames_by_silence) {
  Dialogue scanner("scanner-serial", "0.5s scanner0 scan 4006381333931\n",
                   {.byte_gap = 2ms, .flip_every = 0}, R"({"suffix":""})", {{"suffix", ""}});
  scanner.run_until(1s);
  EXPECT_THAT(scanner.told(), ElementsAre("4006381333931"));
}

TEST(DisplayDialogue, is_drawn_again_after_it_was_unplugged) {
  Dialogue display("display-cd5220", "1s display0 unplug 4s\n1.1s display0 reboot\n");
  display.rig.command(R"({"show":{"lines":["Total","3.50"]}})");
  display.run_until(500ms);
  EXPECT_EQ(display.line.device().screen()[1], "3.50                ");
  display.run_until(1500ms);
  EXPECT_EQ(display.line.device().screen()[1], std::string(20, ' '));
  display.run_until(6s);
  EXPECT_EQ(display.line.device().screen()[1], "3.50                ");
}

}  // namespace
}  // namespace cartwright::test
