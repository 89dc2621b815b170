#pragma once

#include <cartwright/driver/asking.hpp>
#include <cartwright/driver/driver.hpp>
#include <cartwright/driver/fixed.hpp>
#include <cartwright/driver/scale.hpp>

#include "protocol.hpp"

namespace cartwright::mtsics {

using driver::Bytes;
using driver::Decimal;
using driver::Fx;

// One scale on one line. It asks SI, or lets the scale repeat (SIR), and does what Weighing does
// with the answers; once it has answered, it is asked what it is.
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

  bool wanted() const { return (live_ && enabled_) || !weighing_.idle(); }
  void begin(std::uint64_t op, Doing doing, Fx& fx);
  bool do_command(Fx& fx);
  bool send_tare(Fx& fx);
  void ask_weight(Fx& fx);
  bool has_question() const;
  void ask_about(Fx& fx);
  void go_on(Fx& fx);
  void no_answer(Fx& fx);
  void fall_silent(Fx& fx);

  void hear(const Answer& answer, Fx& fx);
  bool answers(const Answer& answer) const;
  void tell(const Answer& answer, Fx& fx);
  void learn(const Answer& answer, Fx& fx);
  void advance(const Answer& answer, char asked, Fx& fx);

  std::chrono::milliseconds poll_{200};
  std::chrono::milliseconds patience_{500};
  std::chrono::milliseconds settle_{5000};
  bool live_ = true;
  bool repeat_ = false;

  bool enabled_ = true;
  bool in_garbage_ = false;  // its fault is told
  bool repeating_ = false;   // SIR was sent
  bool sent_ = false;        // the command under way is on its way
  bool tared_ = false;       // as far as is known, weights are net
  std::uint8_t about_ = 0;   // how many of the questions about the scale were asked
  std::uint32_t unit_ = 0;   // of the last weight, 0 before it and after silence
  Decimal tare_;             // of a tare that is under way
  std::uint32_t tare_unit_ = 0;
  driver::FixedString<64> model_;
  driver::FixedString<64> firmware_;
  driver::Asking line_;
  driver::Weighing weighing_;
};

}  // namespace cartwright::mtsics
