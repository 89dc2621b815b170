#pragma once

#include "controller.hpp"
#include "heard.hpp"

namespace cartwright::ble {

// Listens to the store's beacons. What is no beacon of the store is looked at and forgotten within
// the call: no byte of it comes into an event, a log, a fault or this struct.
class Locator {
 public:
  std::string_view configure(const driver::Settings& settings);

  void on(const driver::LinkUp& up, Fx& fx);
  void on(const driver::LinkDown& down, Fx& fx);
  void on(driver::Bytes in, Fx& fx);
  void on(const driver::Timer& timer, Fx& fx);
  void on(const driver::Cancel& cancel, Fx& fx);
  void on(const driver::Enable& enable, Fx& fx);
  void on(const driver::CheckHealth& check, Fx& fx);

 private:
  // What one call may tell: its effects are bounded.
  static constexpr std::size_t most_events = 100;

  void skip_garbage(driver::Bytes& in, Fx& fx);
  void report(const Report& report, Fx& fx);
  void tell(const Beacon& beacon, const Report& report, Fx& fx);
  void choose_zone(bool by_hearing, Fx& fx);
  void tell_zone(Fx& fx);

  Keys keys_;
  ZoneChoice::Rules rules_;

  Controller controller_;
  HeardBeacons heard_;
  ZoneChoice zone_;
  bool in_garbage_ = false;
  std::uint32_t events_left_ = 0;  // of this call
  nanoseconds next_garbage_fault_{0};
};

}  // namespace cartwright::ble
