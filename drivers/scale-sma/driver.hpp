#pragma once

#include <cartwright/driver/asked_scale.hpp>
#include <cartwright/driver/driver.hpp>
#include <cartwright/driver/fixed.hpp>

#include "protocol.hpp"

namespace cartwright::sma {

using driver::Decimal;
using driver::Fx;

// One scale on one line. It asks 'W'.
class Scale : public driver::AskedScale<Scale> {
 public:
  using AskedScale::configure;

  using AskedScale::on;
  void on(const driver::LinkUp& up, Fx& fx);

 private:
  friend AskedScale;
  using Text = driver::FixedString<25>;

  // What is to be asked about the scale itself: A, then B to its END; I, then N to its END.
  enum class About : std::uint8_t { maker, more_maker, range, more_range, known };

  static constexpr std::string_view no_message =
      "bytes that are no SMA answer; is the line set to the scale's speed and format?";
  static Message read(driver::ByteView in) { return read_message(in); }

  void ask(char what, std::string_view more, Fx& fx);
  void ask_weight(Fx& fx) { ask('W', {}, fx); }
  bool ask_about(Fx& fx);
  bool send(Doing doing, Fx& fx);
  bool send_tare(const Decimal& tare, Fx& fx);
  void no_answer(Fx& fx);

  void hear(const Message& message, Fx& fx);
  void tell(const Message& message, char asked, Fx& fx);
  void diagnosed(const Message& message, Fx& fx);
  void about(const Message& message, Fx& fx);
  void end_of_fields(Fx& fx);
  void tell_range(std::string_view text, Fx& fx);
  void advance(const Message& message, char asked, Fx& fx);
  void advance_zero(const Message& message, char asked, Fx& fx);
  void advance_tare(const Message& message, char asked, Fx& fx);

  About about_ = About::maker;
  std::uint8_t fields_ = 0;  // answers to the dialogue under way
  Text maker_, model_, firmware_, serial_;
};

}  // namespace cartwright::sma
