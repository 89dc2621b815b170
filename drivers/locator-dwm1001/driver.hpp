#pragma once

#include <cartwright/driver/driver.hpp>

#include "protocol.hpp"
#include "zones.hpp"

namespace cartwright::dwm1001 {

using driver::Fx;
using std::chrono::nanoseconds;

// A tag that tells where it is, line by line. It listens first: a module that was told before goes
// on telling, and the command that starts it is the one that stops it.
class Locator {
 public:
  std::string_view configure(const driver::Settings& settings);

  void on(const driver::LinkUp& up, Fx& fx);
  void on(const driver::LinkDown& down, Fx& fx);
  void on(driver::Bytes in, Fx& fx);
  void on(const driver::Timer& timer, Fx& fx);
  void on(const driver::Cancel& cancel, Fx& fx);
  void on(const driver::Enable& enable, Fx& fx);
  void on(const driver::CheckHealth& check, Fx& fx);

 private:
  enum class Phase : std::uint8_t {
    down,
    listening,  // is it telling already?
    waking,     // the shell was asked for, its prompt is awaited
    starting,   // told to tell, the first line is awaited
    telling,
  };

  void take_line(std::string_view text, Fx& fx);
  bool is_ours(const Line& line, Fx& fx);
  void tell(const Position& position, Fx& fx);
  void tell_zone(Fx& fx);
  void wake(Fx& fx);
  void start(Fx& fx);
  void alive(Fx& fx);
  void silent(Fx& fx);
  void damaged(Fx& fx);
  void end_health(std::int32_t status, Fx& fx);

  driver::FixedString<4> command_;
  Zones zones_;
  nanoseconds silence_{0};
  std::uint32_t least_quality_ = 0;
  std::uint32_t tag_ = 0;
  bool has_tag_ = false;

  Phase phase_ = Phase::down;
  ZoneChoice zone_;
  bool enabled_ = true;
  bool too_long_ = false;  // the rest of this line is not wanted
  bool told_silent_ = false;
  bool tags_differ_ = false;
  std::uint32_t heard_tag_ = 0;
  bool has_heard_tag_ = false;
  nanoseconds last_line_{0};
  nanoseconds next_fault_{0};
  driver::FixedVector<std::uint64_t, 8> health_;
};

}  // namespace cartwright::dwm1001
