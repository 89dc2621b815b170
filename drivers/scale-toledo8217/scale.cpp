#include "driver.hpp"

namespace cartwright::toledo8217 {
namespace {

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
  AskedScale::configure(settings);
}

void Scale::no_answer(Fx& fx) {
  // Not sent once more, also where it was refused because the load moved.
  if (weighing_.doing() == Doing::tare_load) sent_ = true;
  fall_silent(fx);
}

// --- answers

void Scale::hear(const Frame& frame, Fx& fx) {
  const char asked = line_.asked();
  tell(frame, asked, fx);
  // Z, T and C are answered by a status; a weight is then the answer to an earlier W.
  const bool late = frame.kind == FrameKind::weight && asked != 0 && asked != 'W';
  if (late) return;
  line_.answered(fx);
  if (frame.kind != FrameKind::acknowledge) advance(frame, asked, fx);
  pause(fx);
}

void Scale::tell(const Frame& frame, char asked, Fx& fx) {
  if (frame.kind == FrameKind::weight) {
    weighing_.weight({frame.weight, unit_, CW_WEIGHT_STABLE | (frame.net ? CW_WEIGHT_NET : 0u)},
                     fx);
  } else if (frame.kind == FrameKind::status) {
    const auto statuses = statuses_of(frame.status, asked);
    if (statuses == 0 && is_zero(frame)) return weighing_.weight({{}, unit_}, fx);
    weighing_.statuses(statuses, fx);
  }
}

// --- commands

// At once, whatever is asked: the scale says itself whether it could.
void Scale::begun(Fx& fx) {
  sent_ = send(weighing_.doing(), fx);
  if (!sent_ && line_.free()) ask_weight(fx);
}

bool Scale::send(Doing doing, Fx& fx) {
  if (doing == Doing::zero) ask('Z', "Z", fx);
  if (doing == Doing::tare_load) ask('T', "T\r", fx);
  if (doing == Doing::clear_tare) ask('C', "C", fx);
  return doing != Doing::read && doing != Doing::check;  // any answer ends these
}

void Scale::on(const driver::Tare& tare, Fx& fx) {
  if (tare.mantissa == 0) return AskedScale::on(tare, fx);
  const auto digits = tare_digits(tare, unit_);
  if (!digits) return fx.done(tare.op, CW_INVALID);
  if (!weighing_.begin(tare.op, Doing::tare, line_.up(), fx)) return;
  char command[] = "T00000\r";
  std::int64_t rest = *digits;
  for (int i = 5; i > 0; --i, rest /= 10) command[i] = static_cast<char>('0' + rest % 10);
  ask('T', command, fx);
  sent_ = true;
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
    sent_ = false;
    return;
  }
  if (!sent_) {
    sent_ = send(Doing::zero, fx);
    return;
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
    if (!sent_ && !moves(frame)) sent_ = send(Doing::tare_load, fx);
    return;
  }
  if ((frame.status & bit_net) != 0) return weighing_.end(CW_OK, fx);
  sent_ = !moves(frame);
  if (sent_) weighing_.end(CW_OUT_OF_RANGE, fx);
}

}  // namespace cartwright::toledo8217
