// What becomes of an order that moves money. The ledger is kept in the call that changes it, and
// what is kept is durable before a byte of the same call leaves.

#include "terminal.hpp"
#include "words.hpp"

namespace cartwright::zvt {
namespace {

constexpr std::int64_t largest_amount = 999'999'999'999;  // twelve digits
constexpr std::uint32_t largest_receipt = 9999;

bool names_amount(Kind kind) {
  return kind == Kind::authorize || kind == Kind::refund || kind == Kind::preauthorize;
}

}  // namespace

void Terminal::begin_money(const driver::Order& order, Kind kind, Fx& fx) {
  Task task;
  task.kind = kind;
  task.op = order.op;
  task.amount_minor = order.amount_minor;
  task.currency = order.currency != 0 ? order.currency : currency_;
  task.receipt = order.receipt;
  task.key = hash_of(order.key);
  const bool wrong = task.currency > 999 || task.receipt > largest_receipt ||
                     task.amount_minor > largest_amount || task.amount_minor < 0 ||
                     (names_amount(kind) ? task.amount_minor == 0 : task.receipt == 0);
  if (wrong) return fx.done(order.op, CW_INVALID);
  if (!may_begin(order.op, fx)) return;
  task_ = task;
  begin_task(fx);
}

// The task's order is the ledger's, and this is what became of it.
void Terminal::note_order(Fate fate) {
  if (!task_.sent) {
    ledger_.kind = task_.kind;
    ledger_.amount_minor = task_.amount_minor;
    ledger_.currency = task_.currency;
    ledger_.order_key = task_.key;
    ledger_.before = ledger_.standing;
    ledger_.facts = {};
  }
  task_.sent = fate == Fate::open;
  ledger_.fate = fate;
  // While it is open nobody knows where the terminal stands.
  if (fate == Fate::open) ledger_.standing.known = 0;
}

void Terminal::keep(Fx& fx) const {
  std::array<std::uint8_t, sizeof(Ledger)> bytes{};
  std::memcpy(bytes.data(), &ledger_, sizeof ledger_);
  fx.keep(Ledger::key, bytes);
}

void Terminal::stand_at(const Facts& facts) {
  if ((facts.has & CW_HAS_RECEIPT) == 0) return;
  ledger_.standing = {1, facts.receipt, facts.trace, 0};
}

// Whether a status information that came unasked is of the order whose outcome is not known.
bool Terminal::adopts(const Facts& facts) const {
  const bool is_open = ledger_.fate == Fate::open || ledger_.fate == Fate::approved;
  if (!exclusive_ || !is_open || (facts.has & CW_HAS_RESULT) == 0) return false;
  const bool same_amount = (facts.has & CW_HAS_AMOUNT) == 0 || !names_amount(ledger_.kind) ||
                           facts.amount_minor == ledger_.amount_minor;
  const bool old = ledger_.before.known != 0 && (facts.has & CW_HAS_RECEIPT) != 0 &&
                   facts.receipt == ledger_.before.receipt;
  return same_amount && !old;
}

// The dialogue of that order goes on, though nobody waits for its end.
void Terminal::adopt(Fx& fx) {
  task_ = {};
  task_.kind = ledger_.kind;
  task_.amount_minor = ledger_.amount_minor;
  task_.currency = ledger_.currency;
  task_.key = ledger_.order_key;
  task_.sent = true;
  stage_ = Stage::working;
  fx.timer(idle_timer, idle_time_);
}

void Terminal::money_status(const Facts& facts, Fx& fx) {
  if (has_facts_ && facts_.same_transaction(facts)) return answer(false, fx);  // told already
  // Another one in the same dialogue, after an approval: perhaps its reversal.
  if (has_facts_ && facts_.approved()) task_.unclear = true;
  if ((facts.has & CW_HAS_RESULT) == 0) task_.unclear = true;
  has_facts_ = true;
  facts_ = facts;
  ledger_.facts = facts;
  ledger_.fate = facts.approved() && !task_.unclear ? Fate::approved : Fate::open;
  keep(fx);
  tell_facts(CW_TERMINAL_STATUS, facts, fx);
  answer(true, fx);
}

void Terminal::money_completed(Fx& fx) {
  if (has_facts_ && !task_.unclear && facts_.approved()) return end_money(CW_OK, Fate::paid, fx);
  if (has_facts_ && !task_.unclear && facts_.refused()) {
    return end_money(CW_DECLINED, Fate::refused, fx);
  }
  end_money(CW_UNKNOWN_OUTCOME, Fate::open, fx);
}

void Terminal::money_aborted(std::uint8_t code, Fx& fx) {
  // An abort after an approval: what the terminal made of it, it tells when asked.
  if (task_.unclear || (has_facts_ && facts_.approved())) {
    return end_money(CW_UNKNOWN_OUTCOME, Fate::open, fx);
  }
  if (!has_facts_) {
    facts_.result = code;
    facts_.has = CW_HAS_RESULT;
    facts_.text.assign(result_text(code));
  }
  const bool by_hand = task_.cancelled || code == 0x6C;
  end_money(by_hand && !has_facts_ ? CW_CANCELLED : CW_DECLINED, Fate::refused, fx);
}

// The command ends without an answer; the terminal keeps the say, and what it tells later is told.
void Terminal::money_lost(Fx& fx) {
  FactsRecord result = facts_record(CW_TERMINAL_RESULT, facts_);
  fx.done(std::exchange(task_.op, 0), CW_UNKNOWN_OUTCOME, result);
}

void Terminal::end_money(std::int32_t status, Fate fate, Fx& fx) {
  // Without a receipt of its own an order that ended leaves the terminal where it was.
  const bool no_money = fate == Fate::refused || fate == Fate::not_sent;
  if (task_.sent && no_money) ledger_.standing = ledger_.before;
  if (has_facts_) stand_at(facts_);
  note_order(fate);
  if (status == CW_UNKNOWN_OUTCOME) ledger_.standing.known = 0;
  if (fate == Fate::paid || fate == Fate::refused) ledger_.facts = facts_;
  keep(fx);
  if (task_.op != 0) {
    FactsRecord result = facts_record(CW_TERMINAL_RESULT, facts_);
    fx.done(std::exchange(task_.op, 0), status, result);
  } else if (fate == Fate::paid || fate == Fate::refused) {
    tell_facts(CW_TERMINAL_LATE_RESULT, facts_, fx);
  }
  rest(fx);
}

void Terminal::abort_money(bool timed_out, Fx& fx) {
  if (registering_) {  // nothing of the order has left, and nothing will
    note_order(Fate::not_sent);
    keep(fx);
    return fx.done(std::exchange(task_.op, 0), CW_CANCELLED);
  }
  const bool too_late = has_facts_;
  if (!timed_out && (task_.cancelled || too_late)) return;
  const bool first = !std::exchange(task_.cancelled, true);
  if (timed_out || first) fx.timer(abort_timer, abort_time_);
  if (!first || too_late) return;
  if (stage_ == Stage::asked) {
    abort_due_ = true;
  } else {
    line_.send(Outgoing(0x06B0), {}, fx);
  }
}

}  // namespace cartwright::zvt
