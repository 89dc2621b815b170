#pragma once

#include <cartwright/driver/asked_scale.hpp>
#include <cartwright/driver/driver.hpp>
#include <cartwright/driver/fixed.hpp>

#include "protocol.hpp"

namespace cartwright::mtsics {

using driver::Decimal;
using driver::Fx;

// One scale on one line. It asks SI, or lets the scale repeat (SIR).
class Scale : public driver::AskedScale<Scale> {
 public:
  void configure(const driver::Settings& settings);

  using AskedScale::on;
  void on(const driver::LinkDown& down, Fx& fx);
  void on(const driver::Timer& timer, Fx& fx);
  void on(const driver::Enable& enable, Fx& fx);

 private:
  friend AskedScale;

  static constexpr std::string_view no_message =
      "a line that is no MT-SICS answer; is the line set to the scale's speed and format?";
  static Answer read(driver::ByteView in) { return read_answer(in); }

  void ask_weight(Fx& fx);
  void ask_anew(Fx& fx);
  bool ask_about(Fx& fx);
  bool send(Doing doing, Fx& fx);
  bool send_tare(const Decimal& tare, Fx& fx);
  void listen(Fx& fx);
  void no_answer(Fx& fx);
  void stay_silent(Fx& fx);

  void hear(const Answer& answer, Fx& fx);
  bool answers(const Answer& answer) const;
  void tell(const Answer& answer, Fx& fx);
  void learn(const Answer& answer, Fx& fx);
  void advance(const Answer& answer, char asked, Fx& fx);

  bool repeat_ = false;
  bool repeating_ = false;  // SIR was sent
  bool tared_ = false;      // as far as is known, weights are net
  std::uint8_t about_ = 0;  // how many of the questions about the scale were asked
  driver::FixedString<64> model_;
  driver::FixedString<64> firmware_;
};

}  // namespace cartwright::mtsics
