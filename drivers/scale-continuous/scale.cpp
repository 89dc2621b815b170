#include "driver.hpp"

#include <cartwright/driver/read_each.hpp>

namespace cartwright::continuous {
namespace {

constexpr std::uint64_t timer_ask = 1;
constexpr std::uint64_t timer_silent = 2;
constexpr std::uint64_t timer_more = 3;
constexpr std::uint64_t timer_settled = 4;

// A&D, "Command mode": half a second between commands. What the scale has done by then shows in
// its lines; it does not say so.
constexpr auto settle_time = std::chrono::milliseconds(1000);

bool is_zero(const Line& line) {
  return line.kind == LineKind::weight && line.stable && line.value.mantissa == 0;
}

}  // namespace

std::string_view Scale::configure(const driver::Settings& settings) {
  unit_ = driver::unit_of(settings.text("unit")).value_or(0);
  obeys_ = settings.text("commands") == "ad";
  poll_ = std::chrono::milliseconds(settings.integer("poll_ms"));
  patience_ = std::chrono::milliseconds(settings.integer("silent_ms"));
  return poll_.count() != 0 && !obeys_
             ? "poll_ms needs commands = \"ad\": only such a scale obeys Q"
             : std::string_view();
}

// --- listening

void Scale::on(const driver::LinkUp&, Fx& fx) {
  up_ = true;
  listen(fx);
  ask(fx);
}

void Scale::on(const driver::LinkDown&, Fx& fx) {
  up_ = again_ = false;
  complained_ = LineKind::nothing;
  for (const auto timer : {timer_ask, timer_silent, timer_settled}) fx.stop_timer(timer);
  weighing_.line_down(fx);
}

// The scale has this long for its next line.
void Scale::listen(Fx& fx) {
  fx.timer(timer_silent, patience_);
}

void Scale::ask(Fx& fx) {
  if (poll_.count() == 0 || !up_) return;
  if (enabled_ || !weighing_.idle()) fx.write("Q\r\n");
  fx.timer(timer_ask, poll_);
}

void Scale::on(const driver::Timer& timer, Fx& fx) {
  if (timer.id == timer_more) return on(fx.pending(), fx);
  if (!up_) return;
  if (timer.id == timer_ask) ask(fx);
  if (timer.id == timer_settled) settled(fx);
  if (timer.id == timer_silent) {
    if (enabled_ || !weighing_.idle()) weighing_.silent(fx);
    if (!weighing_.idle()) listen(fx);
  }
}

void Scale::on(Bytes in, Fx& fx) {
  if (in.lost() != 0) {
    // What is left may be one line's head with another's tail: a wrong weight.
    in.take_all();
    return fx.fault("bytes from the scale were lost");
  }
  driver::read_each(in, timer_more, fx, &read_line, [&](const Line& line) {
    if (line.kind != LineKind::nothing) hear(line, fx);
  });
}

void Scale::hear(const Line& line, Fx& fx) {
  // A number without a unit may be the head of a line that was cut.
  const bool unnamed = line.kind == LineKind::weight && line.unit == 0 && unit_ == 0;
  if (line.kind == LineKind::garbage || unnamed) return complain(line.kind, fx);
  heard_ = true;
  if (line.kind == LineKind::weight && !line.stable) moved_ = true;
  listen(fx);
  if (!enabled_ && weighing_.idle()) return;
  if (line.kind == LineKind::foreign) {
    complain(LineKind::foreign, fx);
    weighing_.statuses(driver::scale_bit(CW_SCALE_NOT_READY), fx);
  } else {
    complained_ = LineKind::nothing;
    tell(line, fx);
  }
  advance(line, fx);
}

// Once for a run.
void Scale::complain(LineKind kind, Fx& fx) {
  if (complained_ == kind) return;
  complained_ = kind;
  if (kind == LineKind::garbage) {
    fx.fault("a line that is none of ST, US, OL, UL or QT; is the speed and format right?");
  } else if (kind == LineKind::weight) {
    fx.fault("a weight without a unit; is it so in every line, say the unit in the setting unit");
  } else {
    fx.fault("the scale shows no weight in kg, g, mg, lb or oz; set it to one of them");
  }
}

void Scale::tell(const Line& line, Fx& fx) {
  if (line.kind == LineKind::weight) {
    const std::uint32_t flags =
        (line.stable ? CW_WEIGHT_STABLE : 0u) | (line.mode == Mode::net ? CW_WEIGHT_NET : 0u);
    return weighing_.weight({line.value, line.unit != 0 ? line.unit : unit_, flags}, fx);
  }
  weighing_.statuses(
      driver::scale_bit(line.kind == LineKind::over ? CW_SCALE_OVER_CAPACITY : CW_SCALE_UNDER_ZERO),
      fx);
}

// --- commands

void Scale::on(const driver::ReadWeight& read, Fx& fx) {
  if (weighing_.begin(read.op, Doing::read, up_, fx)) listen(fx);
}

void Scale::on(const driver::CheckHealth& check, Fx& fx) {
  if (weighing_.begin(check.op, Doing::check, up_, fx)) listen(fx);
}

void Scale::on(const driver::ZeroScale& zero, Fx& fx) {
  if (!obeys_) return fx.done(zero.op, CW_UNSUPPORTED);
  if (!weighing_.begin(zero.op, Doing::zero, up_, fx)) return;
  again_ = weighing_.moving();
  if (!again_) send("Z\r\n", fx);
}

// The lines know no way to name a tare; CT clears it.
void Scale::on(const driver::Tare& tare, Fx& fx) {
  if (!obeys_ || tare.mantissa != 0) return fx.done(tare.op, CW_UNSUPPORTED);
  if (weighing_.begin(tare.op, Doing::clear_tare, up_, fx)) send("CT\r\n", fx);
}

void Scale::on(const driver::TareLoad& tare, Fx& fx) {
  if (!obeys_) return fx.done(tare.op, CW_UNSUPPORTED);
  if (!weighing_.begin(tare.op, Doing::tare_load, up_, fx)) return;
  again_ = weighing_.moving();
  if (!again_) send("T\r\n", fx);
}

void Scale::on(const driver::Enable& enable, Fx& fx) {
  enabled_ = enable.enabled;
  if (enabled_ && up_) listen(fx);
  fx.done(enable.op);
}

void Scale::on(const driver::Cancel& cancel, Fx& fx) {
  weighing_.cancel(cancel, fx);
}

void Scale::send(std::string_view command, Fx& fx) {
  again_ = heard_ = moved_ = false;
  fx.write(command);
  listen(fx);
  fx.timer(timer_settled, settle_time);
}

void Scale::advance(const Line& line, Fx& fx) {
  switch (weighing_.doing()) {
    case Doing::check:
      return weighing_.end(CW_OK, fx);
    case Doing::zero:
      if (is_zero(line)) return weighing_.end(CW_OK, fx);
      if (again_ && line.stable) send("Z\r\n", fx);
      return;
    case Doing::tare_load:
      // A scale that leaves out the mode shows by a zero that it subtracts.
      if (line.mode == Mode::net || is_zero(line)) return weighing_.end(CW_OK, fx);
      if (again_ && line.stable) send("T\r\n", fx);
      return;
    case Doing::clear_tare:
      if (line.mode == Mode::gross) weighing_.end(CW_OK, fx);
      return;
    default:
      return;
  }
}

// Time enough has passed: a load that rests and is not zero was refused.
void Scale::settled(Fx& fx) {
  if (weighing_.idle()) return;
  if (!heard_) return fx.timer(timer_settled, settle_time);
  if (weighing_.doing() == Doing::zero || weighing_.doing() == Doing::tare_load) {
    again_ = moved_;
    if (!again_) weighing_.end(CW_OUT_OF_RANGE, fx);
  } else if (weighing_.doing() == Doing::clear_tare) {
    weighing_.end(CW_DEVICE_ERROR, fx);
  }
}

}  // namespace cartwright::continuous
