#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include "unit/plugins/rig.hpp"

namespace cartwright::test {

// What a scale's event says, short: "1.250 kg", "1.250 kg net", "1.2 kg moving", "in_motion".
inline std::string scale_words(const nlohmann::json& event) {
  if (event.at("type") == "scale.status") return event.at("status");
  if (event.at("type") != "scale.weight") return event.at("type");
  return event.at("indicated").get<std::string>() + " " + event.at("unit").get<std::string>() +
         (event.at("net").get<bool>() ? " net" : "") +
         (event.at("stable").get<bool>() ? "" : " moving");
}

// A scale's driver whose line is up, and what the test does with it.
class ScaleRig {
 public:
  explicit ScaleRig(const std::string& driver, const std::string& settings = "{}")
      : rig(driver, settings) {
    rig.link_up();
  }
  std::vector<std::string> told() {
    std::vector<std::string> texts;
    for (const auto& event : rig.take_events()) texts.push_back(scale_words(event));
    return texts;
  }
  std::vector<std::string> told_after(const std::string& bytes) {
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

// What a scale may send, and what the app is then told.
struct KnownAnswer {
  std::string rx;
  std::vector<std::string> told;
};

// Each on a line of its own: that is told, nothing is wrong with it and nothing of it is left.
inline void expect_told(const std::string& driver, std::span<const KnownAnswer> answers) {
  for (const KnownAnswer& answer : answers) {
    ScaleRig fresh(driver);
    EXPECT_EQ(fresh.told_after(answer.rx), answer.told) << answer.rx;
    EXPECT_TRUE(fresh.rig.take_faults().empty()) << answer.rx;
    EXPECT_EQ(fresh.rig.pending(), "") << answer.rx;
  }
}

inline void expect_among(std::span<const KnownAnswer> answers, const std::string& rx) {
  EXPECT_TRUE(std::any_of(answers.begin(), answers.end(),
                          [&](const KnownAnswer& answer) { return answer.rx == rx; }))
      << "no test says what is told of " << rx;
}

}  // namespace cartwright::test
