#include <algorithm>

#include "../mock-common/words.hpp"
#include "ledger.hpp"

using namespace cartwright::driver;
using namespace cartwright::mock;

namespace {

constexpr std::uint32_t ledger_key = 1;
constexpr std::uint64_t card_timer = 1;    // the card is read
constexpr std::uint64_t settle_timer = 2;  // the transaction ends

// Codes of the notices; the mock's own.
constexpr std::uint32_t insert_card = 1;
constexpr std::uint32_t please_wait = 2;
constexpr std::uint32_t completed = 0;
constexpr std::uint32_t do_not_honour = 5;  // ISO 8583-1:1987 response code 05
constexpr std::uint32_t aborted_by_cart = 108;

// What the scenario has set for the next order.
struct Plan {
  bool declines = false;
  bool busy = false;
  bool mute = false;
  std::int64_t delay_ms = 0;
  FixedString<56> text;
};

// The order that runs now.
struct Running {
  std::uint64_t op = 0;  // 0: ended, or none
  std::int64_t settle_at_ns = 0;
  bool active = false;
  bool card_read = false;
  bool mute = false;
};

struct MockTerminal {
  std::chrono::milliseconds settle_after{1200};
  bool up = false;
  Plan plan;
  Running running;
  Ledger ledger;

  void configure(const Settings& settings) {
    settle_after = std::chrono::milliseconds(settings.integer("settle_ms"));
  }

  // A transaction that was open when the cart crashed has gone on in the terminal without it.
  void on(Start start, Fx& fx) {
    const auto kept = start.value(ledger_key);
    if (!kept || kept->size() != sizeof(Ledger)) return;
    Ledger read;
    std::memcpy(&read, kept->data(), sizeof read);
    if (read.layout != Ledger::current_layout) return;
    ledger = read;
    if (ledger.is_open()) settle(fx);
  }
  void on(LinkUp, Fx& fx) {
    up = true;
    if (running.active && fx.now().monotonic.count() >= running.settle_at_ns) settle(fx);
  }
  // What the terminal does now, nobody can tell.
  void on(LinkDown, Fx& fx) {
    up = false;
    end_running(CW_UNKNOWN_OUTCOME, fx);
  }

  void on(const Message& message, Fx& fx) {
    const auto words = Words::read(message.data);
    if (!words) return garbage(fx, "unreadable message", message.data);
    if (!happens(*words)) garbage(fx, "no happening of a terminal", message.data);
  }

  void on(Authorize order, Fx& fx) { begin(order, Kind::sale, fx); }
  void on(Refund order, Fx& fx) { begin(order, Kind::refund, fx); }
  void on(Preauthorize order, Fx& fx) { begin(order, Kind::sale, fx); }

  void on(Reverse order, Fx& fx) { undo(order, fx); }
  void on(ReversePreauthorization order, Fx& fx) { undo(order, fx); }

  void on(Lookup order, Fx& fx) {
    if (!up) return fx.done(order.op, CW_LINK_DOWN);
    const Transaction* found = ledger.find(order.amount_minor, order.currency, order.trace);
    if (found == nullptr) return fx.done(order.op, CW_NOT_FOUND);
    end(order.op, status_of(found->stage), *found, fx);
  }

  void on(Baseline order, Fx& fx) {
    if (!ready(order.op, fx)) return;
    RecordBuilder<cw_terminal_facts> result(CW_TERMINAL_RESULT);
    result.value.has = CW_HAS_TRACE | CW_HAS_RECEIPT;
    result.value.trace = ledger.last_trace;
    result.value.receipt = ledger.last_receipt;
    fx.done(order.op, CW_OK, result);
  }

  void on(RepeatReceipt order, Fx& fx) {
    if (!ready(order.op, fx)) return;
    for (const Transaction& one : ledger.recent) {
      if (one.receipt != 0) return end(order.op, CW_OK, one, fx);
    }
    fx.done(order.op, CW_NOT_FOUND);
  }
  void on(Enquire order, Fx& fx) {
    if (!ready(order.op, fx)) return;
    RecordBuilder<cw_terminal_facts> result(CW_TERMINAL_RESULT);
    result.value.has = CW_HAS_RESULT;
    result.value.text = result.put(std::string_view("ready"));
    fx.done(order.op, CW_OK, result);
  }
  void on(Diagnose order, Fx& fx) {
    if (ready(order.op, fx)) fx.done(order.op);
  }

  // The sum in the result, and the books begin anew.
  void on(EndOfDay order, Fx& fx) {
    if (!ready(order.op, fx)) return;
    RecordBuilder<cw_terminal_facts> result(CW_TERMINAL_RESULT);
    result.value.has = CW_HAS_RESULT;
    if (ledger.mixed == 0) {
      result.value.has |= CW_HAS_AMOUNT;
      result.value.amount_minor = ledger.turnover_minor;
    }
    if (ledger.mixed == 0 && ledger.turnover_currency != 0) {
      result.value.has |= CW_HAS_CURRENCY;
      result.value.currency = ledger.turnover_currency;
    }
    ledger.hand_in();
    keep_ledger(fx);
    notice(CW_TERMINAL_COMPLETION, completed, "end of day", fx);
    fx.done(order.op, CW_OK, result);
  }

  void on(CheckHealth command, Fx& fx) { fx.done(command.op, up ? CW_OK : CW_LINK_DOWN); }

  // Before the card is read an abort ends the order; after that it comes too late, and a mute
  // terminal answers neither it nor anything else.
  void on(Cancel cancel, Fx& fx) {
    if (!running.active || running.op != cancel.op) return;
    if (running.mute) return end_running(CW_UNKNOWN_OUTCOME, fx);
    if (running.card_read) {
      if (cancel.timed_out) end_running(CW_UNKNOWN_OUTCOME, fx);
      return;
    }
    ledger.recent[0].comes_to = Stage::aborted;
    ledger.recent[0].set_text("aborted");
    settle(fx);
  }

  void on(Timer timer, Fx& fx) {
    if (!running.active) return;
    if (timer.id == card_timer) {
      running.card_read = true;
      if (speaks()) notice(CW_TERMINAL_INTERMEDIATE, please_wait, "please wait", fx);
    } else if (timer.id == settle_timer) {
      settle(fx);
    }
  }

 private:
  bool happens(const Words& words) {
    if (words.is("approve", 0)) {
      plan.declines = false;
    } else if (words.is("decline", 1)) {
      plan.declines = true;
      plan.text.assign(words.arg(0).substr(0, 56));
    } else if (words.is("busy", 0)) {
      plan.busy = true;
    } else if (words.is("mute", 0)) {
      plan.mute = true;
    } else if (words.is("delay", 1)) {
      const auto delay = read_delay(words.arg(0));
      if (!delay) return false;
      plan.delay_ms = delay->count();
    } else {
      return false;
    }
    return true;
  }

  bool ready(std::uint64_t op, Fx& fx) {
    if (!up || running.active) fx.done(op, up ? CW_BUSY : CW_LINK_DOWN);
    return up && !running.active;
  }

  void begin(const Order& order, Kind kind, Fx& fx) {
    if (!ready(order.op, fx)) return;
    if (order.amount_minor <= 0) return fx.done(order.op, CW_INVALID);
    const Plan now = plan;
    plan = Plan();
    if (now.busy) return fx.done(order.op, CW_BUSY);
    Transaction transaction;
    transaction.amount_minor = order.amount_minor;
    transaction.currency = order.currency;
    transaction.kind = kind;
    transaction.comes_to = now.declines ? Stage::declined : Stage::approved;
    transaction.set_text(now.declines ? now.text.view() : "approved");
    ledger.open(transaction);
    keep_ledger(fx);
    const auto whole = settle_after + std::chrono::milliseconds(now.delay_ms);
    running = {order.op, (fx.now().monotonic + whole).count(), true, false, now.mute};
    fx.timer(card_timer, settle_after / 2);
    fx.timer(settle_timer, whole);
    if (speaks()) notice(CW_TERMINAL_INTERMEDIATE, insert_card, "insert or present card", fx);
  }

  void undo(const Order& order, Fx& fx) {
    if (!ready(order.op, fx)) return;
    Transaction* transaction = ledger.approved_with(order.receipt);
    if (transaction == nullptr) return fx.done(order.op, CW_NOT_FOUND);
    if (order.receipt <= ledger.handed_in) return fx.done(order.op, CW_DECLINED);
    ledger.reverse(*transaction);
    transaction->set_text("reversed");
    keep_ledger(fx);
    end(order.op, CW_OK, *transaction, fx);
  }

  bool speaks() const { return up && !running.mute; }

  // The open transaction ends: counted and kept in the same call that tells it.
  void settle(Fx& fx) {
    const Transaction last = ledger.settle();
    const Running was = running;
    const bool tells = speaks() && was.active;
    keep_ledger(fx);
    if (was.mute && was.op != 0) {
      running.card_read = true;  // the order stays open until its deadline
      return;
    }
    running = Running();
    fx.stop_timer(card_timer);
    fx.stop_timer(settle_timer);
    if (!tells) return;
    if (was.op == 0) {
      RecordBuilder<cw_terminal_facts> late(CW_TERMINAL_LATE_RESULT);
      fill(late, last);
      return fx.emit(late);
    }
    if (last.stage == Stage::approved) {
      notice(CW_TERMINAL_COMPLETION, completed, last.text(), fx);
    } else {
      notice(CW_TERMINAL_ABORT, result_of(last.stage), last.text(), fx);
    }
    end(was.op, status_of(last.stage), last, fx);
  }

  // Ends the command while the terminal goes on by itself.
  void end_running(std::int32_t status, Fx& fx) {
    if (running.op == 0) return;
    fx.done(running.op, status);
    running.op = 0;
    if (!ledger.is_open()) running = Running();
  }

  void end(std::uint64_t op, std::int32_t status, const Transaction& transaction, Fx& fx) {
    RecordBuilder<cw_terminal_facts> result(CW_TERMINAL_RESULT);
    fill(result, transaction);
    fx.done(op, status, result);
  }

  static std::int32_t status_of(Stage stage) {
    switch (stage) {
      case Stage::approved:
        return CW_OK;
      case Stage::declined:
      case Stage::reversed:
        return CW_DECLINED;
      case Stage::aborted:
        return CW_CANCELLED;
      case Stage::none:
      case Stage::open:
        break;
    }
    return CW_UNKNOWN_OUTCOME;
  }

  static std::uint32_t result_of(Stage stage) {
    if (stage == Stage::declined) return do_not_honour;
    return stage == Stage::aborted ? aborted_by_cart : 0;
  }

  template <std::size_t Capacity>
  static void fill(RecordBuilder<cw_terminal_facts, Capacity>& record, const Transaction& from) {
    record.value.has = CW_HAS_AMOUNT | CW_HAS_CURRENCY | CW_HAS_TRACE;
    record.value.amount_minor = from.amount_minor;
    record.value.currency = from.currency;
    record.value.trace = from.trace;
    record.value.text = record.put(from.text());
    if (from.stage == Stage::open) return;
    record.value.has |= CW_HAS_RESULT;
    record.value.result = result_of(from.stage);
    if (from.receipt == 0) return;
    record.value.has |= CW_HAS_RECEIPT;
    record.value.receipt = from.receipt;
    record.value.card = record.put(std::string_view("MOCK"));
    record.value.pan_masked = record.put(std::string_view("999999******0010"));
  }

  static void notice(std::uint32_t type, std::uint32_t code, std::string_view text, Fx& fx) {
    RecordBuilder<cw_terminal_notice, 256> event(type);
    event.value.code = code;
    event.value.text = event.put(text);
    fx.emit(event);
  }

  void keep_ledger(Fx& fx) const {
    std::array<std::uint8_t, sizeof(Ledger)> bytes{};
    std::memcpy(bytes.data(), &ledger, sizeof ledger);
    fx.keep(ledger_key, bytes);
  }
};

}  // namespace

CARTWRIGHT_DRIVER(MockTerminal, CW_PLUGIN_ID, CW_PLUGIN_VERSION)
