#pragma once

#include <cartwright/driver/driver.hpp>
#include <cartwright/driver/scale.hpp>

#include "protocol.hpp"

namespace cartwright::scale_hid {

using driver::Fx;

// One scale on one HID interface. It sends its reports unasked; Weighing tells what is new in them.
class Scale {
 public:
  void configure(const driver::Settings& settings);

  void on(const driver::LinkUp& up, Fx& fx);
  void on(const driver::LinkDown& down, Fx& fx);
  void on(const driver::Message& message, Fx& fx);
  void on(const driver::Timer& timer, Fx& fx);
  void on(const driver::IoDone& done, Fx& fx);
  void on(const driver::ReadWeight& read, Fx& fx);
  void on(const driver::ZeroScale& zero, Fx& fx);
  void on(const driver::CheckHealth& check, Fx& fx);
  void on(const driver::Enable& enable, Fx& fx);
  void on(const driver::Cancel& cancel, Fx& fx);

 private:
  using Doing = driver::Weighing::Doing;

  enum class Use : std::uint8_t {
    usual,     // no descriptor: the class's usual report
    layout,    // as the descriptor says
    unusable,  // no scale of the HID class
  };
  enum class First : std::uint8_t { as_known, drop, keep };

  void show(const Reading& reading, Fx& fx);
  void show_by_stillness(const driver::Weight& weight, Fx& fx);
  void show_under_zero(const Reading& reading, Fx& fx);
  void show_last(Fx& fx);
  bool wanted() const { return (live_ && enabled_) || !weighing_.idle(); }

  bool live_ = true;
  First first_ = First::as_known;
  std::chrono::milliseconds settle_{500};

  Layout layout_;
  Use use_ = Use::usual;
  Odd odd_;
  bool no_zero_ = false;
  bool up_ = false;
  bool enabled_ = true;
  bool drop_next_ = false;   // the first report is of the weighing before
  bool old_ = false;         // it was the last that came
  bool in_garbage_ = false;  // its fault is told
  bool under_zero_ = false;  // is told

  // Of a scale without status: the weight that stands, and that it has stood long enough.
  bool has_still_weight_ = false;
  bool still_ = false;
  driver::Weight still_weight_;

  // The last report, for a scale that sends one only when something changes.
  bool has_last_ = false;
  Status last_status_ = Status::none;
  bool last_has_weight_ = false;
  driver::Weight last_weight_;
  driver::Weighing weighing_;
};

}  // namespace cartwright::scale_hid
