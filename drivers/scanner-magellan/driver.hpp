#pragma once

#include <cartwright/driver/driver.hpp>
#include <cartwright/driver/label_id.hpp>
#include <cartwright/driver/scale.hpp>

#include "protocol.hpp"

namespace cartwright::magellan {

using driver::Bytes;
using driver::Fx;

inline constexpr std::uint32_t scanner_unit = 0;
inline constexpr std::uint32_t scale_unit = 1;

// A scanner and a scale on one line. Labels come by themselves; the weight is asked for, and
// Weighing does the rest.
class ScannerScale {
 public:
  void configure(const driver::Settings& settings);

  void on(const driver::LinkUp& up, Fx& fx);
  void on(const driver::LinkDown& down, Fx& fx);
  void on(Bytes in, Fx& fx);
  void on(const driver::Timer& timer, Fx& fx);
  void on(const driver::Beep& beep, Fx& fx);
  void on(const driver::ReadWeight& read, Fx& fx);
  void on(const driver::CheckHealth& check, Fx& fx);
  void on(const driver::Enable& enable, Fx& fx);
  void on(const driver::Cancel& cancel, Fx& fx);

 private:
  using Doing = driver::Weighing::Doing;
  enum class Ids : std::uint8_t { none, aim, datalogic, datalogic_eu };

  void begin(Fx& fx);
  void ask(Fx& fx);
  void pause(Fx& fx);
  void read(Bytes& in, Fx& fx);
  void take(const Line& line, Fx& fx);
  void answered(Fx& fx);
  void tell_label(std::string_view label, Fx& fx);
  void tell_status(char status, Fx& fx);
  void broken(std::string_view why, Fx& fx);

  std::chrono::milliseconds poll_{200};
  std::chrono::milliseconds patience_{500};
  std::chrono::milliseconds gap_{1000};
  std::uint32_t unit_ = CW_UNIT_KILOGRAM;
  Ids ids_ = Ids::datalogic;
  bool live_ = true;
  bool check_digits_ = true;
  bool reset_ = false;
  std::uint32_t bad_tones_ = 3;

  bool up_ = false;
  bool begun_ = false;  // a reset is over
  bool scanning_ = true;
  bool weighs_ = true;
  bool asked_ = false;
  bool in_garbage_ = false;    // its fault is told
  std::uint32_t tones_ = 0;    // to sound still
  std::uint32_t waiting_ = 0;  // bytes that the last call left pending
  std::chrono::nanoseconds last_byte_{0};
  std::uint64_t health_op_ = 0;  // of the scanner; the scale's is Weighing's
  driver::Weighing weighing_{scale_unit};
};

}  // namespace cartwright::magellan
