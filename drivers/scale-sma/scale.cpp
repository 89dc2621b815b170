#include "driver.hpp"

namespace cartwright::sma {
namespace {

constexpr std::uint64_t timer_more = 3;

// Keeps one call's effects far below CW_EFFECTS_LIMIT.
constexpr int messages_per_call = 128;

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

void Scale::configure(const driver::Settings& settings) {
  live_ = settings.boolean("live");
  poll_ = std::chrono::milliseconds(settings.integer("poll_ms"));
  patience_ = std::chrono::milliseconds(settings.integer("answer_ms"));
  settle_ = std::chrono::milliseconds(settings.integer("settle_ms"));
}

// --- asking

void Scale::on(const driver::LinkUp&, Fx& fx) {
  line_.link_up();
  about_ = About::maker;
  fields_ = 0;
  if (live_ && enabled_) ask('W', {}, fx);
}

void Scale::on(const driver::LinkDown&, Fx& fx) {
  line_.link_down(fx);
  in_garbage_ = false;
  unit_ = 0;
  weighing_.line_down(fx);
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

// The line is free: a command that waits goes out, or the pause begins.
void Scale::go_on(Fx& fx) {
  if (!line_.free() || do_command(fx)) return;
  if ((live_ && enabled_) || !weighing_.idle()) line_.ask_after(poll_, fx);
}

void Scale::on(const driver::Timer& timer, Fx& fx) {
  if (timer.id == timer_more) return on(fx.pending(), fx);
  if (!line_.up()) return;
  if (timer.id == driver::Asking::timer_answer && line_.asked() != 0) no_answer(fx);
  if (timer.id != driver::Asking::timer_ask || line_.asked() != 0) return;
  const bool ask_about = about_ != About::known && unit_ != 0 && weighing_.idle();
  if (!ask_about) return ask('W', {}, fx);
  ask(letter_of(static_cast<std::uint8_t>(about_)), {}, fx);
}

void Scale::no_answer(Fx& fx) {
  const char asked = line_.asked();
  line_.answered(fx);
  if (is_question(asked)) {
    // It does not know the question, or is silent.
    about_ = about_ < About::range ? About::range : About::known;
    fields_ = 0;
    return ask('W', {}, fx);
  }
  unit_ = 0;
  weighing_.silent(fx);
  // A zero is sent again, a tare is not.
  if (weighing_.doing() == Doing::zero) sent_ = false;
  if (sent_) weighing_.end(CW_TIMEOUT, fx);
  if (line_.free() && ((live_ && enabled_) || !weighing_.idle())) line_.ask_after(poll_, fx);
}

// --- answers

void Scale::on(Bytes in, Fx& fx) {
  if (in.lost() != 0) {
    // What is left may be one message's head with another's tail: a wrong weight.
    in.take_all();
    return fx.fault("bytes from the scale were lost");
  }
  for (int messages = 0;; ++messages) {
    if (messages == messages_per_call) return fx.timer(timer_more, std::chrono::nanoseconds(1));
    const Message message = read_message(in.view());
    if (message.kind == MessageKind::incomplete) return;
    in.take(message.size);
    if (message.kind == MessageKind::nothing) continue;
    if (message.kind != MessageKind::garbage) {
      in_garbage_ = false;
      hear(message, fx);
    } else if (!in_garbage_) {
      in_garbage_ = true;
      fx.fault("bytes that are no SMA answer; is the line set to the scale's speed and format?");
    }
  }
}

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
  if (of_about && line_.free() && weighing_.idle() && live_ && enabled_) return ask('W', {}, fx);
  go_on(fx);
}

void Scale::tell(const Message& message, char asked, Fx& fx) {
  if (is_tare(message)) return;
  if (message.has_weight && message.unit != 0) unit_ = message.unit;
  // E and T as answers to our own Z and T are about these.
  const bool of_command =
      (message.status == 'E' && asked == 'Z') || (message.status == 'T' && asked == 'T');
  if (of_command && !message.moves) return;
  const auto statuses = statuses_of(message);
  const bool moves_alone = statuses == driver::scale_bit(CW_SCALE_IN_MOTION);
  if (message.has_weight && (statuses == 0 || moves_alone)) {
    if (message.unit == 0) {
      fx.fault("the scale's unit is none of kg, g, mg, lb and oz; set it to one of them");
      return weighing_.statuses(driver::scale_bit(CW_SCALE_NOT_READY), fx);
    }
    const std::uint32_t flags = (message.moves ? 0u : CW_WEIGHT_STABLE) |
                                (is_net(message) ? CW_WEIGHT_NET : 0u) |
                                (message.status == 'Z' ? CW_WEIGHT_ZERO : 0u);
    return weighing_.weight({message.weight, message.unit, flags}, fx);
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
  const auto take = [&] {
    const std::string_view part = text.substr(0, text.find(':'));
    text.remove_prefix(part.size() < text.size() ? part.size() + 1 : part.size());
    return part;
  };
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

void Scale::begin(std::uint64_t op, Doing doing, Fx& fx) {
  if (!weighing_.begin(op, doing, line_.up(), fx)) return;
  sent_ = false;
  if (line_.asked() != 0) return;
  if (!do_command(fx) && !weighing_.idle()) ask('W', {}, fx);
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
  if (enabled_ && live_ && line_.free()) ask('W', {}, fx);
}

void Scale::on(const driver::Cancel& cancel, Fx& fx) {
  weighing_.cancel(cancel, fx);
}

// Sends the command that is under way, where it is not yet and can be. A zero waits for the load to
// rest, a tare for the scale's unit.
bool Scale::do_command(Fx& fx) {
  if (sent_ || weighing_.idle() || weighing_.doing() == Doing::read) return false;
  const bool needs_rest = weighing_.doing() == Doing::zero || weighing_.doing() == Doing::tare_load;
  if (needs_rest && weighing_.moving()) return false;
  if (weighing_.doing() == Doing::tare) return send_tare(fx);
  sent_ = true;
  if (weighing_.doing() == Doing::zero) ask('Z', {}, fx);
  if (weighing_.doing() == Doing::tare_load) ask('T', {}, fx);
  if (weighing_.doing() == Doing::clear_tare) ask('C', {}, fx);
  if (weighing_.doing() == Doing::check) ask('D', {}, fx);
  return true;
}

bool Scale::send_tare(Fx& fx) {
  if (unit_ == 0) return false;
  const auto tare = driver::in_unit(tare_, tare_unit_, unit_);
  driver::FixedString<16> digits;
  if (!tare || !put_decimal(*tare, digits)) {
    weighing_.end(CW_INVALID, fx);
    return false;
  }
  sent_ = true;
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
