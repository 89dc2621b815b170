#pragma once

#include <gtest/gtest.h>

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

}  // namespace cartwright::test
