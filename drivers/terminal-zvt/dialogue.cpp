// The packets of the terminal.

#include "terminal.hpp"
#include "words.hpp"

namespace cartwright::zvt {
namespace {

constexpr int most_in_a_call = 64;         // packets; what follows comes in a call of its own
constexpr std::uint32_t most_lines = 250;  // of one text block; longer ones are told in pieces

constexpr std::uint8_t aborted_by_key = 0x6C;
constexpr std::uint8_t not_registered = 0x6B;
constexpr std::uint8_t not_possible = 0x83;

// Whether this is BMP 06 to its end, and not a number 06 with more behind it.
bool is_container(ByteView data) {
  if (data.empty() || data[0] != 0x06) return false;
  ByteView rest = data.subspan(1);
  const auto length = take_tlv_length(rest);
  return length && *length == rest.size();
}

}  // namespace

FactsRecord facts_record(std::uint32_t type, const Facts& facts) {
  FactsRecord record(type);
  record.value.has = facts.has;
  record.value.amount_minor = facts.amount_minor;
  record.value.currency = facts.currency;
  record.value.result = facts.result;
  record.value.trace = facts.trace;
  record.value.receipt = facts.receipt;
  record.value.card = record.put(facts.card.view());
  record.value.pan_masked = record.put(facts.pan_masked.view());
  record.value.text = record.put(facts.text.view());
  return record;
}

void Terminal::on(Bytes in, Fx& fx) {
  work(in, fx);
}

void Terminal::work(Bytes& in, Fx& fx) {
  Line::Scratch scratch;
  for (int count = 0; count < most_in_a_call; ++count) {
    const auto packet = line_.next(in, scratch, fx);
    if (!packet) return;
    take(*packet, fx);
  }
  fx.timer(more_timer, std::chrono::nanoseconds(1));
}

void Terminal::take(const Packet& packet, Fx& fx) {
  heard_at_ = fx.now().monotonic;
  // A terminal that goes to work without a word has accepted.
  if (stage_ == Stage::asked && (packet.control & 0x8000) == 0) accepted(fx);
  if (stage_ == Stage::working) fx.timer(idle_timer, idle_time_);
  const auto code = static_cast<std::uint8_t>(packet.control & 0xFF);
  switch (packet.control) {
    case 0x8000:
    case 0x8400:  // also a positive acknowledgement
      return accepted(fx);
    case 0x040F:
      return status(packet.data, fx);
    case 0x04FF:
      return intermediate(packet.data, fx);
    case 0x060F:
      return completed(packet.data, fx);
    case 0x061E:
      return aborted(packet.data, fx);
    case 0x06D1:
      return print_line(packet.data, fx);
    case 0x06D3:
      return print_block(packet.data, fx);
    case 0x0401:  // the terminal's clock; the cart has its own
      return answer(false, fx);
    default:
      break;
  }
  if (packet.control >> 8 == 0x84) return refused(code, fx);
  if (packet.control >> 8 == 0x80) return;
  Wrong text;
  text.append("refused command ");
  append_hex(text, packet.control, 4);
  text.append(" of the terminal, which this driver can not do");
  fx.log(text.view(), CW_LOG_WARNING);
  line_.send(Outgoing(static_cast<std::uint16_t>(0x8400 | not_possible)), {}, fx);
}

void Terminal::answer(bool after_commit, Fx& fx) {
  line_.send(Outgoing(0x8000), {.after_commit = after_commit}, fx);
}

void Terminal::tell_facts(std::uint32_t type, const Facts& facts, Fx& fx) {
  FactsRecord record = facts_record(type, facts);
  fx.emit(record);
}

void Terminal::notice(std::uint32_t type, std::uint32_t code, std::string_view text, Fx& fx) {
  driver::RecordBuilder<cw_terminal_notice, 512> record(type);
  record.value.code = code;
  record.value.text = record.put(text);
  fx.emit(record);
}

void Terminal::accepted(Fx& fx) {
  if (stage_ != Stage::asked) return;  // of an abort command, or come twice
  fx.stop_timer(answer_timer);
  if (task_.kind == Kind::log_off && !registering_) {  // has no completion
    registered_ = false;
    return end_question(CW_OK, fx);
  }
  stage_ = Stage::working;
  fx.timer(idle_timer, idle_time_);
  if (!std::exchange(abort_due_, false)) return;
  line_.send(Outgoing(0x06B0), {}, fx);
}

void Terminal::refused(std::uint8_t code, Fx& fx) {
  if (stage_ != Stage::asked) return;
  if (code == not_registered) registered_ = false;
  const bool busy = code == 0x9C || code == 0xA0;
  if (!moves_money(task_.kind)) {
    if (task_.kind == Kind::baseline && !registering_ && !busy) {
      return question_completed({}, fx);  // it has no receipt to repeat
    }
    const std::int32_t status = busy                   ? CW_BUSY
                                : code == not_possible ? CW_UNSUPPORTED
                                                       : CW_DEVICE_ERROR;
    return end_question(task_.kind == Kind::lookup ? CW_UNKNOWN_OUTCOME : status, fx);
  }
  facts_ = {};
  facts_.text.assign(result_text(code));
  // The order came more than once, and what is refused may be the second while the first is done.
  if (!registering_ && line_.repeated()) return end_money(CW_UNKNOWN_OUTCOME, Fate::open, fx);
  end_money(busy ? CW_BUSY : CW_DECLINED, Fate::not_sent, fx);
}

void Terminal::status(ByteView data, Fx& fx) {
  Wrong wrong;
  const auto facts = read_status(data, charset_, wrong);
  if (!facts) {
    // The terminal takes back what was not accepted; what it came to is asked later.
    fx.fault(wrong.view());
    if (moves_money(task_.kind)) task_.unclear = true;
    return line_.send(Outgoing(static_cast<std::uint16_t>(0x8400 | not_possible)), {}, fx);
  }
  if (task_.kind == Kind::none && adopts(*facts)) adopt(fx);
  if (moves_money(task_.kind) && !registering_) return money_status(*facts, fx);
  if (task_.kind != Kind::none) {  // in answer to a question
    facts_ = *facts;
    has_facts_ = true;
    return answer(false, fx);
  }
  if (exclusive_) {  // only then does anybody ask the ledger where the terminal stands
    stand_at(*facts);
    keep(fx);
  }
  tell_facts(CW_TERMINAL_STATUS, *facts, fx);
  answer(true, fx);
}

void Terminal::intermediate(ByteView data, Fx& fx) {
  if (data.empty()) {
    fx.fault("an intermediate status without its code");
    return answer(false, fx);
  }
  const std::uint8_t code = data[0];
  driver::FixedString<120> text;
  text.append(intermediate_text(code).view());
  // [timeout in minutes] [BMP 06 with the words that the terminal shows, tag 24]
  ByteView rest = data.subspan(1);
  if (!rest.empty() && !is_container(rest)) rest = rest.subspan(1);
  Wrong wrong;
  while (!rest.empty()) {
    const auto field = take_field(rest, data.size(), wrong);
    if (!field) {
      fx.fault(wrong.view());
      break;
    }
    std::uint8_t charset = charset_;
    bool first = true;
    if (field->number != 0x06) continue;
    walk_tlv(field->value, [&](const Tlv& tlv, std::uint32_t holder) {
      if (tlv.tag == 0x14 && tlv.value.size() == 1) charset = tlv.value[0];
      if (tlv.tag != 0x07 || holder != 0x24) return;
      if (first) text.clear();
      if (!first) text.push_back(' ');
      text.append(masked_text<48>(trimmed(tlv.value), charset).view());
      first = false;
    });
  }
  if (prints_are_told()) notice(CW_TERMINAL_INTERMEDIATE, code, text.view(), fx);
  answer(false, fx);
}

void Terminal::completed(ByteView data, Fx& fx) {
  Wrong wrong;
  const auto completion = read_completion(data, wrong);
  // What a completion of other commands holds is the terminal maker's affair.
  const bool read = registering_ || task_.kind == Kind::enquire || task_.kind == Kind::check_health;
  if (!completion && read) fx.fault(wrong.view());
  const bool told = !registering_ && prints_are_told();
  if (told) notice(CW_TERMINAL_COMPLETION, 0, {}, fx);
  answer(told, fx);
  if (registering_ && stage_ != Stage::idle) {
    registering_ = false;
    registered_ = true;
    registered_currency_ = task_.currency;
    stage_ = Stage::idle;
    fx.stop_timer(idle_timer);
    fx.stop_timer(answer_timer);
    if (task_.op == 0) return rest(fx);
    if (task_.kind == Kind::enable) return end_question(CW_OK, fx);
    return send_command(fx);
  }
  if (moves_money(task_.kind)) return money_completed(fx);
  if (task_.kind == Kind::none) return rest(fx);
  question_completed(completion.value_or(Completion()), fx);
}

void Terminal::aborted(ByteView data, Fx& fx) {
  const std::uint8_t code = data.empty() ? aborted_by_key : data[0];
  if (code == not_registered) registered_ = false;
  const bool told = prints_are_told();
  if (told) notice(CW_TERMINAL_ABORT, code, result_text(code), fx);
  answer(told, fx);
  if (task_.kind == Kind::none) return rest(fx);
  if (registering_) {
    const std::string_view why = result_text(code);
    return failed(CW_DEVICE_ERROR, why, fx);
  }
  if (moves_money(task_.kind)) return money_aborted(code, fx);
  if (task_.kind == Kind::baseline) return question_completed({}, fx);
  if (task_.kind == Kind::lookup) return end_question(CW_UNKNOWN_OUTCOME, fx);
  end_question(code == aborted_by_key ? CW_CANCELLED : CW_DEVICE_ERROR, fx);
}

void Terminal::print_line(ByteView data, Fx& fx) {
  // <attribute> <text>; the attribute says how to print, not what.
  if (data.empty()) {
    fx.fault("a line to print without its attribute");
  } else if (prints_are_told()) {
    notice(CW_TERMINAL_PRINT, 0, masked_text<480>(data.subspan(1), charset_).view(), fx);
  }
  answer(!data.empty() && prints_are_told(), fx);
}

void Terminal::print_block(ByteView data, Fx& fx) {
  if (!prints_are_told()) return answer(false, fx);
  Wrong wrong;
  std::uint32_t type = 0;
  std::uint32_t lines = 0;
  bool good =
      read_text_block(data, charset_, type, wrong, [&](ByteView, std::uint8_t) { ++lines; });
  const std::uint32_t together = lines / most_lines + 1;
  driver::FixedString<480> text;
  std::uint32_t count = 0;
  good = good && read_text_block(data, charset_, type, wrong, [&](ByteView line, std::uint8_t set) {
           if (count % together != 0) text.push_back('\n');
           const auto shown = masked_text<480>(line, set);
           if (!text.append(shown.view())) text.append("...");
           if (++count % together != 0 && count != lines) return;
           notice(CW_TERMINAL_PRINT, type, text.view(), fx);
           text.clear();
         });
  if (!good) fx.fault(wrong.view());
  answer(true, fx);
}

}  // namespace cartwright::zvt
