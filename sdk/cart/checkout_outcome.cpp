// What became of a payment that was given to a terminal: its answer, the lookup where there was
// none, a person's word, and the restart in between.

#include <cartwright/abi/terminal.h>

#include <utility>

#include "base/error.hpp"
#include "cart/checkout.hpp"
#include "cart/terminal_records.hpp"

namespace cartwright::cart {
namespace {

constexpr const char* kCallSomebody = "Nobody knows yet whether it was paid: please call somebody";

// The terminal or the host refused the order as it stood: no money can have moved. A used key is
// not among them, since somebody has sent that order.
bool was_refused(std::int32_t status) {
  return status == CW_UNSUPPORTED || status == CW_INVALID || status == CW_BUSY;
}

}  // namespace

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

}  // namespace cartwright::cart
