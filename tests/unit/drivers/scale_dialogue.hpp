#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "unit/drivers/dialogue.hpp"
#include "unit/drivers/scale_words.hpp"

namespace cartwright::test {

// What a scale told since the last time, without what it showed while the load moved.
inline std::vector<std::string> settled(Dialogue& scale) {
  std::vector<std::string> words;
  for (const auto& event : scale.rig.take_events()) {
    const std::string word = scale_words(event);
    if (word != "in_motion" && !word.ends_with(" moving")) words.push_back(word);
  }
  return words;
}

// Of a scenario with a load from the start, 3s silence 2s, 6s unplug 1s, 9s reboot, 13s error.
inline void expect_to_come_back(Dialogue& scale, const std::string& weight) {
  const auto count = [&](const std::string& word) {
    const auto told = settled(scale);
    return std::count(told.begin(), told.end(), word);
  };
  scale.run_until(std::chrono::milliseconds(2900));
  EXPECT_EQ(count(weight), 1);
  scale.run_until(std::chrono::milliseconds(5900));
  const auto through_silence = settled(scale);
  ASSERT_GE(through_silence.size(), 2U);
  EXPECT_EQ(through_silence.front(), "not_ready");
  EXPECT_EQ(through_silence.back(), weight);
  scale.run_until(std::chrono::milliseconds(8900));
  EXPECT_EQ(count(weight), 1) << "after it was unplugged";
  scale.run_until(std::chrono::milliseconds(12900));
  EXPECT_EQ(count(weight), 1) << "after its reboot";
  scale.run_until(std::chrono::milliseconds(18000));
  EXPECT_EQ(settled(scale), std::vector<std::string>{"not_ready"});
}

// One in 23 bytes has its highest bit wrong, and garbage comes at any time: what is told as a
// stable weight is what lies there.
inline void expect_no_false_weight(const std::string& driver, const std::string& load,
                                   const std::string& indicated,
                                   const std::string& settings = "{}") {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    std::string scenario = "seed " + std::to_string(seed) + "\n0.3s scale0 place " + load + "\n";
    for (int i = 0; i < 20; ++i) {
      scenario += "+150ms scale0 garbage 20\n+30ms scale0 noise 7\n";
    }
    Dialogue scale(driver, scenario,
                   {.byte_gap = std::chrono::milliseconds(1), .flip_every = 23, .seed = seed},
                   settings);
    scale.run_until(std::chrono::seconds(9));
    for (const auto& event : scale.rig.take_events()) {
      EXPECT_EQ(event.value("indicated", indicated), indicated) << seed;
    }
    EXPECT_EQ(scale.rig.counters().rollbacks, 0U);
  }
}

}  // namespace cartwright::test
