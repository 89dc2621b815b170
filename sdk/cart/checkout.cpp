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

// A card holder may take a minute and a half.
constexpr Deadlines kAuthorize{milliseconds(90'000), milliseconds(120'000)};

}  // namespace

Checkout::Checkout(Loop& loop, trip::Trip& trip, Units& units, Tell tell, Check check,
                   milliseconds retry)
    : loop_(loop),
      trip_(trip),
      units_(units),
      tell_(std::move(tell)),
      check_(std::move(check)),
      retry_after_(retry) {}

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
  check_();
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
    // Goods came and recalls were imported while the terminal was asked.
    check_();
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

void Checkout::cancel() {
  if (at_ != At::authorize && at_ != At::baseline) {
    throw Error(ErrorKind::conflict, "no payment is at the terminal");
  }
  cancelled_ = true;
  units_.cancel(unit_, op_);
}

std::uint32_t Checkout::currency() const {
  return trip_.state().rules().currency.numeric;
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
