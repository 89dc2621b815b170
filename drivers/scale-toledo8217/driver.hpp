#pragma once

#include <cartwright/driver/driver.hpp>

#include "protocol.hpp"

namespace cartwright::toledo8217 {

using driver::Bytes;
using driver::Fx;

// One scale on one line. It asks 'W', tells what changed, and does one command at a time.
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
  void on(const driver::CheckHealth& check, Fx& fx);
  void on(const driver::Enable& enable, Fx& fx);
  void on(const driver::Cancel& cancel, Fx& fx);

 private:
  enum class Doing : std::uint8_t { nothing, read, zero, tare, clear_tare, check };
  enum class Told : std::uint8_t { nothing, weight, status };

  bool begin(std::uint64_t op, Doing doing, Fx& fx);
  void end(std::int32_t status, Fx& fx);
  void ask(char command, std::string_view bytes, Fx& fx);
  void ask_weight(Fx& fx) { ask('W', "W", fx); }
  void pause(Fx& fx);
  void no_answer(Fx& fx);

  void answer(const Frame& frame, Fx& fx);
  void advance(const Frame& frame, char asked, Fx& fx);
  void advance_read(const Frame& frame, Fx& fx);
  void advance_zero(const Frame& frame, char asked, Fx& fx);
  void advance_tare(const Frame& frame, Fx& fx);

  void tell_weight(const Frame& frame, Fx& fx);
  void tell_status(std::uint8_t bits, char asked, Fx& fx);
  void tell(std::uint16_t statuses, Fx& fx);

  std::chrono::milliseconds poll_{200};
  std::chrono::milliseconds patience_{500};
  std::uint32_t unit_ = CW_UNIT_KILOGRAM;
  bool live_ = true;

  bool up_ = false;
  bool enabled_ = true;
  bool in_garbage_ = false;  // its fault is told
  bool silent_ = false;      // not_ready is told
  bool moving_ = false;      // the last answer said so
  char asked_ = 0;           // the command whose answer is awaited, 0 for none

  Doing doing_ = Doing::nothing;
  bool zero_again_ = false;  // the last Z came while the load moved
  std::uint64_t op_ = 0;

  // What the app knows: a weight, or the statuses as bits 1 << CW_SCALE_*.
  Told told_ = Told::nothing;
  std::uint16_t told_statuses_ = 0;
  bool told_net_ = false;
  Decimal told_weight_;
};

}  // namespace cartwright::toledo8217
