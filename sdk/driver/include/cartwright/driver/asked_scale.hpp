#pragma once

// Asking and Weighing together: what every driver does whose scale is asked for its weight.

#include <cartwright/driver/asking.hpp>
#include <cartwright/driver/read_each.hpp>
#include <cartwright/driver/scale.hpp>
#include <cartwright/driver/settings.hpp>

namespace cartwright::driver {

// The base of such a driver, which brings all of it in by `using AskedScale<Scale>::on`. It asks
// for the weight while someone wants to know it, sends a command once the line is free and the load
// allows it, and once a weight is told it asks the scale what it is. `Scale` says what the protocol
// has, to this base alone (friend):
//
//   static constexpr std::string_view no_message    the fault of bytes that are no message
//   static Message read(ByteView in)                as read_each wants it; kinds `garbage` and,
//                                                   where the protocol has empty ones, `nothing`
//   void hear(const Message&, Fx&)                  any other message
//   void no_answer(Fx&)                             what was asked last is overdue
//   void ask_weight(Fx&)                            asks for one, the line is free
//   bool ask_about(Fx&)                             asks the next question about the scale; false
//                                                   where none is left
//   bool send(Doing, Fx&)                           sends a command; false where it needs none
//   bool send_tare(const Decimal&, Fx&)             in the scale's unit; false where it has not the
//                                                   digits for it
//
// A driver whose scale takes its commands at any time sends them in a begun(Fx&) of its own, and
// needs no send_tare.
template <typename Scale>
class AskedScale {
 public:
  void on(const LinkUp&, Fx& fx) {
    line_.link_up();
    if (live_ && enabled_) self().ask_weight(fx);
  }
  void on(const LinkDown&, Fx& fx) {
    line_.link_down(fx);
    in_garbage_ = false;
    shown_unit_ = 0;
    weighing_.line_down(fx);
  }
  void on(Bytes in, Fx& fx) {
    if (in.lost() == 0) return read_on(in, fx);
    // What is left may be one message's head with another's tail: a wrong weight.
    in.take_all();
    fx.fault("bytes from the scale were lost");
  }
  void on(const Timer& timer, Fx& fx) {
    if (timer.id == timer_more) return read_on(fx.pending(), fx);
    if (timer.id == Asking::timer_answer && line_.asked() != 0) return self().no_answer(fx);
    if (timer.id != Asking::timer_ask || !line_.free()) return;
    if (!learn_more(fx)) self().ask_weight(fx);
  }

  void on(const ReadWeight& command, Fx& fx) { begin(command.op, Doing::read, fx); }
  void on(const ZeroScale& command, Fx& fx) { begin(command.op, Doing::zero, fx); }
  void on(const TareLoad& command, Fx& fx) { begin(command.op, Doing::tare_load, fx); }
  void on(const CheckHealth& command, Fx& fx) { begin(command.op, Doing::check, fx); }
  void on(const Tare& tare, Fx& fx) {
    if (tare.mantissa < 0) return fx.done(tare.op, CW_INVALID);
    if (weighing_.idle()) {
      tare_ = {tare.mantissa, tare.exponent};
      tare_unit_ = tare.weight_unit;
    }
    begin(tare.op, tare.mantissa == 0 ? Doing::clear_tare : Doing::tare, fx);
  }
  void on(const Enable& enable, Fx& fx) {
    enabled_ = enable.enabled;
    fx.done(enable.op);
    if (enabled_ && live_ && line_.free()) self().ask_weight(fx);
  }
  void on(const Cancel& cancel, Fx& fx) { weighing_.cancel(cancel, fx); }

 protected:
  using Doing = Weighing::Doing;

  static constexpr std::uint64_t timer_more = 3;  // behind those of Asking

  // The settings live, poll_ms, answer_ms and, where the scale waits for the load to rest by
  // itself, settle_ms.
  void configure(const Settings& settings) {
    live_ = settings.boolean("live");
    poll_ = std::chrono::milliseconds(settings.integer("poll_ms"));
    patience_ = std::chrono::milliseconds(settings.integer("answer_ms"));
    settle_ = std::chrono::milliseconds(settings.integer("settle_ms"));
  }

  bool wanted() const { return (live_ && enabled_) || !weighing_.idle(); }

  // The line is free: the weight is asked for after the pause, where someone wants to know it.
  void pause(Fx& fx) {
    if (wanted()) line_.ask_after(poll_, fx);
  }
  // The line is free: a command that waits goes out, or the pause begins.
  void go_on(Fx& fx) {
    if (line_.free() && !do_command(fx)) pause(fx);
  }

  // Asks the next question about the scale, once a weight is told and no command under way.
  bool learn_more(Fx& fx) { return shown_unit_ != 0 && weighing_.idle() && self().ask_about(fx); }

  // Sends the command that is under way, where it is not yet and can be. A zero waits for the load
  // to rest, a tare for the scale's unit.
  bool do_command(Fx& fx) {
    if (sent_ || weighing_.idle()) return false;
    const Doing doing = weighing_.doing();
    if (doing == Doing::tare) return shown_unit_ != 0 && do_tare(fx);
    const bool needs_rest = doing == Doing::zero || doing == Doing::tare_load;
    if (needs_rest && weighing_.moving()) return false;
    sent_ = self().send(doing, fx);
    return sent_;
  }

  // Nothing came in time. A zero is sent again, a tare is not.
  void fall_silent(Fx& fx) {
    line_.answered(fx);
    shown_unit_ = 0;
    weighing_.silent(fx);
    if (weighing_.doing() == Doing::zero) sent_ = false;
    if (sent_) weighing_.end(CW_TIMEOUT, fx);
    pause(fx);
  }

  // A weight in a unit that has no CW_UNIT_*, 0, is none.
  void tell(const Weight& weight, Fx& fx) {
    if (weight.unit != 0) return weighing_.weight(weight, fx);
    fx.fault("the scale's unit is none of kg, g, mg, lb and oz; set it to one of them");
    weighing_.statuses(scale_bit(CW_SCALE_NOT_READY), fx);
  }

  // A command has begun.
  void begun(Fx& fx) {
    if (line_.free() && !do_command(fx) && !weighing_.idle()) self().ask_weight(fx);
  }

  std::chrono::milliseconds poll_{200};
  std::chrono::milliseconds patience_{500};
  std::chrono::milliseconds settle_{0};
  std::uint32_t shown_unit_ = 0;  // of the last weight, 0 before it and after silence
  bool live_ = true;
  bool enabled_ = true;
  bool sent_ = false;  // the command under way is on its way
  Asking line_;
  Weighing weighing_;

 private:
  Scale& self() { return static_cast<Scale&>(*this); }

  void begin(std::uint64_t op, Doing doing, Fx& fx) {
    if (!weighing_.begin(op, doing, line_.up(), fx)) return;
    sent_ = false;
    self().begun(fx);
  }

  bool do_tare(Fx& fx) {
    const auto tare = in_unit(tare_, tare_unit_, shown_unit_);
    sent_ = tare && self().send_tare(*tare, fx);
    if (!sent_) weighing_.end(CW_INVALID, fx);
    return sent_;
  }

  void read_on(Bytes in, Fx& fx) {
    read_each(in, timer_more, fx, &Scale::read, [&](const auto& message) { take(message, fx); });
  }

  template <typename Message>
  void take(const Message& message, Fx& fx) {
    using Kind = decltype(message.kind);
    if constexpr (requires { Kind::nothing; }) {
      if (message.kind == Kind::nothing) return;
    }
    const bool garbage = message.kind == Kind::garbage;
    if (!garbage) {
      self().hear(message, fx);
    } else if (!in_garbage_) {
      fx.fault(Scale::no_message);
    }
    in_garbage_ = garbage;
  }

  Decimal tare_;  // of a tare that is under way
  std::uint32_t tare_unit_ = 0;
  bool in_garbage_ = false;  // its fault is told
};

}  // namespace cartwright::driver
