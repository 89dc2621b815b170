#pragma once

#include <cartwright/driver/asking.hpp>
#include <cartwright/driver/driver.hpp>
#include <cartwright/driver/fixed.hpp>
#include <cartwright/driver/scale.hpp>

#include "protocol.hpp"

namespace cartwright::sma {

using driver::Bytes;
using driver::Decimal;
using driver::Fx;

// One scale on one line. It asks 'W' and does what Weighing does with the answers; once it has
// answered, it is asked what it is.
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
  using Text = driver::FixedString<25>;

  // What is to be asked about the scale itself: A, then B to its END; I, then N to its END.
  enum class About : std::uint8_t { maker, more_maker, range, more_range, known };

  void begin(std::uint64_t op, Doing doing, Fx& fx);
  bool do_command(Fx& fx);
  void ask(char what, std::string_view more, Fx& fx);
  void go_on(Fx& fx);
  void no_answer(Fx& fx);
  bool send_tare(Fx& fx);

  void hear(const Message& message, Fx& fx);
  void tell(const Message& message, char asked, Fx& fx);
  void diagnosed(const Message& message, Fx& fx);
  void about(const Message& message, Fx& fx);
  void end_of_fields(Fx& fx);
  void tell_range(std::string_view text, Fx& fx);
  void advance(const Message& message, char asked, Fx& fx);
  void advance_zero(const Message& message, char asked, Fx& fx);
  void advance_tare(const Message& message, char asked, Fx& fx);

  std::chrono::milliseconds poll_{200};
  std::chrono::milliseconds patience_{500};
  std::chrono::milliseconds settle_{5000};
  bool live_ = true;

  bool enabled_ = true;
  bool in_garbage_ = false;  // its fault is told
  bool sent_ = false;        // the command under way is on its way
  About about_ = About::maker;
  std::uint8_t fields_ = 0;  // answers to the dialogue under way
  std::uint32_t unit_ = 0;   // of the last weight, 0 before it and after silence
  Decimal tare_;             // of a tare that is under way
  std::uint32_t tare_unit_ = 0;
  Text maker_, model_, firmware_, serial_;
  driver::Asking line_;
  driver::Weighing weighing_;
};

}  // namespace cartwright::sma
