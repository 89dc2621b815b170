#include "driver.hpp"

namespace cartwright::sma {
namespace {

// A scale that never says END is asked no further.
constexpr std::uint8_t most_fields = 12;

// The letter of each question about the scale.
char letter_of(std::uint8_t question) {
  constexpr char letters[] = {'A', 'B', 'I', 'N'};
  return letters[question];
}
bool is_question(char asked) {
  return asked == 'A' || asked == 'B' || asked == 'I' || asked == 'N';
}

bool is_tare(const Message& message) {
  return message.mode == 'T' || message.mode == 't';
}
bool is_net(const Message& message) {
  return message.mode == 'N' || message.mode == 'n';
}

driver::ScaleStatuses statuses_of(const Message& message) {
  driver::ScaleStatuses statuses = 0;
  const auto add = [&](bool told, std::uint32_t status) {
    if (told) statuses = static_cast<driver::ScaleStatuses>(statuses | driver::scale_bit(status));
  };
  add(message.moves, CW_SCALE_IN_MOTION);
  add(message.status == 'O', CW_SCALE_OVER_CAPACITY);
  add(message.status == 'U', CW_SCALE_UNDER_ZERO);
  // The error of a zero that came while the load moved says nothing about the zero.
  add(message.status == 'I' || (message.status == 'E' && !message.moves), CW_SCALE_NEEDS_ZERO);
  add(message.status == 'e' || (message.status == ' ' && !message.has_weight && !message.moves),
      CW_SCALE_NOT_READY);
  return statuses;
}

// "1.250"; at most ten characters, as the field is wide.
bool put_decimal(const Decimal& value, driver::FixedString<16>& text) {
  const std::int32_t places = value.exponent < 0 ? -value.exponent : 0;
  const auto digits = driver::scaled(value, places);
  if (!digits || *digits <= 0 || *digits > 99'999'999 || places > 7) return false;
  return driver::append_digits(text, static_cast<std::uint64_t>(*digits), places);
}

}  // namespace

// --- asking

void Scale::on(const driver::LinkUp& up, Fx& fx) {
  about_ = About::maker;
  fields_ = 0;
  AskedScale::on(up, fx);
}

void Scale::ask(char what, std::string_view more, Fx& fx) {
  driver::FixedString<24> request;
  request.push_back('\n');
  request.push_back(what);
  request.append(more);
  request.push_back('\r');
  const bool waits_for_rest = what == 'Z' || what == 'T';
  line_.ask(what, request.view(), waits_for_rest ? settle_ : patience_, fx);
}

bool Scale::ask_about(Fx& fx) {
  if (about_ == About::known) return false;
  ask(letter_of(static_cast<std::uint8_t>(about_)), {}, fx);
  return true;
}

void Scale::no_answer(Fx& fx) {
  if (!is_question(line_.asked())) return fall_silent(fx);
  // It does not know the question, or is silent.
  line_.answered(fx);
  about_ = about_ < About::range ? About::range : About::known;
  fields_ = 0;
  ask_weight(fx);
}

// --- answers

void Scale::hear(const Message& message, Fx& fx) {
  const char asked = line_.asked();
  line_.answered(fx);
  switch (message.kind) {
    case MessageKind::scale:
      tell(message, asked, fx);
      advance(message, asked, fx);
      break;
    case MessageKind::diagnostics:
      diagnosed(message, fx);
      break;
    case MessageKind::field:
      about(message, fx);
      break;
    default:  // ? or !
      advance(message, asked, fx);
      break;
  }
  const bool of_about = is_question(asked);
  if (of_about && message.kind != MessageKind::field) end_of_fields(fx);
  // The weight is not kept waiting by questions about the scale.
  if (of_about && line_.free() && weighing_.idle() && live_ && enabled_) return ask_weight(fx);
  go_on(fx);
}

void Scale::tell(const Message& message, char asked, Fx& fx) {
  if (is_tare(message)) return;
  if (message.has_weight && message.unit != 0) shown_unit_ = message.unit;
  // E and T as answers to our own Z and T are about these.
  const bool of_command =
      (message.status == 'E' && asked == 'Z') || (message.status == 'T' && asked == 'T');
  if (of_command && !message.moves) return;
  const auto statuses = statuses_of(message);
  const bool moves_alone = statuses == driver::scale_bit(CW_SCALE_IN_MOTION);
  if (message.has_weight && (statuses == 0 || moves_alone)) {
    const std::uint32_t flags = (message.moves ? 0u : CW_WEIGHT_STABLE) |
                                (is_net(message) ? CW_WEIGHT_NET : 0u) |
                                (message.status == 'Z' ? CW_WEIGHT_ZERO : 0u);
    return AskedScale::tell({message.weight, message.unit, flags}, fx);
  }
  weighing_.statuses(statuses, fx);
}

void Scale::diagnosed(const Message& message, Fx& fx) {
  driver::ScaleStatuses statuses = 0;
  if (message.memory_error) statuses = driver::scale_bit(CW_SCALE_FAULT);
  if (message.calibration_error) {
    statuses = static_cast<driver::ScaleStatuses>(statuses |
                                                  driver::scale_bit(CW_SCALE_NEEDS_CALIBRATION));
  }
  weighing_.statuses(statuses, fx);
  if (weighing_.doing() == Doing::check) weighing_.end(statuses != 0 ? CW_DEVICE_ERROR : CW_OK, fx);
}

// 5.5: SMA, MFG, MOD, REV, then others in any order, then END; 5.6: SMA, TYP, CAP, CMD, END.
void Scale::about(const Message& message, Fx& fx) {
  if (message.name == "MFG") maker_.assign(message.text.substr(0, 25));
  if (message.name == "MOD") model_.assign(message.text.substr(0, 25));
  if (message.name == "REV") firmware_.assign(message.text.substr(0, 25));
  if (message.name == "SN") serial_.assign(message.text.substr(0, 25));
  if (message.name == "CAP") tell_range(message.text, fx);
  if (about_ == About::maker) about_ = About::more_maker;
  if (about_ == About::range) about_ = About::more_range;
  if (message.name == "END" || ++fields_ == most_fields) end_of_fields(fx);
}

// One dialogue has ended, or the scale does not know it.
void Scale::end_of_fields(Fx& fx) {
  const bool of_maker = about_ == About::maker || about_ == About::more_maker;
  about_ = of_maker ? About::range : About::known;
  fields_ = 0;
  if (!of_maker || (maker_.empty() && model_.empty() && firmware_.empty() && serial_.empty())) {
    return;
  }
  fx.device_info({maker_, model_, firmware_, serial_});
}

// 5.6: unit, capacity, what it counts by in the last decimal, and the number of decimals:
// "kg_:15.000:5:3".
void Scale::tell_range(std::string_view text, Fx& fx) {
  const auto take = [&] { return driver::take_until(text, ":"); };
  const auto unit = driver::unit_of(detail::trimmed(take()));
  const auto capacity = driver::parse_decimal(take());
  const auto step = driver::parse_decimal(take());
  const auto places = driver::parse_decimal(take());
  if (!unit || !capacity || !step || !places) return;
  if (places->exponent != 0 || places->mantissa < 0 || places->mantissa > 9) return;
  const auto decimals = static_cast<std::int32_t>(places->mantissa);
  const auto shown = driver::scaled(*capacity, decimals);
  const auto division = driver::scaled(*step, 0);
  if (shown && division) fx.scale_range({*shown, -decimals}, *division, *unit);
}

// --- commands

bool Scale::send(Doing doing, Fx& fx) {
  if (doing == Doing::zero) ask('Z', {}, fx);
  if (doing == Doing::tare_load) ask('T', {}, fx);
  if (doing == Doing::clear_tare) ask('C', {}, fx);
  if (doing == Doing::check) ask('D', {}, fx);
  return doing != Doing::read;
}

bool Scale::send_tare(const Decimal& tare, Fx& fx) {
  driver::FixedString<16> digits;
  if (!put_decimal(tare, digits)) return false;
  ask('T', digits, fx);
  return true;
}

void Scale::advance(const Message& message, char asked, Fx& fx) {
  const bool answers = message.kind == MessageKind::scale;
  switch (weighing_.doing()) {
    case Doing::nothing:
    case Doing::read:
      return;
    case Doing::check:
      // Any answer is one, also that it has no diagnostics.
      if (asked == 'D') weighing_.end(CW_OK, fx);
      return;
    case Doing::zero:
      if (answers) return advance_zero(message, asked, fx);
      break;
    case Doing::tare:
    case Doing::tare_load:
    case Doing::clear_tare:
      if (answers) return advance_tare(message, asked, fx);
      break;
  }
  if (!sent_ || (asked != 'Z' && asked != 'T' && asked != 'C')) return;
  if (message.kind == MessageKind::unknown) return weighing_.end(CW_UNSUPPORTED, fx);
  sent_ = false;  // the request arrived spoilt
}

// 4.5: the answer to Z has status E where the zero was refused.
void Scale::advance_zero(const Message& message, char asked, Fx& fx) {
  if (!sent_) return;
  if (message.moves) {
    sent_ = false;
    return;
  }
  const bool at_zero =
      message.status == 'Z' || (message.has_weight && message.weight.mantissa == 0);
  if (at_zero && !is_tare(message)) return weighing_.end(CW_OK, fx);
  // The answer may come before the zero is taken; the next weight decides.
  if (asked == 'Z' && message.status == ' ' && message.has_weight) return;
  weighing_.end(CW_OUT_OF_RANGE, fx);
}

// 4.6 to 4.9: the answer says by T that it failed, by N or G what is shown from now on.
void Scale::advance_tare(const Message& message, char asked, Fx& fx) {
  if (!sent_ || (asked != 'T' && asked != 'C')) return;
  if (message.status == 'T' && message.moves && weighing_.doing() == Doing::tare_load) {
    sent_ = false;
    return;
  }
  if (message.status == 'T') return weighing_.end(message.moves ? CW_MOTION : CW_OUT_OF_RANGE, fx);
  const bool done = is_net(message) == (weighing_.doing() != Doing::clear_tare);
  weighing_.end(done ? CW_OK : CW_DEVICE_ERROR, fx);
}

}  // namespace cartwright::sma
