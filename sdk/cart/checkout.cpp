#include "cart/checkout.hpp"

#include <cartwright/abi/terminal.h>

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/nearest.hpp"
#include "cart/terminal_records.hpp"
#include "cart/views.hpp"

namespace cartwright::cart {
namespace {

using std::chrono::milliseconds;

// A card holder may take a minute and a half; a question may not.
constexpr Deadlines kAuthorize{milliseconds(90'000), milliseconds(120'000)};
constexpr Deadlines kQuestion{milliseconds(10'000), milliseconds(15'000)};
constexpr const char* kCallSomebody = "Nobody knows yet whether it was paid: please call somebody";

// The terminal or the host refused the order as it stood: no money can have moved. A used key is
// not among them, since somebody has sent that order.
bool was_refused(std::int32_t status) {
  return status == CW_UNSUPPORTED || status == CW_INVALID || status == CW_BUSY;
}

}  // namespace

Checkout::Checkout(Loop& loop, trip::Trip& trip, Units& units, Tell tell, milliseconds retry)
    : loop_(loop), trip_(trip), units_(units), tell_(std::move(tell)), retry_after_(retry) {}

Checkout::~Checkout() {
  if (retry_) loop_.cancel(*retry_);
}

void Checkout::pay(std::string_view terminal) {
  const trip::TripState& state = trip_.state();
  if (!trip_.running())
    throw Error(ErrorKind::conflict, "no trip is running: there is nothing to pay");
  if (at_ == At::rest && state.payment_state() == trip::PaymentState::intended) {
    return authorize();
  }
  if (at_ != At::rest || trip::is_open(state.payment_state())) {
    throw Error(ErrorKind::conflict, "a payment is under way");
  }
  if (state.age_to_check() > 0) {
    throw Error(ErrorKind::conflict, "somebody must check first that the shopper is " +
                                         std::to_string(state.age_to_check()) + " or older");
  }
  state.need_settled_coupons();
  if (state.due().minor() <= 0) {
    trip_.settle();
    return settled();
  }
  const std::string unit = terminal_called(terminal);
  cancelled_ = false;
  give(At::baseline, unit, baseline_order(currency()), kQuestion,
       [this, trip_id = state.trip_id()](std::int32_t status, const host::Record& result) {
         got_baseline(trip_id, status, result);
       });
}

std::string Checkout::terminal_called(std::string_view name) const {
  if (name.empty()) {
    if (const auto first = units_.first_of(CW_TERMINAL_CLASS)) return *first;
    throw Error(ErrorKind::not_found, "no payment terminal is configured");
  }
  const std::vector<std::string> terminals = units_.all_of(CW_TERMINAL_CLASS);
  if (std::find(terminals.begin(), terminals.end(), name) != terminals.end()) {
    return std::string(name);
  }
  const std::vector<std::string_view> known(terminals.begin(), terminals.end());
  throw Error(ErrorKind::not_found,
              "\"" + std::string(name) + "\" is no payment terminal" + did_you_mean(name, known));
}

void Checkout::give(At at, const std::string& unit, host::Record record, Deadlines deadlines,
                    Units::Done done) {
  at_ = at;
  unit_ = unit;
  const std::uint64_t turn = ++turn_;
  op_ = units_.command(
      unit_, std::move(record), deadlines,
      [this, turn, done = std::move(done)](std::int32_t status, const host::Record& result) {
        if (turn != turn_) return;  // a person has decided meanwhile
        at_ = At::rest;
        done(status, result);
      });
}

void Checkout::got_baseline(const std::string& trip_id, std::int32_t status,
                            const host::Record& result) {
  // The trip may have been ended, and another begun, while the terminal was asked.
  if (trip_.state().trip_id() != trip_id || !trip_.running()) return;
  if (cancelled_) return not_begun("Cancelled");
  // A terminal without a memory of its own can still take money; only lookups will not know.
  if (status != CW_OK && status != CW_UNSUPPORTED) {
    return not_begun("The payment terminal does not answer");
  }
  const cw_terminal_facts facts = facts_of(result);
  const std::string receipt = number(facts, CW_HAS_RECEIPT, facts.receipt);
  const std::string trace = number(facts, CW_HAS_TRACE, facts.trace);
  try {
    trip_.intend_payment(unit_, receipt, trace);
  } catch (const Error& error) {
    // Nothing has left: the shopper pays again when the trip or the disk allows it.
    return not_begun(error.kind() == ErrorKind::unavailable
                         ? "The payment could not be stored: please try again"
                         : error.what());
  }
  told();
  authorize();
}

void Checkout::not_begun(const std::string& text) {
  tell_(PaymentChanged{view_of(trip_.state().payment_state()), 0, text});
}

void Checkout::authorize() {
  if (trip_.state().payment_state() != trip::PaymentState::intended) return;
  persist([this] { trip_.payment_sent(); },
          [this] {
            const trip::Payment payment = trip_.state().payments().back();
            give(At::authorize, payment.terminal, authorize_order(payment, currency()), kAuthorize,
                 [this](std::int32_t status, const host::Record& result) {
                   got_answer(status, result, false);
                 });
            told("Follow the terminal");
          });
}

void Checkout::got_answer(std::int32_t status, const host::Record& result, bool by_lookup) {
  if (!trip::is_open(trip_.state().payment_state())) return;
  const std::string text = text_of(result);
  if (status == CW_OK) return approved(result, by_lookup);
  const bool not_paid =
      by_lookup ? status == CW_DECLINED || status == CW_NOT_FOUND
                : status == CW_DECLINED || status == CW_CANCELLED || was_refused(status);
  if (!not_paid) {
    if (by_lookup && text.empty()) return told(kCallSomebody);
    return lost(text.empty() ? "the terminal gave no answer" : text, by_lookup);
  }
  const std::string reason = !text.empty()           ? text
                             : status == CW_DECLINED ? "declined"
                             : status == CW_BUSY     ? "the terminal is busy"
                                                     : "not paid";
  persist([this, reason, by_lookup] { trip_.payment_declined(reason, by_lookup); },
          [this, reason] { told("Not paid: " + reason); });
}

void Checkout::approved(const host::Record& result, bool by_lookup) {
  const cw_terminal_facts facts = facts_of(result);
  const trip::Payment& payment = trip_.state().payments().back();
  const std::string wrong = misfit(facts, payment, currency());
  if (!wrong.empty()) return lost(wrong, by_lookup);
  const offers::Money amount =
      (facts.has & CW_HAS_AMOUNT) != 0 ? offers::Money(facts.amount_minor) : payment.intended;
  persist([this, amount, by_lookup,
           card = card_of(result)] { trip_.payment_approved(amount, card, by_lookup); },
          [this] {
            told("Approved");
            finish();
          });
}

void Checkout::lost(const std::string& reason, bool by_lookup) {
  persist([this, reason] { trip_.payment_unknown(reason); },
          [this, reason, by_lookup] {
            if (by_lookup) return told(kCallSomebody);
            told("The payment's outcome is not known yet");
            // One question at once; later ones when the terminal comes back or a person asks.
            ask();
          });
}

void Checkout::finish() {
  if (trip_.state().due().minor() > 0) return;
  if (trip_.state().phase() == trip::Phase::settled) return end();
  persist([this] { trip_.settle(); }, [this] { settled(); });
}

void Checkout::settled() {
  tell_(PaymentChanged{PaymentState::settled, trip_.state().totals().total.minor(),
                       "Paid. Thank you"});
  end();
}

void Checkout::end() {
  if (trip_.state().phase() != trip::Phase::settled) return;
  persist([this] { trip_.end(v1::TripEnded::PAID); },
          [this] {
            tell_(TripEnded{trip_.state().trip_id(), EndCause::paid});
          });
}

void Checkout::ask() {
  if (trip_.state().payment_state() != trip::PaymentState::unknown || at_ == At::storing) return;
  if (at_ == At::lookup) {
    look_up_again_ = true;
    return;
  }
  const trip::Payment payment = trip_.state().payments().back();
  give(At::lookup, payment.terminal, lookup_order(payment, currency()), kQuestion,
       [this](std::int32_t status, const host::Record& result) {
         const bool again = std::exchange(look_up_again_, false);
         got_answer(status, result, true);
         if (again) ask();
       });
}

void Checkout::cancel() {
  if (at_ != At::authorize && at_ != At::baseline) {
    throw Error(ErrorKind::conflict, "no payment is at the terminal");
  }
  cancelled_ = true;
  units_.cancel(unit_, op_);
}

void Checkout::look_up() {
  if (trip_.state().payment_state() != trip::PaymentState::unknown) {
    throw Error(ErrorKind::conflict, "there is no payment whose outcome is unknown");
  }
  ask();
}

void Checkout::resolve(bool taken, std::string_view by) {
  if (at_ == At::storing) {
    throw Error(ErrorKind::conflict, "the terminal's answer has come and is being stored");
  }
  trip_.payment_resolved(taken, by);
  // An answer that still comes has been decided over.
  ++turn_;
  at_ = At::rest;
  look_up_again_ = false;
  told(taken ? "Approved" : "Not paid");
  if (taken) finish();
}

void Checkout::resume() {
  switch (trip::after_power_cut(trip_.state().payment_state())) {
    case trip::AfterPowerCut::nothing:
      return end();
    case trip::AfterPowerCut::send_or_decline:
      // The order never left; the shopper decides anew.
      return persist(
          [this] {
            trip_.payment_declined("the cart was restarted before the terminal was asked");
          },
          [this] { told("Not paid: please try again"); });
    case trip::AfterPowerCut::look_up:
      if (trip_.state().payment_state() == trip::PaymentState::unknown) return ask_if_up();
      return persist(
          [this] {
            trip_.payment_unknown("the cart was restarted while the terminal was at work");
          },
          [this] {
            told("The payment's outcome is not known yet");
            ask_if_up();
          });
    case trip::AfterPowerCut::settle_or_pay:
      return finish();
  }
}

std::uint32_t Checkout::currency() const {
  return trip_.state().rules().currency.numeric;
}

// A terminal that is still starting is asked when it comes up.
void Checkout::ask_if_up() {
  if (units_.is_up(trip_.state().payments().back().terminal)) ask();
}

void Checkout::terminal_up(const std::string& unit) {
  late_result(unit);
}

void Checkout::late_result(const std::string& unit) {
  if (trip_.state().payment_state() != trip::PaymentState::unknown) return;
  if (trip_.state().payments().back().terminal == unit) ask();
}

void Checkout::notice(const std::string& unit, std::string_view text) {
  if (at_ != At::authorize || unit != unit_ || text.empty()) return;
  told(text);
}

void Checkout::told(std::string_view text) {
  const trip::Payment& payment = trip_.state().payments().back();
  tell_(PaymentChanged{view_of(payment.state), payment.intended.minor(), std::string(text)});
}

void Checkout::persist(std::function<void()> commit, std::function<void()> then) {
  at_ = At::rest;
  try {
    commit();
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::unavailable) throw;
    at_ = At::storing;
    retry_ = loop_.after(retry_after_, [this, commit = std::move(commit), then = std::move(then)] {
      retry_.reset();
      persist(commit, then);
    });
    const auto& payments = trip_.state().payments();
    return tell_(PaymentChanged{view_of(trip_.state().payment_state()),
                                payments.empty() ? 0 : payments.back().intended.minor(),
                                "One moment: the cart can not store the payment yet"});
  }
  then();
}

}  // namespace cartwright::cart
