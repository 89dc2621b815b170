#include "driver.hpp"

#include <cartwright/driver/read_each.hpp>

#include <utility>

namespace cartwright::magellan {
namespace {

constexpr std::uint64_t timer_ask = 1;
constexpr std::uint64_t timer_answer = 2;
constexpr std::uint64_t timer_more = 3;
constexpr std::uint64_t timer_tone = 4;
constexpr std::uint64_t timer_reset = 5;

constexpr std::chrono::milliseconds between_tones{150};
constexpr std::chrono::seconds reset_time{5};

// No label of the interface is longer; more without CR is noise.
constexpr std::size_t longest_line = 4000;

// What a line may cost in effects beside its bytes.
constexpr std::size_t line_cost = 512;

// How many digits such a label has with its check digit; 0 where that is not to be said.
constexpr std::size_t checked_digits(std::uint32_t symbology) {
  switch (symbology) {
    case CW_SYMBOLOGY_EAN13:
      return 13;
    case CW_SYMBOLOGY_UPCA:
      return 12;
    case CW_SYMBOLOGY_EAN8:
      return 8;
    default:
      return 0;
  }
}

}  // namespace

void ScannerScale::configure(const driver::Settings& settings) {
  if (settings.text("unit") == "lb") unit_ = CW_UNIT_POUND;
  live_ = settings.boolean("live");
  poll_ = std::chrono::milliseconds(settings.integer("poll_ms"));
  patience_ = std::chrono::milliseconds(settings.integer("answer_ms"));
  gap_ = std::chrono::milliseconds(settings.integer("gap_ms"));
  const std::string_view ids = settings.text("label_id");
  if (ids == "none") ids_ = Ids::none;
  if (ids == "aim") ids_ = Ids::aim;
  if (ids == "datalogic_eu") ids_ = Ids::datalogic_eu;
  check_digits_ = settings.boolean("check_digits");
  bad_tones_ = static_cast<std::uint32_t>(settings.integer("beep_bad"));
  reset_ = settings.boolean("reset");
}

// --- asking

void ScannerScale::on(const driver::LinkUp&, Fx& fx) {
  up_ = true;
  if (!reset_) return begin(fx);
  fx.write(say::reset);
  fx.timer(timer_reset, reset_time);
}

// A scanner that was disabled stays so, whatever became of the cart that said it.
void ScannerScale::begin(Fx& fx) {
  begun_ = true;
  fx.write(scanning_ ? say::enable : say::disable);
  if (live_ && weighs_) ask(fx);
}

void ScannerScale::on(const driver::LinkDown&, Fx& fx) {
  up_ = begun_ = asked_ = in_garbage_ = false;
  tones_ = waiting_ = 0;
  for (const std::uint64_t id : {timer_ask, timer_answer, timer_more, timer_tone, timer_reset}) {
    fx.stop_timer(id);
  }
  weighing_.line_down(fx);
  if (health_op_ != 0) fx.done(std::exchange(health_op_, 0), CW_LINK_DOWN);
}

void ScannerScale::ask(Fx& fx) {
  if (!begun_ || asked_) return;
  fx.write(say::weight);
  asked_ = true;
  fx.stop_timer(timer_ask);
  fx.timer(timer_answer, patience_);
}

// Asks again after the pause where someone wants to know.
void ScannerScale::pause(Fx& fx) {
  const bool wanted = (live_ && weighs_) || !weighing_.idle() || health_op_ != 0;
  if (begun_ && !asked_ && wanted) fx.timer(timer_ask, poll_);
}

void ScannerScale::on(const driver::Timer& timer, Fx& fx) {
  if (!up_) return;
  if (timer.id == timer_ask) ask(fx);
  if (timer.id == timer_reset) begin(fx);
  if (timer.id == timer_more) {
    Bytes in = fx.pending();
    read(in, fx);
  }
  if (timer.id == timer_tone && tones_ != 0) {
    fx.write(say::good_tone);
    if (--tones_ != 0) fx.timer(timer_tone, between_tones);
  }
  if (timer.id == timer_answer && asked_) {
    asked_ = false;
    weighing_.silent(fx);
    if (health_op_ != 0) fx.done(std::exchange(health_op_, 0), CW_TIMEOUT);
    pause(fx);
  }
}

// --- what comes in

void ScannerScale::on(Bytes in, Fx& fx) {
  const auto now = fx.now().monotonic;
  const bool late = now - last_byte_ > gap_;
  if (in.size() > waiting_) last_byte_ = now;
  if (in.lost() != 0) {
    // The rest of what was lost is no message, and the head of what waits none either.
    in.take_all();
    waiting_ = 0;
    return broken("bytes from the device were lost", fx);
  }
  if (late && waiting_ != 0 && in.size() > waiting_) {
    in.take(waiting_);
    broken("a message without its end", fx);
  }
  read(in, fx);
}

void ScannerScale::read(Bytes& in, Fx& fx) {
  driver::read_each(timer_more, fx, [&]() -> std::optional<std::size_t> {
    const std::string_view text = driver::text_of(in.view());
    const std::size_t end = text.find('\r');
    if (end > longest_line && text.size() > longest_line) {
      in.take(end == std::string_view::npos ? text.size() : end + 1);
      broken("a message without its end", fx);
      return 0;
    }
    if (end == std::string_view::npos) return std::nullopt;
    take(read_line(text.substr(0, end), unit_), fx);
    in.take(end + 1);
    return end + line_cost;
  });
  waiting_ = static_cast<std::uint32_t>(in.size());
}

void ScannerScale::take(const Line& line, Fx& fx) {
  if (line.noise || line.kind == LineKind::other) {
    broken("bytes that are no message; are line (9600 7O1) and unit as the device is set?", fx);
  }
  switch (line.kind) {
    case LineKind::blank:
    case LineKind::other:
      return;
    case LineKind::label:
      in_garbage_ = false;
      return tell_label(line.label, fx);
    case LineKind::weight:
      in_garbage_ = false;
      weighing_.weight({line.weight, unit_, CW_WEIGHT_STABLE}, fx);
      return answered(fx);
    case LineKind::status:
      in_garbage_ = false;
      tell_status(line.status, fx);
      return answered(fx);
  }
}

// One fault for a run of bad bytes.
void ScannerScale::broken(std::string_view why, Fx& fx) {
  if (!in_garbage_) fx.fault(why);
  in_garbage_ = true;
}

void ScannerScale::answered(Fx& fx) {
  asked_ = false;
  fx.stop_timer(timer_answer);
  if (health_op_ != 0) fx.done(std::exchange(health_op_, 0));
  if (weighing_.doing() == Doing::check) weighing_.end(CW_OK, fx);
  pause(fx);
}

void ScannerScale::tell_status(char status, Fx& fx) {
  switch (status) {
    case status_unstable:
      return weighing_.statuses(driver::scale_bit(CW_SCALE_IN_MOTION), fx);
    case status_over_capacity:
      return weighing_.statuses(driver::scale_bit(CW_SCALE_OVER_CAPACITY), fx);
    case status_under_zero:
      return weighing_.statuses(driver::scale_bit(CW_SCALE_UNDER_ZERO), fx);
    case status_zero: {
      const std::int32_t exponent = unit_ == CW_UNIT_POUND ? -2 : -3;
      return weighing_.weight({{0, exponent}, unit_, CW_WEIGHT_STABLE}, fx);
    }
    default:
      return weighing_.statuses(driver::scale_bit(CW_SCALE_NOT_READY), fx);
  }
}

void ScannerScale::tell_label(std::string_view label, Fx& fx) {
  if (!scanning_) return;
  std::optional<driver::IdentifiedLabel> known;
  if (ids_ == Ids::datalogic) known = driver::split_label_id(label, driver::datalogic_label_ids);
  if (ids_ == Ids::datalogic_eu) {
    known = driver::split_label_id(label, driver::datalogic_eu_label_ids);
  }
  // Of Datalogic's identifiers A, E and F are EAN and UPC alone.
  if (ids_ == Ids::datalogic && !known && (label[0] == 'A' || label[0] == 'E' || label[0] == 'F')) {
    return fx.fault("an EAN or UPC with characters that are no digits", scanner_unit);
  }
  if (!known) {
    const auto scan = ids_ != Ids::none ? driver::split_aim(label) : std::nullopt;
    if (!scan || scan->data.empty()) return fx.scan(label, CW_SYMBOLOGY_UNKNOWN, {}, scanner_unit);
    const std::uint32_t symbology = driver::symbology_of(scan->aim, scan->data.size());
    return fx.scan(scan->data, symbology, scan->aim, scanner_unit);
  }
  const std::size_t digits = checked_digits(known->symbology);
  if (check_digits_ && digits != 0 && !has_check_digit(known->data, digits)) {
    return fx.fault("an EAN or UPC without its check digit, or a wrong one; see check_digits",
                    scanner_unit);
  }
  fx.scan(known->data, known->symbology, {}, scanner_unit);
}

// --- commands

void ScannerScale::on(const driver::Beep& beep, Fx& fx) {
  const std::uint32_t tones = beep.kind == CW_BEEP_BAD ? bad_tones_ : 1;
  if (beep.unit != scanner_unit || tones == 0) return fx.done(beep.op, CW_UNSUPPORTED);
  if (!up_) return fx.done(beep.op, CW_LINK_DOWN);
  fx.write(say::good_tone);
  tones_ = tones - 1;
  if (tones_ != 0) fx.timer(timer_tone, between_tones);
  fx.done(beep.op);
}

void ScannerScale::on(const driver::ReadWeight& read, Fx& fx) {
  if (read.unit != scale_unit) return fx.done(read.op, CW_UNSUPPORTED);
  if (weighing_.begin(read.op, Doing::read, up_, fx)) ask(fx);
}

// The device is well when the scale answers: the scanner has nothing to say when it is asked.
void ScannerScale::on(const driver::CheckHealth& check, Fx& fx) {
  if (check.unit == scale_unit) {
    if (weighing_.begin(check.op, Doing::check, up_, fx)) ask(fx);
    return;
  }
  if (!up_ || health_op_ != 0) return fx.done(check.op, up_ ? CW_BUSY : CW_LINK_DOWN);
  health_op_ = check.op;
  ask(fx);
}

void ScannerScale::on(const driver::Enable& enable, Fx& fx) {
  if (enable.unit == scale_unit) {
    weighs_ = enable.enabled;
    if (weighs_ && live_) ask(fx);
  } else {
    scanning_ = enable.enabled;
    if (begun_) fx.write(scanning_ ? say::enable : say::disable);
  }
  fx.done(enable.op);
}

void ScannerScale::on(const driver::Cancel& cancel, Fx& fx) {
  if (weighing_.cancel(cancel, fx) || health_op_ == 0 || cancel.op != health_op_) return;
  fx.done(std::exchange(health_op_, 0), cancel.timed_out ? CW_TIMEOUT : CW_CANCELLED);
}

}  // namespace cartwright::magellan
