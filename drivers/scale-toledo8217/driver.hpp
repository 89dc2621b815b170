#pragma once

#include <cartwright/driver/asked_scale.hpp>
#include <cartwright/driver/driver.hpp>

#include "protocol.hpp"

namespace cartwright::toledo8217 {

using driver::Fx;

// One scale on one line. It asks 'W'.
class Scale : public driver::AskedScale<Scale> {
 public:
  void configure(const driver::Settings& settings);

  using AskedScale::on;
  void on(const driver::Tare& tare, Fx& fx);

 private:
  friend AskedScale;

  static constexpr std::string_view no_message =
      "bytes that are no Toledo 8217 answer; is the line set to 9600 7E1?";
  static Frame read(driver::ByteView in) { return read_frame(in); }

  void ask(char command, std::string_view bytes, Fx& fx) {
    line_.ask(command, bytes, patience_, fx);
  }
  void ask_weight(Fx& fx) { ask('W', "W", fx); }
  bool ask_about(Fx&) { return false; }  // the protocol has no such question
  void begun(Fx& fx);
  bool send(Doing doing, Fx& fx);
  void no_answer(Fx& fx);

  void hear(const Frame& frame, Fx& fx);
  void tell(const Frame& frame, char asked, Fx& fx);
  void advance(const Frame& frame, char asked, Fx& fx);
  void advance_zero(const Frame& frame, char asked, Fx& fx);
  void advance_tare(const Frame& frame, Fx& fx);
  void advance_load(const Frame& frame, char asked, Fx& fx);

  std::uint32_t unit_ = CW_UNIT_KILOGRAM;
};

}  // namespace cartwright::toledo8217
