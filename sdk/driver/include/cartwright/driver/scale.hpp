#pragma once

// What every driver of a scale does, whatever the scale speaks: it turns indications into events,
// each told once, and does one command at a time. A flat member of the driver's state.

#include <cartwright/driver/command.hpp>
#include <cartwright/driver/fx.hpp>

namespace cartwright::driver {

// A weight as the scale shows it. The unit is a CW_UNIT_*, the flags are CW_WEIGHT_*.
struct Weight {
  Decimal value;
  std::uint32_t unit = CW_UNIT_KILOGRAM;
  std::uint32_t flags = CW_WEIGHT_STABLE;

  constexpr bool stable() const { return (flags & CW_WEIGHT_STABLE) != 0; }
  friend constexpr bool operator==(const Weight& a, const Weight& b) {
    return a.value.mantissa == b.value.mantissa && a.value.exponent == b.value.exponent &&
           a.unit == b.unit && a.flags == b.flags;
  }
};

// A set of CW_SCALE_* statuses.
using ScaleStatuses = std::uint16_t;
constexpr ScaleStatuses scale_bit(std::uint32_t status) {
  return static_cast<ScaleStatuses>(1u << status);
}

// The driver says what the scale said, by weight() or statuses(); this tells the app what is new
// and ends a read. A stable weight is told once while it lies there: the same weight after motion,
// after another status or after an empty plate is another weighing. A stable zero is the status
// stable_zero and no weight. Unstable weights are told when they change, and not more often than
// `unstable_gap` apart, except for a few at once.
class Weighing {
 public:
  enum class Doing : std::uint8_t { nothing, read, zero, tare, clear_tare, tare_load, check };

  // `unit` is the manifest's, 0 for its first.
  explicit Weighing(std::uint32_t unit = 0) : unit_(unit) {}
  void set_unstable_gap(std::chrono::nanoseconds gap) { gap_ = gap; }

  // --- what the scale said

  void weight(const Weight& weight, Fx& fx) {
    moving_ = !weight.stable();
    if (weight.stable() && weight.value.mantissa == 0) {
      tell(scale_bit(CW_SCALE_STABLE_ZERO), fx);
    } else {
      tell(weight, fx);
    }
    if (doing_ == Doing::read && weight.stable()) {
      Weight result = weight;
      if (weight.value.mantissa == 0) result.flags |= CW_WEIGHT_ZERO;
      doing_ = Doing::nothing;
      fx.done_weight(op_, result.value, result.unit, result.flags, unit_);
    }
  }

  // The scale shows no weight, for each of these reasons. Nothing happens for an empty set.
  void statuses(ScaleStatuses statuses, Fx& fx) {
    moving_ = (statuses & scale_bit(CW_SCALE_IN_MOTION)) != 0;
    if (statuses == 0) return;
    tell(statuses, fx);
    if (doing_ != Doing::read || moving_) return;
    constexpr auto beyond = scale_bit(CW_SCALE_OVER_CAPACITY) | scale_bit(CW_SCALE_UNDER_ZERO);
    constexpr auto broken = scale_bit(CW_SCALE_FAULT) | scale_bit(CW_SCALE_NEEDS_CALIBRATION);
    if ((statuses & beyond) != 0) end(CW_OUT_OF_RANGE, fx);
    if ((statuses & broken) != 0) end(CW_DEVICE_ERROR, fx);
  }

  // The scale does not answer, or no longer sends. A read or a zero may still succeed before its
  // deadline.
  void silent(Fx& fx) {
    moving_ = false;
    tell(scale_bit(CW_SCALE_NOT_READY), fx);
    if (doing_ == Doing::check) end(CW_TIMEOUT, fx);
  }

  // The line is away: what lies there when it is back is told anew.
  void line_down(Fx& fx) {
    moving_ = false;
    told_ = Told::nothing;
    end(CW_LINK_DOWN, fx);
  }

  // --- commands

  Doing doing() const { return doing_; }
  bool idle() const { return doing_ == Doing::nothing; }
  // The last that the scale said was that the load moves.
  bool moving() const { return moving_; }

  // False, and `op` has ended, where the line is away or another command is under way.
  bool begin(std::uint64_t op, Doing doing, bool up, Fx& fx) {
    if (!up || doing_ != Doing::nothing) {
      fx.done(op, up ? CW_BUSY : CW_LINK_DOWN);
      return false;
    }
    op_ = op;
    doing_ = doing;
    return true;
  }
  // Ends the command that is under way, if one is.
  void end(std::int32_t status, Fx& fx) {
    if (doing_ == Doing::nothing) return;
    doing_ = Doing::nothing;
    fx.done(op_, status);
  }
  // False where `cancel` is about another command. At a deadline a load that still moves is MOTION.
  bool cancel(const Cancel& cancel, Fx& fx) {
    if (doing_ == Doing::nothing || cancel.op != op_) return false;
    const std::int32_t late = moving_ ? CW_MOTION : CW_TIMEOUT;
    end(cancel.timed_out ? late : CW_CANCELLED, fx);
    return true;
  }

 private:
  enum class Told : std::uint8_t { nothing, weight, status };

  // This many unstable weights may follow each other closer than the gap.
  static constexpr int burst = 10;

  void tell(const Weight& weight, Fx& fx) {
    if (told_ == Told::weight && told_weight_ == weight) return;
    if (!weight.stable() && !may_tell_unstable(fx.now().monotonic)) return;
    told_ = Told::weight;
    told_weight_ = weight;
    if (!fx.weight(weight.value, weight.unit, weight.flags, unit_)) {
      fx.fault("a weight too large for any scale", unit_);
    }
  }

  // Motion that begins is always told: what lay there may be gone.
  bool may_tell_unstable(std::chrono::nanoseconds now) {
    const bool begins = told_ != Told::weight || told_weight_.stable();
    if (crowded_until_ < now) crowded_until_ = now;
    if (!begins && crowded_until_ - now >= gap_ * burst) return false;
    crowded_until_ += gap_;
    return true;
  }

  // Tells each status that is new; where none is, because one has ended, those that remain.
  void tell(ScaleStatuses statuses, Fx& fx) {
    const ScaleStatuses before = told_ == Told::status ? told_statuses_ : ScaleStatuses{0};
    if (statuses == before) return;
    auto fresh = static_cast<ScaleStatuses>(statuses & ~before);
    if (fresh == 0) fresh = statuses;
    for (const std::uint32_t status :
         {CW_SCALE_IN_MOTION, CW_SCALE_OVER_CAPACITY, CW_SCALE_UNDER_ZERO, CW_SCALE_NEEDS_ZERO,
          CW_SCALE_STABLE_ZERO, CW_SCALE_NOT_READY, CW_SCALE_FAULT, CW_SCALE_NEEDS_CALIBRATION}) {
      if ((fresh & scale_bit(status)) != 0) fx.scale_status(status, unit_);
    }
    told_ = Told::status;
    told_statuses_ = statuses;
  }

  std::chrono::nanoseconds gap_ = std::chrono::milliseconds(100);
  std::chrono::nanoseconds crowded_until_{0};
  std::uint64_t op_ = 0;
  Weight told_weight_;  // what the app knows
  std::uint32_t unit_ = 0;
  ScaleStatuses told_statuses_ = 0;
  Told told_ = Told::nothing;
  Doing doing_ = Doing::nothing;
  bool moving_ = false;
};

}  // namespace cartwright::driver
