#pragma once

// A device that speaks when it is asked: one request, one answer, a pause. A flat member of the
// driver's state.

#include <cartwright/driver/fx.hpp>

namespace cartwright::driver {

class Asking {
 public:
  // The driver's timers: the pause is over; the answer is overdue.
  static constexpr std::uint64_t timer_ask = 1;
  static constexpr std::uint64_t timer_answer = 2;

  void link_up() { up_ = true; }
  void link_down(Fx& fx) {
    up_ = false;
    answered(fx);
    fx.stop_timer(timer_ask);
  }
  bool up() const { return up_; }

  // Sends a request that the driver calls `what`, not 0. It takes the place of one that still
  // waits.
  void ask(char what, std::string_view bytes, std::chrono::nanoseconds patience, Fx& fx) {
    fx.write(bytes);
    asked_ = what;
    fx.stop_timer(timer_ask);
    fx.timer(timer_answer, patience);
  }
  // What waits for its answer; 0: nothing.
  char asked() const { return asked_; }
  bool free() const { return up_ && asked_ == 0; }
  void answered(Fx& fx) {
    asked_ = 0;
    fx.stop_timer(timer_answer);
  }
  // timer_ask is due after `pause`, where nothing is asked.
  void ask_after(std::chrono::nanoseconds pause, Fx& fx) {
    if (free()) fx.timer(timer_ask, pause);
  }

 private:
  bool up_ = false;
  char asked_ = 0;
};

}  // namespace cartwright::driver
