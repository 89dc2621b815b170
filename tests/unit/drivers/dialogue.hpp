#pragma once

#include <string>
#include <vector>

#include "simulators/registry.hpp"
#include "simulators/simulated_line.hpp"
#include "unit/plugins/rig.hpp"

namespace cartwright::test {

// A driver and the simulated device that it drives, both in one virtual time.
class Dialogue {
 public:
  explicit Dialogue(const std::string& driver, const std::string& scenario,
                    simulators::LineFaults faults = {}, const std::string& settings = "{}",
                    const simulators::OptionValues& options = {})
      : rig(driver, settings),
        line(simulators::find_protocol(driver).make(options), faults),
        happenings_(link::Scenario::parse(scenario, "scenario").happenings) {
    come_up();
  }

  void run_until(std::chrono::nanoseconds end) {
    while (now_ < end) {
      now_ += std::chrono::milliseconds(1);
      for (; next_ < happenings_.size() && happenings_[next_].at <= now_; ++next_) {
        line.happen(happenings_[next_], now_);
        follow_plug();
      }
      rig.advance(std::chrono::milliseconds(1));
      for (const auto& write : rig.take_wire()) line.bytes_in(as_bytes(write.data), now_);
      for (Bytes bytes = line.due(now_); !bytes.empty(); bytes = line.due(now_)) {
        follow_plug();
        rig.arrive(as_text(bytes));
      }
      follow_plug();
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
    plugged_ ? come_up() : rig.link_down();
  }

  void come_up() { rig.link_up(0, line.device().descriptor(), line.device().usb_id()); }

  std::vector<link::Happening> happenings_;
  std::size_t next_ = 0;
  std::chrono::nanoseconds now_{0};
  bool plugged_ = true;
};

}  // namespace cartwright::test
