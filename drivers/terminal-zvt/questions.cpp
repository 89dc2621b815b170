// Questions about where the terminal stands: baseline, lookup, enquiry. They move no money.

#include "terminal.hpp"

namespace cartwright::zvt {

void Terminal::on(const driver::Baseline& order, Fx& fx) {
  if (!may_begin(order.op, fx)) return;
  // Where others use the terminal too, nobody can tell its last transaction; where this cart alone
  // does, the ledger knows it.
  if (!exclusive_ || ledger_.standing.known != 0) {
    Facts facts;
    if (exclusive_) {
      facts.has = CW_HAS_RECEIPT | CW_HAS_TRACE;
      facts.receipt = ledger_.standing.receipt;
      facts.trace = ledger_.standing.trace;
    }
    FactsRecord result = facts_record(CW_TERMINAL_RESULT, facts);
    return fx.done(order.op, CW_OK, result);
  }
  begin(order.op, Kind::baseline, fx);
}

void Terminal::on(const driver::Lookup& order, Fx& fx) {
  Task asked;
  asked.kind = Kind::lookup;
  asked.op = order.op;
  asked.amount_minor = order.amount_minor;
  asked.currency = order.currency != 0 ? order.currency : currency_;
  asked.receipt = order.receipt;
  asked.trace = order.trace;
  asked.key = hash_of(order.key);
  if (asked.currency > 999) return fx.done(order.op, CW_INVALID);
  if (is_last_order(asked)) {
    // What this driver has seen to its end needs no question.
    FactsRecord result = facts_record(CW_TERMINAL_RESULT, ledger_.facts);
    if (ledger_.fate == Fate::paid) return fx.done(order.op, CW_OK, result);
    if (ledger_.fate == Fate::refused) return fx.done(order.op, CW_DECLINED, result);
    if (ledger_.fate == Fate::not_sent) return fx.done(order.op, CW_NOT_FOUND);
  }
  if (!up_) return fx.done(order.op, CW_LINK_DOWN);
  // Its dialogue may still run: its end will be told as a late result. After a silence the terminal
  // may have forgotten it; then it is asked, and says itself if it is busy.
  if (task_.op != 0) return fx.done(order.op, CW_BUSY);
  if (stage_ != Stage::idle) {
    if (fx.now().monotonic - heard_at_ < answer_time_) {
      return fx.done(order.op, CW_UNKNOWN_OUTCOME);
    }
    rest(fx);
    registered_ = false;
  }
  task_ = asked;
  begin_task(fx);
}

// Whether the ledger's order is the one that is asked about: by its key, else by amount, currency
// and baseline.
bool Terminal::is_last_order(const Task& asked) const {
  if (ledger_.fate == Fate::none) return false;
  if (asked.key != 0 && ledger_.order_key != 0) return asked.key == ledger_.order_key;
  const bool same_baseline =
      asked.receipt == 0 || ledger_.before.known == 0 || asked.receipt == ledger_.before.receipt;
  return asked.amount_minor == ledger_.amount_minor && asked.currency == ledger_.currency &&
         same_baseline;
}

// The terminal has repeated its last receipt (06 20): what became of the order?
std::int32_t Terminal::judge(const Task& asked) const {
  if (!has_facts_ || (facts_.has & CW_HAS_RECEIPT) == 0) return CW_UNKNOWN_OUTCOME;
  const bool is_last = is_last_order(asked);
  // The very receipt that this driver saw approved stands, whoever else uses the terminal.
  const bool seen = is_last && ledger_.fate == Fate::approved;
  if (seen && facts_.approved() && facts_.same_transaction(ledger_.facts)) return CW_OK;
  if (seen || !exclusive_) return CW_UNKNOWN_OUTCOME;
  Standing before = is_last ? ledger_.before : Standing();
  if (asked.receipt != 0) before = {1, asked.receipt, asked.trace, 0};
  if (before.known == 0) return CW_UNKNOWN_OUTCOME;
  if (facts_.receipt == before.receipt) {
    const bool traces = before.trace != 0 && (facts_.has & CW_HAS_TRACE) != 0;
    return !traces || facts_.trace == before.trace ? CW_NOT_FOUND : CW_UNKNOWN_OUTCOME;
  }
  // Exactly one receipt later it can only be this order; more may be its reversal too.
  if (facts_.receipt != Ledger::next_receipt(before.receipt)) return CW_UNKNOWN_OUTCOME;
  if ((facts_.has & CW_HAS_RESULT) == 0) return CW_UNKNOWN_OUTCOME;
  if (facts_.refused()) return CW_DECLINED;
  const bool fits = (facts_.has & CW_HAS_AMOUNT) != 0 &&
                    facts_.amount_minor == asked.amount_minor &&
                    ((facts_.has & CW_HAS_CURRENCY) == 0 || facts_.currency == asked.currency);
  return fits ? CW_OK : CW_UNKNOWN_OUTCOME;
}

void Terminal::conclude_lookup(Fx& fx) {
  const std::int32_t status = judge(task_);
  if (has_facts_) stand_at(facts_);
  if (is_last_order(task_) && status != CW_UNKNOWN_OUTCOME) {
    ledger_.fate = status == CW_OK         ? Fate::paid
                   : status == CW_DECLINED ? Fate::refused
                                           : Fate::not_sent;
    if (status != CW_NOT_FOUND) ledger_.facts = facts_;
  }
  keep(fx);
  if (status == CW_NOT_FOUND) return end_question(status, fx);
  FactsRecord result = facts_record(CW_TERMINAL_RESULT, facts_);
  if (task_.op != 0) fx.done(std::exchange(task_.op, 0), status, result);
  rest(fx);
}

void Terminal::question_completed(const Completion& completion, Fx& fx) {
  if (task_.kind == Kind::lookup) return conclude_lookup(fx);
  if (task_.kind == Kind::baseline || task_.kind == Kind::repeat_receipt) {
    if (has_facts_ && facts_.approved()) stand_at(facts_);
    keep(fx);
  }
  if (task_.kind == Kind::end_of_day) {  // some terminals count their receipts anew
    ledger_.standing.known = 0;
    keep(fx);
  }
  if (task_.kind == Kind::check_health) {
    const bool ready = completion.terminal_status.value_or(0) == 0;
    return end_question(ready ? CW_OK : CW_DEVICE_ERROR, fx);
  }
  if (task_.kind == Kind::enquire) {
    fx.device_info({.maker = {},
                    .model = completion.model.view(),
                    .firmware = completion.software.view(),
                    .serial = completion.serial.view()});
    facts_ = {};
    if (completion.terminal_status) {
      facts_.has = CW_HAS_RESULT;
      facts_.result = *completion.terminal_status;
    }
  }
  if (task_.kind == Kind::baseline) {
    facts_.has &= CW_HAS_RECEIPT | CW_HAS_TRACE;
    facts_.card.clear();
    facts_.pan_masked.clear();
    facts_.text.clear();
  }
  FactsRecord result = facts_record(CW_TERMINAL_RESULT, facts_);
  if (task_.op != 0) fx.done(std::exchange(task_.op, 0), CW_OK, result);
  rest(fx);
}

}  // namespace cartwright::zvt
