#include "driver.hpp"

namespace cartwright::mtsics {
namespace {

constexpr std::uint64_t timer_more = 3;
constexpr std::uint64_t timer_repeat = 4;  // SIR: the next value is overdue

// Keeps one call's effects far below CW_EFFECTS_LIMIT.
constexpr int answers_per_call = 128;

// What is asked, and the command that its answer begins with.
constexpr char ask_value = 'S';
constexpr char ask_zero = 'Z';
constexpr char ask_tare = 'T';
constexpr char ask_clear = 'C';
constexpr char ask_load = 'L';
constexpr char ask_model = '2';
constexpr char ask_firmware = '3';
constexpr char ask_tared = 'A';
constexpr char ask_serial = '4';

struct Question {
  char asked;
  std::string_view request;
};
constexpr Question questions[] = {
    {ask_model, "I2\r\n"},
    {ask_firmware, "I3\r\n"},
    {ask_tared, "TA\r\n"},
    {ask_serial, "I4\r\n"},
};
constexpr std::uint8_t question_count = std::size(questions);

bool is_question(char asked) {
  return asked == ask_model || asked == ask_firmware || asked == ask_tared || asked == ask_serial;
}

bool is_value(const Answer& answer) {
  return answer.command == "S" || answer.command == "SI" || answer.command == "SR";
}

// "TA 12.50 g"; nothing where the tare has more digits than any scale.
bool put_tare(const Decimal& tare, std::uint32_t unit, driver::FixedString<40>& text) {
  const std::int32_t places = tare.exponent < 0 ? -tare.exponent : 0;
  const auto digits = driver::scaled(tare, places);
  if (!digits || *digits <= 0 || places > 9) return false;
  constexpr std::string_view names[] = {"", "g", "kg", "lb", "oz", "mg"};
  return text.append("TA ") &&
         driver::append_digits(text, static_cast<std::uint64_t>(*digits), places) &&
         text.append(" ") && text.append(names[unit]) && text.append("\r\n");
}

}  // namespace

void Scale::configure(const driver::Settings& settings) {
  live_ = settings.boolean("live");
  repeat_ = settings.boolean("repeat");
  poll_ = std::chrono::milliseconds(settings.integer("poll_ms"));
  patience_ = std::chrono::milliseconds(settings.integer("answer_ms"));
  settle_ = std::chrono::milliseconds(settings.integer("settle_ms"));
}

// --- asking

void Scale::on(const driver::LinkUp&, Fx& fx) {
  line_.link_up();
  if (live_ && enabled_) ask_weight(fx);
}

void Scale::on(const driver::LinkDown&, Fx& fx) {
  line_.link_down(fx);
  fx.stop_timer(timer_repeat);
  in_garbage_ = repeating_ = false;
  about_ = 0;
  unit_ = 0;
  weighing_.line_down(fx);
}

void Scale::ask_weight(Fx& fx) {
  repeating_ = repeat_ && live_ && enabled_;
  line_.ask(ask_value, repeating_ ? "SIR\r\n" : "SI\r\n", patience_, fx);
}

// Whether the scale, which has answered, is to be asked about itself now.
bool Scale::has_question() const {
  return about_ < question_count && unit_ != 0 && weighing_.idle();
}

void Scale::ask_about(Fx& fx) {
  const Question& question = questions[about_++];
  line_.ask(question.asked, question.request, patience_, fx);
}

// The line is free: a command that waits goes out, or the pause begins.
void Scale::go_on(Fx& fx) {
  if (!line_.free() || do_command(fx)) return;
  if (!repeating_) {
    if (wanted()) line_.ask_after(poll_, fx);
    return;
  }
  fx.timer(timer_repeat, patience_);
  if (has_question()) ask_about(fx);
}

void Scale::on(const driver::Timer& timer, Fx& fx) {
  if (timer.id == timer_more) return on(fx.pending(), fx);
  if (!line_.up()) return;
  if (timer.id == timer_repeat && repeating_) return fall_silent(fx);
  if (timer.id == driver::Asking::timer_answer && line_.asked() != 0) return no_answer(fx);
  if (timer.id != driver::Asking::timer_ask || line_.asked() != 0) return;
  if (has_question()) return ask_about(fx);
  if (!repeating_) ask_weight(fx);
}

void Scale::no_answer(Fx& fx) {
  if (!is_question(line_.asked())) return fall_silent(fx);
  line_.answered(fx);  // it does not know the question
  if (!repeating_) ask_weight(fx);
}

void Scale::fall_silent(Fx& fx) {
  line_.answered(fx);
  repeating_ = false;
  unit_ = 0;
  fx.stop_timer(timer_repeat);
  weighing_.silent(fx);
  // A zero is sent again, a tare is not.
  if (weighing_.doing() == Doing::zero) sent_ = false;
  if (sent_) weighing_.end(CW_TIMEOUT, fx);
  if (wanted()) line_.ask_after(poll_, fx);
}

// --- answers

void Scale::on(Bytes in, Fx& fx) {
  if (in.lost() != 0) {
    // What is left may be one line's head with another's tail: a wrong weight.
    in.take_all();
    return fx.fault("bytes from the scale were lost");
  }
  for (int answers = 0;; ++answers) {
    if (answers == answers_per_call) return fx.timer(timer_more, std::chrono::nanoseconds(1));
    const Answer answer = read_answer(in.view());
    if (answer.kind == AnswerKind::incomplete) return;
    in.take(answer.size);
    if (answer.kind == AnswerKind::nothing) continue;
    if (answer.kind != AnswerKind::garbage) {
      in_garbage_ = false;
      hear(answer, fx);
    } else if (!in_garbage_) {
      in_garbage_ = true;
      fx.fault(
          "a line that is no MT-SICS answer; is the line set to the scale's speed and format?");
    }
  }
}

// Whether it is what the line waits for.
bool Scale::answers(const Answer& answer) const {
  if (answer.kind == AnswerKind::error) return true;
  switch (line_.asked()) {
    case ask_value:
      return is_value(answer);
    case ask_zero:
      return answer.command == "Z";
    case ask_tare:
    case ask_tared:
      return answer.command == "TA";
    case ask_clear:
      return answer.command == "TAC";
    case ask_load:
      return answer.command == "T";
    case ask_model:
      return answer.command == "I2";
    case ask_firmware:
      return answer.command == "I3";
    case ask_serial:
      return answer.command == "I4";
    default:
      return false;
  }
}

void Scale::hear(const Answer& answer, Fx& fx) {
  const char asked = line_.asked();
  const bool is_answer = asked != 0 && answers(answer);
  tell(answer, fx);
  learn(answer, fx);
  if (weighing_.doing() == Doing::check) weighing_.end(CW_OK, fx);
  if (is_answer) {
    line_.answered(fx);
    advance(answer, asked, fx);
  }
  // What was switched on anew repeats no more.
  const bool power_on = answer.command == "I4" && asked != ask_serial;
  if (power_on && repeating_ && line_.free()) return ask_weight(fx);
  // The weight is not kept waiting by questions about the scale.
  const bool of_question = is_answer && is_question(asked);
  if (of_question && line_.free() && !repeating_ && wanted()) return ask_weight(fx);
  // What was refused for now is tried again after the next weight.
  const bool refused = is_answer && (asked == ask_zero || asked == ask_load) && !weighing_.idle();
  if (refused && !repeating_) return line_.ask_after(poll_, fx);
  if (is_answer || is_value(answer)) go_on(fx);
}

void Scale::tell(const Answer& answer, Fx& fx) {
  if (!is_value(answer)) return;
  if (answer.kind == AnswerKind::broken) {
    return weighing_.statuses(driver::scale_bit(CW_SCALE_FAULT), fx);
  }
  if (answer.kind == AnswerKind::weight && (answer.status == 'S' || answer.status == 'D')) {
    unit_ = answer.unit;
    if (unit_ == 0) {
      fx.fault("the scale's unit is none of kg, g, mg, lb and oz; set it to one of them");
      return weighing_.statuses(driver::scale_bit(CW_SCALE_NOT_READY), fx);
    }
    const std::uint32_t flags =
        (answer.status == 'S' ? CW_WEIGHT_STABLE : 0u) | (tared_ ? CW_WEIGHT_NET : 0u);
    return weighing_.weight({answer.value, unit_, flags}, fx);
  }
  std::uint32_t status = CW_SCALE_NOT_READY;  // I: it does something else now
  if (answer.status == '+') status = CW_SCALE_OVER_CAPACITY;
  if (answer.status == '-') status = CW_SCALE_UNDER_ZERO;
  weighing_.statuses(driver::scale_bit(status), fx);
}

// What the scale says about itself. I4 without a question is its word after power-on: the tare is
// gone.
void Scale::learn(const Answer& answer, Fx& fx) {
  if (answer.command == "TAC" && answer.status == 'A') tared_ = false;
  if (answer.command == "T" && answer.status == 'S') tared_ = true;
  if (answer.command == "TA" && answer.status == 'A') tared_ = answer.value.mantissa != 0;
  if (answer.status == 'A' && answer.command == "I2") {
    model_.assign(answer.text.substr(0, 64));
    const auto capacity = read_capacity(answer.text);
    if (capacity) fx.scale_range(capacity->value, 0, capacity->unit);
  }
  if (answer.status == 'A' && answer.command == "I3") firmware_.assign(answer.text.substr(0, 64));
  if (answer.command != "I4") return;
  if (line_.asked() != ask_serial) tared_ = false;
  if (answer.status == 'A') fx.device_info({{}, model_, firmware_, answer.text.substr(0, 64)});
}

// --- commands

void Scale::begin(std::uint64_t op, Doing doing, Fx& fx) {
  if (!weighing_.begin(op, doing, line_.up(), fx)) return;
  sent_ = false;
  if (!line_.free() || do_command(fx) || weighing_.idle() || repeating_) return;
  ask_weight(fx);
}

void Scale::on(const driver::ReadWeight& read, Fx& fx) {
  begin(read.op, Doing::read, fx);
}
void Scale::on(const driver::ZeroScale& zero, Fx& fx) {
  begin(zero.op, Doing::zero, fx);
}
void Scale::on(const driver::TareLoad& tare, Fx& fx) {
  begin(tare.op, Doing::tare_load, fx);
}
void Scale::on(const driver::CheckHealth& check, Fx& fx) {
  begin(check.op, Doing::check, fx);
}

void Scale::on(const driver::Tare& tare, Fx& fx) {
  if (tare.mantissa < 0) return fx.done(tare.op, CW_INVALID);
  if (!weighing_.idle()) return begin(tare.op, Doing::tare, fx);  // busy
  tare_ = {tare.mantissa, tare.exponent};
  tare_unit_ = tare.weight_unit;
  begin(tare.op, tare.mantissa == 0 ? Doing::clear_tare : Doing::tare, fx);
}

void Scale::on(const driver::Enable& enable, Fx& fx) {
  enabled_ = enable.enabled;
  fx.done(enable.op);
  if (!line_.up()) return;
  // SI ends what SIR began.
  if (repeating_ || (enabled_ && live_ && line_.free())) ask_weight(fx);
}

void Scale::on(const driver::Cancel& cancel, Fx& fx) {
  weighing_.cancel(cancel, fx);
}

// Sends the command that is under way, where it is not yet and can be. A zero waits for the load to
// rest, a tare for the scale's unit.
bool Scale::do_command(Fx& fx) {
  if (sent_) return false;
  switch (weighing_.doing()) {
    case Doing::zero:
      if (weighing_.moving()) return false;
      line_.ask(ask_zero, "Z\r\n", settle_, fx);
      break;
    case Doing::tare_load:
      if (weighing_.moving()) return false;
      line_.ask(ask_load, "T\r\n", settle_, fx);
      break;
    case Doing::clear_tare:
      line_.ask(ask_clear, "TAC\r\n", patience_, fx);
      break;
    case Doing::tare:
      return send_tare(fx);
    default:
      return false;
  }
  sent_ = true;
  return true;
}

bool Scale::send_tare(Fx& fx) {
  if (unit_ == 0) return false;
  const auto tare = driver::in_unit(tare_, tare_unit_, unit_);
  driver::FixedString<40> request;
  if (!tare || !put_tare(*tare, unit_, request)) {
    weighing_.end(CW_INVALID, fx);
    return false;
  }
  sent_ = true;
  line_.ask(ask_tare, request, patience_, fx);
  return true;
}

void Scale::advance(const Answer& answer, char asked, Fx& fx) {
  if (answer.kind == AnswerKind::error && asked == ask_value) {
    if (repeat_) {
      repeat_ = repeating_ = false;  // level 0 has SIR, some imitations have not
    } else {
      fx.fault("the scale does not understand SI; does it speak MT-SICS?");
      weighing_.statuses(driver::scale_bit(CW_SCALE_NOT_READY), fx);
    }
  }
  const bool of_command =
      asked == ask_zero || asked == ask_tare || asked == ask_clear || asked == ask_load;
  if (!sent_ || !of_command) return;
  if (answer.kind == AnswerKind::error) {
    if (answer.status == 'S') return weighing_.end(CW_UNSUPPORTED, fx);
    if (answer.status == 'L') return weighing_.end(CW_DEVICE_ERROR, fx);
    sent_ = false;  // the request arrived spoilt
    return;
  }
  if (answer.status == 'A' || answer.status == 'S') return weighing_.end(CW_OK, fx);
  if (answer.status == '+' || answer.status == '-') return weighing_.end(CW_OUT_OF_RANGE, fx);
  if (asked == ask_zero || asked == ask_load) {
    sent_ = false;  // I: the load did not rest
    return;
  }
  weighing_.end(answer.status == 'L' ? CW_INVALID : CW_BUSY, fx);
}

}  // namespace cartwright::mtsics
