#pragma once

#include <cartwright/driver/driver.hpp>
#include <cartwright/driver/scale.hpp>

#include "protocol.hpp"

namespace cartwright::toledo8217 {

using driver::Bytes;
using driver::Fx;

// One scale on one line. It asks 'W' and does what Weighing does with the answers.
class Scale {
 public:
  void configure(const driver::Settings& settings);

  void on(const driver::LinkUp& up, Fx& fx);
  void on(const driver::LinkDown& down, Fx& fx);
  void on(Bytes in, Fx& fx);
  void on(const driver::Timer& timer, Fx& fx);
  void on(const driver::ReadWeight& read, Fx& fx);
  void on(const driver::ZeroScale& zero, Fx& fx);
  void on(const driver::Tare& tare, Fx& fx);
  void on(const driver::TareLoad& tare, Fx& fx);
  void on(const driver::CheckHealth& check, Fx& fx);
  void on(const driver::Enable& enable, Fx& fx);
  void on(const driver::Cancel& cancel, Fx& fx);

 private:
  using Doing = driver::Weighing::Doing;

  void ask(char command, std::string_view bytes, Fx& fx);
  void ask_weight(Fx& fx) { ask('W', "W", fx); }
  void pause(Fx& fx);
  void no_answer(Fx& fx);

  void answer(const Frame& frame, Fx& fx);
  void tell(const Frame& frame, Fx& fx);
  void advance(const Frame& frame, char asked, Fx& fx);
  void advance_zero(const Frame& frame, char asked, Fx& fx);
  void advance_tare(const Frame& frame, Fx& fx);
  void advance_load(const Frame& frame, char asked, Fx& fx);

  std::chrono::milliseconds poll_{200};
  std::chrono::milliseconds patience_{500};
  std::uint32_t unit_ = CW_UNIT_KILOGRAM;
  bool live_ = true;

  bool up_ = false;
  bool enabled_ = true;
  bool in_garbage_ = false;  // its fault is told
  bool again_ = false;       // the last Z or T came while the load moved
  char asked_ = 0;           // the command whose answer is awaited, 0 for none
  driver::Weighing weighing_;
};

}  // namespace cartwright::toledo8217
