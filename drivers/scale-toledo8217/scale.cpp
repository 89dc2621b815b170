#include "driver.hpp"

namespace cartwright::toledo8217 {
namespace {

constexpr std::uint64_t timer_ask = 1;
constexpr std::uint64_t timer_answer = 2;
constexpr std::uint64_t timer_more = 3;

// Keeps one call's effects far below CW_EFFECTS_LIMIT.
constexpr int frames_per_call = 128;

bool is_zero(const Frame& frame) {
  if (frame.kind == FrameKind::weight) return frame.weight.mantissa == 0;
  return (frame.status & (bit_centre_of_zero | bit_motion)) == bit_centre_of_zero;
}

bool moves(const Frame& frame) {
  return frame.kind == FrameKind::status && (frame.status & bit_motion) != 0;
}

// What the app is told of a status. `asked` is what it answers, 0 for nothing.
driver::ScaleStatuses statuses_of(std::uint8_t bits, char asked) {
  driver::ScaleStatuses statuses = 0;
  const auto add = [&](bool told, std::uint32_t status) {
    if (told) statuses = static_cast<driver::ScaleStatuses>(statuses | driver::scale_bit(status));
  };
  const bool moving = (bits & bit_motion) != 0;
  const bool over = (bits & bit_over_capacity) != 0;
  add(moving, CW_SCALE_IN_MOTION);
  add(over, CW_SCALE_OVER_CAPACITY);
  add((bits & bit_under_zero) != 0, CW_SCALE_UNDER_ZERO);
  // Any load lies outside the capture range; only instead of a weight does it mean that the scale
  // has lost its zero.
  add((bits & bit_outside_zero_capture) != 0 && !moving && !over && (asked == 'W' || asked == 0),
      CW_SCALE_NEEDS_ZERO);
  return statuses;
}

// The five digits of a digital tare: WW.WWW kg or WWW.WW lb. Nothing where the tare is not in the
// scale's unit, has finer digits, or does not fit.
std::optional<std::int64_t> tare_digits(const driver::Tare& tare, std::uint32_t unit) {
  if (unit == CW_UNIT_OUNCE) return std::nullopt;  // the manual has no such form
  std::int32_t places = 3;
  if (unit == CW_UNIT_POUND) places = 2;
  if (unit == CW_UNIT_GRAM) places = 0;
  const auto value = driver::in_unit({tare.mantissa, tare.exponent}, tare.weight_unit, unit);
  const auto digits = value ? driver::scaled(*value, places) : std::nullopt;
  return digits && *digits > 0 && *digits <= 99'999 ? digits : std::nullopt;
}

}  // namespace

void Scale::configure(const driver::Settings& settings) {
  const std::string_view unit = settings.text("unit");
  if (unit == "g") unit_ = CW_UNIT_GRAM;
  if (unit == "lb") unit_ = CW_UNIT_POUND;
  if (unit == "oz") unit_ = CW_UNIT_OUNCE;
  live_ = settings.boolean("live");
  poll_ = std::chrono::milliseconds(settings.integer("poll_ms"));
  patience_ = std::chrono::milliseconds(settings.integer("answer_ms"));
}

// --- asking

void Scale::on(const driver::LinkUp&, Fx& fx) {
  up_ = true;
  if (live_ && enabled_) ask_weight(fx);
}

void Scale::on(const driver::LinkDown&, Fx& fx) {
  up_ = false;
  asked_ = 0;
  in_garbage_ = false;
  fx.stop_timer(timer_ask);
  fx.stop_timer(timer_answer);
  weighing_.line_down(fx);
}

void Scale::ask(char command, std::string_view bytes, Fx& fx) {
  fx.write(bytes);
  asked_ = command;
  fx.stop_timer(timer_ask);
  fx.timer(timer_answer, patience_);
}

// Asks again after the pause where someone wants to know.
void Scale::pause(Fx& fx) {
  const bool wanted = (live_ && enabled_) || !weighing_.idle();
  if (up_ && asked_ == 0 && wanted) fx.timer(timer_ask, poll_);
}

void Scale::on(const driver::Timer& timer, Fx& fx) {
  if (!up_) return;
  if (timer.id == timer_answer && asked_ != 0) no_answer(fx);
  if (timer.id == timer_ask && asked_ == 0) ask_weight(fx);
  if (timer.id == timer_more) on(fx.pending(), fx);
}

void Scale::no_answer(Fx& fx) {
  asked_ = 0;
  weighing_.silent(fx);
  again_ = true;
  // A tare is not sent twice.
  const bool zeroes_or_reads = weighing_.doing() == Doing::zero || weighing_.doing() == Doing::read;
  if (!zeroes_or_reads) weighing_.end(CW_TIMEOUT, fx);
  pause(fx);
}

// --- answers

void Scale::on(Bytes in, Fx& fx) {
  if (in.lost() != 0) {
    // What is left may be one frame's head with another's tail: a wrong weight.
    in.take_all();
    return fx.fault("bytes from the scale were lost");
  }
  for (int frames = 0;; ++frames) {
    if (frames == frames_per_call) return fx.timer(timer_more, std::chrono::nanoseconds(1));
    const Frame frame = read_frame(in.view());
    if (frame.kind == FrameKind::incomplete) return;
    in.take(frame.size);
    if (frame.kind != FrameKind::garbage) {
      in_garbage_ = false;
      answer(frame, fx);
    } else if (!in_garbage_) {
      in_garbage_ = true;
      fx.fault("bytes that are no Toledo 8217 answer; is the line set to 9600 7E1?");
    }
  }
}

void Scale::answer(const Frame& frame, Fx& fx) {
  // Z, T and C are answered by a status; a weight is then the answer to an earlier W.
  const bool late = frame.kind == FrameKind::weight && asked_ != 0 && asked_ != 'W';
  const char asked = asked_;
  tell(frame, fx);
  if (late) return;
  asked_ = 0;
  fx.stop_timer(timer_answer);
  if (frame.kind != FrameKind::acknowledge) advance(frame, asked, fx);
  pause(fx);
}

void Scale::tell(const Frame& frame, Fx& fx) {
  if (frame.kind == FrameKind::weight) {
    weighing_.weight({frame.weight, unit_, CW_WEIGHT_STABLE | (frame.net ? CW_WEIGHT_NET : 0u)},
                     fx);
  } else if (frame.kind == FrameKind::status) {
    const auto statuses = statuses_of(frame.status, asked_);
    if (statuses == 0 && is_zero(frame)) return weighing_.weight({{}, unit_}, fx);
    weighing_.statuses(statuses, fx);
  }
}

// --- commands

void Scale::on(const driver::ReadWeight& read, Fx& fx) {
  if (weighing_.begin(read.op, Doing::read, up_, fx) && asked_ == 0) ask_weight(fx);
}

void Scale::on(const driver::ZeroScale& zero, Fx& fx) {
  if (!weighing_.begin(zero.op, Doing::zero, up_, fx)) return;
  again_ = false;
  ask('Z', "Z", fx);
}

void Scale::on(const driver::Tare& tare, Fx& fx) {
  if (tare.mantissa == 0) {
    if (weighing_.begin(tare.op, Doing::clear_tare, up_, fx)) ask('C', "C", fx);
    return;
  }
  const auto digits = tare_digits(tare, unit_);
  if (!digits) return fx.done(tare.op, CW_INVALID);
  if (!weighing_.begin(tare.op, Doing::tare, up_, fx)) return;
  char command[] = "T00000\r";
  std::int64_t rest = *digits;
  for (int i = 5; i > 0; --i, rest /= 10) command[i] = static_cast<char>('0' + rest % 10);
  ask('T', command, fx);
}

void Scale::on(const driver::TareLoad& tare, Fx& fx) {
  if (!weighing_.begin(tare.op, Doing::tare_load, up_, fx)) return;
  again_ = false;
  ask('T', "T\r", fx);
}

void Scale::on(const driver::CheckHealth& check, Fx& fx) {
  if (weighing_.begin(check.op, Doing::check, up_, fx) && asked_ == 0) ask_weight(fx);
}

void Scale::on(const driver::Enable& enable, Fx& fx) {
  enabled_ = enable.enabled;
  if (enabled_ && live_ && up_ && asked_ == 0) ask_weight(fx);
  fx.done(enable.op);
}

void Scale::on(const driver::Cancel& cancel, Fx& fx) {
  weighing_.cancel(cancel, fx);
}

void Scale::advance(const Frame& frame, char asked, Fx& fx) {
  switch (weighing_.doing()) {
    case Doing::nothing:
    case Doing::read:
      return;
    case Doing::check:
      return weighing_.end(CW_OK, fx);
    case Doing::zero:
      return advance_zero(frame, asked, fx);
    case Doing::tare_load:
      return advance_load(frame, asked, fx);
    case Doing::tare:
    case Doing::clear_tare:
      if (asked != 'W') advance_tare(frame, fx);
      return;
  }
}

// The scale takes Z only while the load rests (and says no more than its status), so Z is sent once
// more when a moving load has come to rest.
void Scale::advance_zero(const Frame& frame, char asked, Fx& fx) {
  if (is_zero(frame)) return weighing_.end(CW_OK, fx);
  if (moves(frame)) {
    again_ = true;
    return;
  }
  if (again_) {
    again_ = false;
    return ask('Z', "Z", fx);
  }
  constexpr auto refused = bit_outside_zero_capture | bit_over_capacity;
  const bool is_status = frame.kind == FrameKind::status;
  // The answer to Z may come before the zero is taken; the next weight decides.
  if (asked == 'Z' && (frame.status & refused) == 0) return;
  if (is_status && (frame.status & refused) == 0) return weighing_.end(CW_DEVICE_ERROR, fx);
  weighing_.end(CW_OUT_OF_RANGE, fx);
}

void Scale::advance_tare(const Frame& frame, Fx& fx) {
  const bool net = (frame.status & bit_net) != 0;
  if (net == (weighing_.doing() == Doing::tare)) return weighing_.end(CW_OK, fx);
  weighing_.end(moves(frame) ? CW_MOTION : CW_DEVICE_ERROR, fx);
}

// As Z, T is taken only while the load rests.
void Scale::advance_load(const Frame& frame, char asked, Fx& fx) {
  if (asked != 'T') {
    if (moves(frame) || !again_) return;
    again_ = false;
    return ask('T', "T\r", fx);
  }
  if ((frame.status & bit_net) != 0) return weighing_.end(CW_OK, fx);
  again_ = moves(frame);
  if (!again_) weighing_.end(CW_OUT_OF_RANGE, fx);
}

}  // namespace cartwright::toledo8217
