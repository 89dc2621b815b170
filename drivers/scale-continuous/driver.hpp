#pragma once

#include <cartwright/driver/driver.hpp>
#include <cartwright/driver/scale.hpp>

#include "protocol.hpp"

namespace cartwright::continuous {

using driver::Bytes;
using driver::Fx;

// One scale on one line. It listens, and does what Weighing does with the lines.
class Scale {
 public:
  std::string_view configure(const driver::Settings& settings);

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

  void listen(Fx& fx);
  void ask(Fx& fx);
  void send(std::string_view command, Fx& fx);
  void settled(Fx& fx);

  void hear(const Line& line, Fx& fx);
  void tell(const Line& line, Fx& fx);
  void advance(const Line& line, Fx& fx);
  void complain(LineKind kind, Fx& fx);

  std::chrono::milliseconds poll_{0};
  std::chrono::milliseconds patience_{2000};
  std::uint32_t unit_ = 0;  // of lines that name none; 0: none is known
  bool obeys_ = false;

  bool up_ = false;
  bool enabled_ = true;
  bool heard_ = false;                       // a line came since the last command
  bool moved_ = false;                       // the load moved since the last command
  bool again_ = false;                       // a zero is sent again when the load rests
  LineKind complained_ = LineKind::nothing;  // its fault is told
  driver::Weighing weighing_;
};

}  // namespace cartwright::continuous
