// The part of the fold that is about money taken: each fact is a step of the payment table.

#include <algorithm>

#include "base/error.hpp"
#include "trip/trip_state.hpp"

namespace cartwright::trip {
namespace {

[[noreturn]] void conflict(const std::string& text) {
  throw Error(ErrorKind::conflict, text);
}

PaymentState stepped(PaymentState state, PaymentStep step, const std::string& what) {
  const auto next = after(state, step);
  if (!next)
    conflict(what + " is " + std::string(name(state)) + "; \"" + std::string(name(step)) +
             "\" can not follow");
  return *next;
}

}  // namespace

PaymentState TripState::payment_state() const {
  if (!sale_digest_.empty()) return PaymentState::settled;
  return payments_.empty() ? PaymentState::none : payments_.back().state;
}

offers::Money TripState::paid() const {
  offers::Money sum;
  for (const Payment& payment : payments_) sum += payment.approved;
  return sum;
}

Payment& TripState::step(const std::string& key, PaymentStep step) {
  if (payments_.empty() || payments_.back().key != key)
    throw Error(ErrorKind::not_found, "payment \"" + key + "\" is not the running one");
  Payment& payment = payments_.back();
  payment.state = stepped(payment_state(), step, "payment " + key);
  return payment;
}

void TripState::take(const v1::PaymentIntended& fact) {
  const PaymentState next = stepped(payment_state(), PaymentStep::intend, "the payment");
  if (fact.key().empty() || fact.terminal().empty())
    throw Error(ErrorKind::invalid_input, "a payment needs a key and a terminal");
  if (std::any_of(payments_.begin(), payments_.end(),
                  [&](const Payment& earlier) { return earlier.key == fact.key(); }))
    conflict("payment key \"" + fact.key() + "\" was used before in this trip");
  if (const std::uint32_t age = age_to_check(); age != 0)
    conflict("the basket holds goods from " + std::to_string(age) +
             " years; an age check must come before the payment");
  need_settled_coupons();
  if (fact.amount_minor() <= 0 || offers::Money(fact.amount_minor()) > due())
    throw Error(ErrorKind::invalid_input, "a payment of " + std::to_string(fact.amount_minor()) +
                                              " does not fit the " + std::to_string(due().minor()) +
                                              " that are due");
  payments_.push_back({.state = next,
                       .key = fact.key(),
                       .intended = offers::Money(fact.amount_minor()),
                       .approved = {},
                       .terminal = fact.terminal(),
                       .baseline_receipt = fact.baseline_receipt(),
                       .baseline_trace = fact.baseline_trace(),
                       .card = {},
                       .resolved_by = {},
                       .reason = {}});
  phase_ = Phase::paying;
}

void TripState::take(const v1::PaymentSent& fact) {
  step(fact.key(), PaymentStep::send);
}

void TripState::take(const v1::PaymentApproved& fact) {
  Payment& payment = step(fact.key(), PaymentStep::approve);
  note_card(payment, fact.card(), offers::Money(fact.amount_minor()));
}

void TripState::take(const v1::PaymentDeclined& fact) {
  step(fact.key(), PaymentStep::decline).reason = fact.reason();
  phase_ = paid() > offers::Money() ? Phase::paying : Phase::shopping;
}

void TripState::take(const v1::PaymentUnknown& fact) {
  step(fact.key(), PaymentStep::lose).reason = fact.reason();
}

void TripState::take(const v1::PaymentResolved& fact) {
  if (fact.by().empty())
    throw Error(ErrorKind::invalid_input, "the person who resolves a payment must be named");
  Payment& payment =
      step(fact.key(), fact.taken() ? PaymentStep::resolve_taken : PaymentStep::resolve_not_taken);
  payment.resolved_by = fact.by();
  if (fact.taken()) {
    note_card(payment, fact.card(), payment.intended);
  } else {
    phase_ = paid() > offers::Money() ? Phase::paying : Phase::shopping;
  }
}

void TripState::note_card(Payment& payment, const v1::CardFacts& card, offers::Money approved) {
  if (approved <= offers::Money() || approved > payment.intended)
    throw Error(ErrorKind::invalid_input, "payment " + payment.key + " asked for " +
                                              std::to_string(payment.intended.minor()) +
                                              " and can not be approved for " +
                                              std::to_string(approved.minor()));
  payment.approved = approved;
  payment.card = card;
  payment.reason.clear();
}

void TripState::take(const v1::Settled& fact) {
  stepped(payment_state(), PaymentStep::settle, "the payment");
  if (basket_.empty()) conflict("an empty basket can not be settled; end the trip instead");
  if (const std::uint32_t age = age_to_check(); age != 0)
    conflict("the basket holds goods from " + std::to_string(age) +
             " years and nobody checked the age");
  need_settled_coupons();
  if (due() != offers::Money())
    conflict(std::to_string(due().minor()) + " of " + std::to_string(totals().total.minor()) +
             " are still due; the sale can not be settled");
  if (offers::Money(fact.total_minor()) != totals().total)
    conflict("it settles " + std::to_string(fact.total_minor()) + " where the lines add up to " +
             std::to_string(totals().total.minor()));
  if (fact.sale_digest().size() != 32)
    throw Error(ErrorKind::invalid_input, "the digest of the sale record is missing");
  const ByteView digest = as_bytes(fact.sale_digest());
  sale_digest_.assign(digest.begin(), digest.end());
  phase_ = Phase::settled;
}

}  // namespace cartwright::trip
