#include "driver.hpp"

namespace cartwright::mtsics {
namespace {

constexpr std::uint64_t timer_repeat = 4;  // SIR: the next value is overdue

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
  AskedScale::configure(settings);
  repeat_ = settings.boolean("repeat");
}

// --- asking

void Scale::on(const driver::LinkDown& down, Fx& fx) {
  fx.stop_timer(timer_repeat);
  repeating_ = false;
  about_ = 0;
  AskedScale::on(down, fx);
}

void Scale::ask_weight(Fx& fx) {
  if (!repeating_) ask_anew(fx);
}

// SI ends what SIR began.
void Scale::ask_anew(Fx& fx) {
  repeating_ = repeat_ && live_ && enabled_;
  line_.ask(ask_value, repeating_ ? "SIR\r\n" : "SI\r\n", patience_, fx);
}

bool Scale::ask_about(Fx& fx) {
  if (about_ == question_count) return false;
  const Question& question = questions[about_++];
  line_.ask(question.asked, question.request, patience_, fx);
  return true;
}

// As go_on, while the scale repeats its weight.
void Scale::listen(Fx& fx) {
  if (!line_.free() || do_command(fx)) return;
  fx.timer(timer_repeat, patience_);
  learn_more(fx);
}

void Scale::on(const driver::Timer& timer, Fx& fx) {
  if (timer.id != timer_repeat) return AskedScale::on(timer, fx);
  if (line_.up() && repeating_) stay_silent(fx);
}

void Scale::no_answer(Fx& fx) {
  if (!is_question(line_.asked())) return stay_silent(fx);
  line_.answered(fx);  // it does not know the question
  ask_weight(fx);
}

void Scale::stay_silent(Fx& fx) {
  repeating_ = false;
  fx.stop_timer(timer_repeat);
  fall_silent(fx);
}

// --- answers

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
  if (power_on && repeating_ && line_.free()) return ask_anew(fx);
  // The weight is not kept waiting by questions about the scale.
  const bool of_question = is_answer && is_question(asked);
  if (of_question && line_.free() && !repeating_ && wanted()) return ask_weight(fx);
  // What was refused for now is tried again after the next weight.
  const bool refused = is_answer && (asked == ask_zero || asked == ask_load) && !weighing_.idle();
  if (refused && !repeating_) return line_.ask_after(poll_, fx);
  if (!is_answer && !is_value(answer)) return;
  if (repeating_) return listen(fx);
  go_on(fx);
}

void Scale::tell(const Answer& answer, Fx& fx) {
  if (!is_value(answer)) return;
  if (answer.kind == AnswerKind::broken) {
    return weighing_.statuses(driver::scale_bit(CW_SCALE_FAULT), fx);
  }
  if (answer.kind == AnswerKind::weight && (answer.status == 'S' || answer.status == 'D')) {
    shown_unit_ = answer.unit;
    const std::uint32_t flags =
        (answer.status == 'S' ? CW_WEIGHT_STABLE : 0u) | (tared_ ? CW_WEIGHT_NET : 0u);
    return AskedScale::tell({answer.value, answer.unit, flags}, fx);
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

void Scale::on(const driver::Enable& enable, Fx& fx) {
  if (!repeating_) return AskedScale::on(enable, fx);
  enabled_ = enable.enabled;
  fx.done(enable.op);
  ask_anew(fx);
}

bool Scale::send(Doing doing, Fx& fx) {
  if (doing == Doing::zero) line_.ask(ask_zero, "Z\r\n", settle_, fx);
  if (doing == Doing::tare_load) line_.ask(ask_load, "T\r\n", settle_, fx);
  if (doing == Doing::clear_tare) line_.ask(ask_clear, "TAC\r\n", patience_, fx);
  return doing != Doing::read && doing != Doing::check;  // any answer ends these
}

bool Scale::send_tare(const Decimal& tare, Fx& fx) {
  driver::FixedString<40> request;
  if (!put_tare(tare, shown_unit_, request)) return false;
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
