#include "terminal.hpp"

namespace cartwright::zvt {
namespace {

// Registration, config byte (PA00P015 06 00).
constexpr std::uint8_t cart_prints_payments = 0x02;
constexpr std::uint8_t cart_prints_administration = 0x04;
constexpr std::uint8_t tell_intermediate_status = 0x08;
constexpr std::uint8_t no_payments_by_keypad = 0x10;
constexpr std::uint8_t no_administration_by_keypad = 0x20;
constexpr std::uint8_t print_as_blocks = 0x80;

std::uint8_t charset_named(std::string_view name) {
  if (name == "latin1") return charset_latin1;
  if (name == "latin9") return charset_latin9;
  return name == "utf8" ? charset_utf8 : charset_cp437;
}

}  // namespace

std::string_view Terminal::configure(const driver::Settings& settings) {
  using std::chrono::milliseconds;
  serial_ = settings.text("transport") == "serial";
  line_.configure(serial_, milliseconds(settings.integer("ack_ms")));
  password_ = static_cast<std::uint32_t>(settings.integer("password"));
  currency_ = static_cast<std::uint32_t>(settings.integer("currency"));
  exclusive_ = settings.boolean("exclusive");
  cart_prints_ = settings.text("receipts") != "terminal";
  charset_ = charset_named(settings.text("charset"));
  answer_time_ = milliseconds(settings.integer("answer_ms"));
  abort_time_ = milliseconds(settings.integer("abort_ms"));
  idle_time_ = milliseconds(settings.integer("idle_ms"));
  return {};
}

void Terminal::on(const driver::Start& start, Fx&) {
  const auto kept = start.value(Ledger::key);
  if (!kept || kept->size() != sizeof(Ledger)) return;
  Ledger read;
  std::memcpy(&read, kept->data(), sizeof read);
  if (read.layout == Ledger::current_layout) ledger_ = read;
}

void Terminal::on(const driver::LinkUp&, Fx& fx) {
  line_.reset(fx);
  up_ = true;
  registered_ = false;
}

void Terminal::on(const driver::LinkDown&, Fx& fx) {
  const bool never_left = task_.in_flight && line_.order_waits();
  line_.reset(fx);
  up_ = registered_ = false;
  if (never_left) return end_money(CW_LINK_DOWN, Fate::not_sent, fx);
  if (task_.in_flight) {
    task_.line_gone = true;  // how much of the order left is told next
    return;
  }
  failed(CW_LINK_DOWN, "the line to the terminal went away", fx);
}

void Terminal::on(const driver::IoDone& io, Fx& fx) {
  if (!line_.written(io, fx) || !task_.in_flight) return;
  const bool none_left = io.status != CW_OK && io.written == 0;
  task_.in_flight = false;
  if (none_left) {
    line_.reset(fx);
    end_money(CW_LINK_DOWN, Fate::not_sent, fx);
  } else if (task_.line_gone) {
    failed(CW_LINK_DOWN, "the line to the terminal went away", fx);
  }
}

void Terminal::on(const driver::Timer& timer, Fx& fx) {
  switch (timer.id) {
    case Line::ack_timer:
      if (const auto lost = line_.no_ack(fx)) {
        if (!lost->is_answer() && stage_ == Stage::asked) silent(fx);
      }
      return;
    case Line::gap_timer:
      return line_.broke_off(fx);
    case more_timer: {
      Bytes in = fx.pending();
      return work(in, fx);
    }
    case answer_timer:
      if (stage_ != Stage::asked) return;
      // A serial line counts from the ACK, and gives up by itself where none comes.
      if (line_.awaits_ack()) return fx.timer(answer_timer, answer_time_);
      return silent(fx);
    case abort_timer:
      if (task_.op != 0 && task_.cancelled) money_lost(fx);
      return;
    case idle_timer:
      if (stage_ == Stage::idle) return;
      registered_ = false;
      return failed(CW_TIMEOUT, "the terminal fell silent", fx);
    default:
      return;
  }
}

void Terminal::on(const driver::Cancel& cancel, Fx& fx) {
  if (cancel.op == 0 || cancel.op != task_.op) return;
  if (moves_money(task_.kind)) return abort_money(cancel.timed_out, fx);
  // The question ends for the cart; the terminal is asked to leave it, and may take its time.
  const std::uint64_t op = std::exchange(task_.op, 0);
  if (stage_ == Stage::working && !registering_) line_.send(Outgoing(0x06B0), {}, fx);
  fx.done(op, cancel.timed_out ? CW_TIMEOUT : CW_CANCELLED);
}

bool Terminal::may_begin(std::uint64_t op, Fx& fx) {
  if (up_ && stage_ == Stage::idle && task_.kind == Kind::none) return true;
  fx.done(op, up_ ? CW_BUSY : CW_LINK_DOWN);
  return false;
}

void Terminal::begin(std::uint64_t op, Kind kind, Fx& fx) {
  if (!may_begin(op, fx)) return;
  task_ = {};
  task_.kind = kind;
  task_.op = op;
  task_.currency = currency_;
  begin_task(fx);
}

// A terminal knows a register only after its registration, in one currency.
void Terminal::begin_task(Fx& fx) {
  if (task_.kind == Kind::enable || !registered_ || registered_currency_ != task_.currency) {
    return send_registration(fx);
  }
  send_command(fx);
}

void Terminal::send_registration(Fx& fx) {
  std::uint8_t config = tell_intermediate_status | no_payments_by_keypad | print_as_blocks;
  if (cart_prints_) config |= cart_prints_payments | cart_prints_administration;
  if (exclusive_) config |= no_administration_by_keypad;
  Outgoing packet(0x0600);
  packet.bcd(password_, 6).put(config).bcd(task_.currency, 4);
  packet.put(0x03).put(0x00);  // service byte: nothing special
  // TLV container: 40 characters a printed line (12), packets up to longest_data (1A), permitted
  // commands (26): text blocks, character sets (27): the one of the settings.
  static_assert(longest_data == 0x2000);
  for (const int byte : {0x06, 0x12, 0x12, 0x01, 0x28, 0x1A, 0x02, 0x20, 0x00, 0x26, 0x04, 0x0A,
                         0x02, 0x06, 0xD3, 0x27, 0x03, 0x14, 0x01}) {
    packet.put(static_cast<std::uint8_t>(byte));
  }
  packet.put(charset_);
  registering_ = true;
  stage_ = Stage::asked;
  line_.send(packet, {}, fx);
  fx.timer(answer_timer, answer_time_);
}

void Terminal::send_command(Fx& fx) {
  const bool money = moves_money(task_.kind);
  has_facts_ = abort_due_ = false;
  facts_ = {};
  stage_ = Stage::asked;
  if (money) {  // durable before the first byte leaves
    note_order(Fate::open);
    keep(fx);
  }
  task_.in_flight = money;
  line_.send(command_of(task_), {.order = money}, fx);
  fx.timer(answer_timer, answer_time_);
}

Outgoing Terminal::command_of(const Task& task) const {
  const auto amount = static_cast<std::uint64_t>(task.amount_minor);
  switch (task.kind) {
    case Kind::authorize:
    case Kind::preauthorize: {
      Outgoing packet(task.kind == Kind::authorize ? 0x0601 : 0x0622);
      return packet.put(0x04).bcd(amount, 12).put(0x49).bcd(task.currency, 4);
    }
    case Kind::refund: {
      Outgoing packet(0x0631);
      packet.bcd(password_, 6).put(0x04).bcd(amount, 12);
      return packet.put(0x49).bcd(task.currency, 4);
    }
    case Kind::reverse: {
      Outgoing packet(0x0630);
      return packet.bcd(password_, 6).put(0x87).bcd(task.receipt, 4);
    }
    case Kind::reverse_preauthorization: {
      Outgoing packet(0x0625);
      return packet.put(0x87).bcd(task.receipt, 4).put(0x49).bcd(task.currency, 4);
    }
    case Kind::end_of_day:
      return Outgoing(0x0650).bcd(password_, 6);
    case Kind::diagnose:
      return Outgoing(0x0670);
    case Kind::enquire:
    case Kind::check_health:
      return Outgoing(0x0501).bcd(password_, 6);
    case Kind::log_off:
      return Outgoing(0x0602);
    default:
      return Outgoing(0x0620).bcd(password_, 6);
  }
}

// The cart has the say again.
void Terminal::rest(Fx& fx) {
  stage_ = Stage::idle;
  registering_ = has_facts_ = abort_due_ = false;
  facts_ = {};
  task_ = {};
  for (const std::uint64_t timer : {answer_timer, idle_timer, abort_timer}) fx.stop_timer(timer);
}

void Terminal::end_question(std::int32_t status, Fx& fx) {
  if (task_.op != 0) fx.done(std::exchange(task_.op, 0), status);
  rest(fx);
}

// The dialogue can not go on.
void Terminal::failed(std::int32_t status, std::string_view why, Fx& fx) {
  if (task_.kind == Kind::none) return rest(fx);
  if (!moves_money(task_.kind)) return end_question(status, fx);
  if (registering_) {
    facts_ = {};
    facts_.text.assign(why);
    return end_money(status == CW_LINK_DOWN ? CW_LINK_DOWN : CW_DECLINED, Fate::not_sent, fx);
  }
  if (has_facts_ && facts_.refused() && !task_.unclear) {
    return end_money(CW_DECLINED, Fate::refused, fx);
  }
  if (facts_.text.empty()) facts_.text.assign(why);
  end_money(CW_UNKNOWN_OUTCOME, ledger_.fate, fx);
}

// The terminal has neither accepted nor refused the command. On TCP the connection is made anew: a
// terminal that takes it and says nothing has forgotten it.
void Terminal::silent(Fx& fx) {
  registered_ = false;
  line_.reset(fx);
  failed(CW_TIMEOUT, "the terminal does not answer", fx);
  if (serial_) return;
  fx.close();
  fx.connect();
}

}  // namespace cartwright::zvt
