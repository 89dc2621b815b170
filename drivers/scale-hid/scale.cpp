#include "driver.hpp"
#include "quirks.hpp"

namespace cartwright::scale_hid {
namespace {

using std::chrono::milliseconds;

constexpr std::uint64_t timer_last = 1;   // no newer report came for the command
constexpr std::uint64_t timer_still = 2;  // the weight has stood
constexpr std::uint64_t timer_old = 3;    // no second report came
constexpr std::uint64_t token_statistics = 1;

// Scales that send all the time do so several times in this; others are silent while nothing moves.
constexpr milliseconds report_pause{500};
constexpr milliseconds old_pause{1000};

}  // namespace

void Scale::configure(const driver::Settings& settings) {
  live_ = settings.boolean("live");
  settle_ = milliseconds(settings.integer("settle_ms"));
  const std::string_view first = settings.text("first_report");
  if (first == "drop") first_ = First::drop;
  if (first == "keep") first_ = First::keep;
}

void Scale::on(const driver::LinkUp& up, Fx& fx) {
  up_ = true;
  use_ = Use::usual;
  std::string_view wrong;
  if (!up.descriptor.empty()) {
    wrong = read_layout(up.descriptor, layout_);
    use_ = Use::layout;
  }
  const Quirk* const quirk = find_quirk(up.vendor, up.product);
  if (quirk != nullptr && !quirk->refuse.empty()) wrong = quirk->refuse;
  odd_ = quirk == nullptr ? Odd() : Odd{quirk->no_status, quirk->unit};
  no_zero_ = quirk != nullptr && quirk->no_zero;
  drop_next_ = first_ == First::drop ||
               (first_ == First::as_known && quirk != nullptr && quirk->stale_first);
  if (wrong.empty()) return;
  use_ = Use::unusable;
  fx.fault(wrong);
}

void Scale::on(const driver::LinkDown&, Fx& fx) {
  up_ = has_last_ = old_ = in_garbage_ = under_zero_ = has_still_weight_ = still_ = false;
  fx.stop_timer(timer_last);
  fx.stop_timer(timer_still);
  fx.stop_timer(timer_old);
  weighing_.line_down(fx);
}

void Scale::on(const driver::Message& message, Fx& fx) {
  if (use_ == Use::unusable) return;
  const Reading reading =
      read_reading(use_ == Use::layout ? &layout_ : nullptr, message.data, odd_);
  if (reading.kind == Reading::Kind::other) return;
  if (reading.kind == Reading::Kind::garbage) {
    if (!in_garbage_) fx.fault(reading.wrong);
    in_garbage_ = true;
    return;
  }
  in_garbage_ = false;
  if (std::exchange(old_, drop_next_)) fx.stop_timer(timer_old);
  if (std::exchange(drop_next_, false)) fx.timer(timer_old, old_pause);
  has_last_ = true;
  last_status_ = reading.status;
  last_has_weight_ = reading.has_weight;
  if (reading.has_weight) last_weight_ = reading.weight;
  if (!wanted() || old_) return;
  fx.stop_timer(timer_last);
  show(reading, fx);
}

void Scale::show(const Reading& reading, Fx& fx) {
  driver::Weight weight = reading.weight;
  weight.flags = 0;
  const bool under = reading.status == Status::under_zero;
  if (!under) under_zero_ = false;
  switch (reading.status) {
    case Status::none:
      if (reading.has_weight) show_by_stillness(weight, fx);
      break;
    case Status::in_motion:
      if (reading.has_weight) {
        weighing_.weight(weight, fx);
      } else {
        weighing_.statuses(driver::scale_bit(CW_SCALE_IN_MOTION), fx);
      }
      break;
    case Status::stable_zero:
      weight.value.mantissa = 0;
      [[fallthrough]];
    case Status::stable:
      weight.flags = CW_WEIGHT_STABLE;
      if (reading.has_weight || reading.status == Status::stable_zero) {
        weighing_.weight(weight, fx);
        if (weighing_.doing() == Doing::zero && weight.value.mantissa == 0) {
          weighing_.end(CW_OK, fx);
        }
      }
      break;
    case Status::under_zero:
      show_under_zero(reading, fx);
      break;
    case Status::over_limit:
      weighing_.statuses(driver::scale_bit(CW_SCALE_OVER_CAPACITY), fx);
      break;
    case Status::needs_calibration:
      weighing_.statuses(driver::scale_bit(CW_SCALE_NEEDS_CALIBRATION), fx);
      break;
    case Status::needs_zero:
      weighing_.statuses(driver::scale_bit(CW_SCALE_NEEDS_ZERO), fx);
      break;
    case Status::fault:
      weighing_.statuses(driver::scale_bit(CW_SCALE_FAULT), fx);
      break;
  }
  if (weighing_.doing() == Doing::check) weighing_.end(CW_OK, fx);
}

// The status is told once, the weight with its sign as it changes. It is no weight to sell by.
void Scale::show_under_zero(const Reading& reading, Fx& fx) {
  if (!under_zero_ || weighing_.doing() == Doing::read) {
    weighing_.statuses(driver::scale_bit(CW_SCALE_UNDER_ZERO), fx);
  }
  under_zero_ = true;
  driver::Weight weight = reading.weight;
  weight.flags = 0;
  if (reading.has_weight && weight.value.mantissa != 0) weighing_.weight(weight, fx);
}

// A scale that does not say when it is stable: a weight that stands still for a while is.
void Scale::show_by_stillness(const driver::Weight& weight, Fx& fx) {
  const bool moved = !has_still_weight_ || !(weight == still_weight_);
  if (moved) {
    has_still_weight_ = true;
    still_weight_ = weight;
    still_ = false;
    fx.timer(timer_still, settle_);
  }
  driver::Weight shown = weight;
  if (still_) shown.flags = CW_WEIGHT_STABLE;
  weighing_.weight(shown, fx);
  if (still_ && shown.value.mantissa == 0 && weighing_.doing() == Doing::zero) {
    weighing_.end(CW_OK, fx);
  }
}

// Shows what the scale said last as if it said it again.
void Scale::show_last(Fx& fx) {
  if (!has_last_ || old_) return;
  Reading reading;
  reading.kind = Reading::Kind::reading;
  reading.status = last_status_;
  reading.has_weight = last_has_weight_;
  reading.weight = last_weight_;
  show(reading, fx);
}

void Scale::on(const driver::Timer& timer, Fx& fx) {
  if (!up_) return;
  if (timer.id == timer_still) still_ = true;
  if (timer.id == timer_old) old_ = false;  // the scale says nothing else: it is what lies there
  if (wanted()) show_last(fx);
}

// --- commands

void Scale::on(const driver::ReadWeight& read, Fx& fx) {
  if (weighing_.begin(read.op, Doing::read, up_, fx)) fx.timer(timer_last, report_pause);
}

void Scale::on(const driver::ZeroScale& zero, Fx& fx) {
  const bool can = use_ == Use::layout && layout_.zero_bytes != 0 && !no_zero_;
  if (up_ && !can) return fx.done(zero.op, CW_UNSUPPORTED);
  if (!weighing_.begin(zero.op, Doing::zero, up_, fx)) return;
  std::array<std::uint8_t, 64> bytes{};
  if (layout_.zero_bytes > bytes.size()) return weighing_.end(CW_UNSUPPORTED, fx);
  const auto report = std::span(bytes).first(layout_.zero_bytes);
  if (layout_.zero_id != 0) report[0] = layout_.zero_id;
  hid::put_bits(report, layout_.zero_offset, 1, 1);
  if (layout_.zero_is_feature) {
    fx.feature_set(layout_.zero_id, report);
  } else {
    fx.write(driver::ByteView(report));
  }
  fx.timer(timer_last, report_pause);
}

// The statistics are asked for where there are any, as that makes the scale answer; else its next
// report tells that it is well.
void Scale::on(const driver::CheckHealth& check, Fx& fx) {
  if (!weighing_.begin(check.op, Doing::check, up_, fx)) return;
  if (use_ == Use::unusable) return weighing_.end(CW_DEVICE_ERROR, fx);
  if (use_ == Use::layout && layout_.statistics_id != 0) {
    return fx.feature_get(layout_.statistics_id, token_statistics);
  }
  fx.timer(timer_last, report_pause);
}

void Scale::on(const driver::IoDone& done, Fx& fx) {
  if (done.token != token_statistics || weighing_.doing() != Doing::check) return;
  if (done.status == CW_OK) return weighing_.end(CW_OK, fx);
  fx.timer(timer_last, report_pause);
}

void Scale::on(const driver::Enable& enable, Fx& fx) {
  const bool again = enable.enabled && !enabled_;
  enabled_ = enable.enabled;
  fx.done(enable.op);
  if (again && up_ && live_) show_last(fx);
}

void Scale::on(const driver::Cancel& cancel, Fx& fx) {
  weighing_.cancel(cancel, fx);
}

}  // namespace cartwright::scale_hid
