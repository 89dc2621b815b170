#include "cart/checkout.hpp"

#include <gmock/gmock.h>

#include <cstring>

#include "base/error.hpp"
#include "unit/cart/small_store.hpp"

namespace cartwright::cart {
namespace {

using testing::kPen;
using testing::kWine;
using testing::record_of;
using testing::TerminalSays;
using trip::PaymentState;

struct Till : testing::SmallStore, ::testing::Test {
  void SetUp() override {
    shopping->start_trip();
    scan(kPen);
  }
  // Up to the terminal's work.
  void authorize() {
    checkout->pay({});
    units.answer(CW_OK, record_of({.receipt = 11, .trace = 344}));
    ASSERT_EQ(units.waiting().record.type(), CW_TERMINAL_AUTHORIZE);
  }
  // Up to a payment of which nobody knows, with the lookup at the terminal.
  void lose() {
    authorize();
    units.answer(CW_UNKNOWN_OUTCOME);
    ASSERT_EQ(units.waiting().record.type(), CW_TERMINAL_LOOKUP);
  }
  cw_terminal_order order() const {
    cw_terminal_order value{};
    std::memcpy(&value, units.waiting().record.bytes().data(), sizeof value);
    return value;
  }
  std::size_t charges() const { return units.count(CW_TERMINAL_AUTHORIZE); }
  bool paid_and_over() {
    return trip->state().phase() == trip::Phase::ended && told<TripEnded>().size() == 1 &&
           trip->log().sale(trip->state().trip_id()).has_value();
  }
};

TEST_F(Till, asks_for_the_baseline_then_for_the_money_then_settles_and_ends) {
  checkout->pay({});
  EXPECT_EQ(units.waiting().record.type(), CW_TERMINAL_BASELINE);
  EXPECT_EQ(payment(), PaymentState::none);
  units.answer(CW_OK, record_of({.receipt = 11, .trace = 344}));
  EXPECT_EQ(payment(), PaymentState::sent);
  EXPECT_EQ(order().amount_minor, 250);
  EXPECT_EQ(order().currency, 978U);
  units.answer(CW_OK, record_of({.amount = 250, .currency = 978, .receipt = 12, .trace = 345}));
  EXPECT_TRUE(paid_and_over());
  const trip::Payment& payment = trip->state().payments().back();
  EXPECT_EQ(payment.baseline_receipt, "11");
  EXPECT_EQ(payment.baseline_trace, "344");
  EXPECT_EQ(payment.card.receipt(), "12");
  EXPECT_EQ(charges(), 1U);
  std::vector<PaymentState> states;
  for (const auto& change : told<PaymentChanged>())
    states.push_back(static_cast<PaymentState>(change.state));
  EXPECT_THAT(states, ::testing::ElementsAre(PaymentState::intended, PaymentState::sent,
                                             PaymentState::approved, PaymentState::settled));
}

TEST_F(Till, settles_at_once_where_nothing_is_due) {
  trip->override_price("1", offers::Money(0), "staff-7", "gift");
  checkout->pay({});
  EXPECT_TRUE(paid_and_over());
  EXPECT_TRUE(units.types.empty());
}

TEST_F(Till, pays_for_no_empty_basket) {
  trip->put_back("1");
  EXPECT_THROW(checkout->pay({}), Error);
  EXPECT_EQ(trip->state().phase(), trip::Phase::shopping);
}

TEST_F(Till, waits_for_an_age_check) {
  scan(kWine);
  EXPECT_THROW(checkout->pay({}), Error);
  trip->note_age_check(18, true, "staff-7");
  authorize();
}

TEST_F(Till, names_a_terminal_that_does_not_exist) {
  try {
    checkout->pay("terminal1");
    FAIL() << "paid at a terminal that nobody configured";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::not_found);
    EXPECT_THAT(error.what(), ::testing::HasSubstr("terminal0"));
  }
}

TEST_F(Till, begins_nothing_where_the_terminal_does_not_answer) {
  for (const std::int32_t status : {CW_LINK_DOWN, CW_TIMEOUT, CW_BUSY, CW_DEVICE_ERROR}) {
    checkout->pay({});
    units.answer(status);
    EXPECT_EQ(payment(), PaymentState::none);
    EXPECT_EQ(trip->state().phase(), trip::Phase::shopping);
  }
  EXPECT_EQ(charges(), 0U);
}

TEST_F(Till, takes_money_at_a_terminal_that_has_no_baseline) {
  checkout->pay({});
  units.answer(CW_UNSUPPORTED);
  units.answer(CW_OK);
  EXPECT_TRUE(paid_and_over());
}

TEST_F(Till, lets_nobody_pay_twice_at_once) {
  checkout->pay({});
  EXPECT_THROW(checkout->pay({}), Error);
  units.answer(CW_OK);
  EXPECT_THROW(checkout->pay({}), Error);
  EXPECT_EQ(charges(), 1U);
}

TEST_F(Till, charges_nobody_whose_trip_has_ended_meanwhile) {
  checkout->pay({});
  trip->end(v1::TripEnded::STAFF);
  shopping->start_trip();
  scan(kPen);
  units.answer(CW_OK);
  EXPECT_EQ(charges(), 0U);
  EXPECT_EQ(payment(), PaymentState::none);
}

TEST_F(Till, goes_back_to_shopping_where_no_money_moved) {
  for (const std::int32_t status :
       {CW_DECLINED, CW_CANCELLED, CW_BUSY, CW_UNSUPPORTED, CW_INVALID}) {
    authorize();
    units.answer(status, record_of({.text = "card expired"}));
    EXPECT_EQ(payment(), PaymentState::declined);
    EXPECT_EQ(trip->state().phase(), trip::Phase::shopping);
    EXPECT_EQ(last<PaymentChanged>().text, "Not paid: card expired");
  }
  EXPECT_EQ(trip->state().payments().size(), 5U);
}

TEST_F(Till, looks_up_once_where_money_may_have_moved) {
  for (const std::int32_t status :
       {CW_LINK_DOWN, CW_TIMEOUT, CW_UNKNOWN_OUTCOME, CW_DEVICE_ERROR, CW_DUPLICATE, CW_INTERNAL}) {
    authorize();
    units.answer(status);
    EXPECT_EQ(payment(), PaymentState::unknown) << status;
    ASSERT_EQ(units.waiting().record.type(), CW_TERMINAL_LOOKUP) << status;
    EXPECT_EQ(order().receipt, 11U);
    EXPECT_EQ(order().trace, 344U);
    units.answer(CW_NOT_FOUND);
    EXPECT_EQ(payment(), PaymentState::declined) << status;
  }
}

TEST_F(Till, takes_the_lookups_word_for_it) {
  lose();
  units.answer(CW_OK, record_of({.amount = 250}));
  EXPECT_TRUE(paid_and_over());
  EXPECT_EQ(charges(), 1U);
}

TEST_F(Till, goes_to_a_person_where_the_lookup_does_not_know) {
  for (const std::int32_t status : {CW_UNKNOWN_OUTCOME, CW_CANCELLED, CW_BUSY, CW_UNSUPPORTED,
                                    CW_LINK_DOWN, CW_TIMEOUT, CW_INVALID, CW_DEVICE_ERROR}) {
    lose();
    units.answer(status);
    EXPECT_EQ(payment(), PaymentState::unknown) << status;
    EXPECT_THAT(last<PaymentChanged>().text, ::testing::HasSubstr("call somebody"));
    EXPECT_TRUE(units.open.empty());
    checkout->resolve(false, "staff-7");
    EXPECT_EQ(payment(), PaymentState::declined) << status;
  }
}

TEST_F(Till, lets_a_person_say_that_it_was_paid) {
  lose();
  units.answer(CW_UNKNOWN_OUTCOME);
  checkout->resolve(true, "staff-7");
  EXPECT_TRUE(paid_and_over());
  EXPECT_EQ(charges(), 1U);
}

TEST_F(Till, hears_no_answer_that_comes_after_a_person_has_decided) {
  lose();
  checkout->resolve(false, "staff-7");
  const auto lookup = std::move(units.open.front());
  units.open.pop_front();
  authorize();
  lookup.done(CW_NOT_FOUND, {});
  EXPECT_EQ(payment(), PaymentState::sent);
  units.answer(CW_OK, record_of({.amount = 250}));
  EXPECT_TRUE(paid_and_over());
}

TEST_F(Till, lets_a_person_ask_once_more) {
  EXPECT_THROW(checkout->look_up(), Error);
  lose();
  units.answer(CW_TIMEOUT);
  checkout->look_up();
  units.answer(CW_DECLINED);
  EXPECT_EQ(payment(), PaymentState::declined);
}

TEST_F(Till, takes_no_approval_of_another_amount_or_currency) {
  for (const TerminalSays& says :
       {TerminalSays{.amount = 251}, TerminalSays{.amount = 0}, TerminalSays{.amount = -250},
        TerminalSays{.amount = 250, .currency = 840}}) {
    authorize();
    units.answer(CW_OK, record_of(says));
    EXPECT_EQ(payment(), PaymentState::unknown);
    units.answer(CW_OK, record_of(says));
    EXPECT_EQ(payment(), PaymentState::unknown);
    EXPECT_THAT(trip->state().payments().back().reason,
                ::testing::HasSubstr("the terminal approved"));
    checkout->resolve(false, "staff-7");
  }
}

TEST_F(Till, asks_for_the_rest_of_a_part_approval) {
  authorize();
  units.answer(CW_OK, record_of({.amount = 100}));
  EXPECT_EQ(trip->state().phase(), trip::Phase::paying);
  EXPECT_EQ(trip->state().due().minor(), 150);
  authorize();
  EXPECT_EQ(order().amount_minor, 150);
  units.answer(CW_OK);
  EXPECT_TRUE(paid_and_over());
}

TEST_F(Till, gives_up_at_the_terminal_when_asked) {
  EXPECT_THROW(checkout->cancel(), Error);
  authorize();
  checkout->cancel();
  EXPECT_THAT(units.cancelled, ::testing::ElementsAre(units.waiting().op));
  EXPECT_EQ(payment(), PaymentState::sent);
  units.answer(CW_CANCELLED);
  EXPECT_EQ(payment(), PaymentState::declined);
}

TEST_F(Till, gives_up_before_the_terminal_was_asked_for_money) {
  checkout->pay({});
  checkout->cancel();
  units.answer(CW_OK);
  EXPECT_EQ(payment(), PaymentState::none);
  EXPECT_EQ(charges(), 0U);
  authorize();
}

TEST_F(Till, shows_the_terminals_words_while_it_works) {
  checkout->notice("terminal0", "Insert card");
  EXPECT_TRUE(told<PaymentChanged>().empty());
  authorize();
  checkout->notice("terminal0", "Insert card");
  EXPECT_EQ(last<PaymentChanged>().text, "Insert card");
  EXPECT_EQ(last<PaymentChanged>().amount_minor, 250);
}

TEST_F(Till, looks_up_where_a_late_result_is_told) {
  checkout->late_result("terminal0");
  EXPECT_TRUE(units.open.empty());
  lose();
  checkout->late_result("terminal0");  // while one question is under way: asked again after it
  units.answer(CW_UNKNOWN_OUTCOME);
  ASSERT_EQ(units.open.size(), 1U);
  units.answer(CW_OK, record_of({.amount = 250}));
  EXPECT_TRUE(paid_and_over());
  EXPECT_EQ(charges(), 1U);
}

// --- power cuts

TEST_F(Till, after_a_cut_before_the_order_left_asks_the_shopper_anew) {
  trip->intend_payment("terminal0", "11", "344");
  restart();
  EXPECT_EQ(payment(), PaymentState::declined);
  EXPECT_TRUE(units.open.empty());
  authorize();
  EXPECT_EQ(charges(), 1U);
}

TEST_F(Till, after_a_cut_while_the_terminal_worked_never_sends_again_but_looks_up) {
  authorize();
  units.set_up("terminal0", false);
  restart();
  EXPECT_EQ(payment(), PaymentState::unknown);
  EXPECT_TRUE(units.open.empty());
  checkout->terminal_up("terminal0");
  ASSERT_EQ(units.waiting().record.type(), CW_TERMINAL_LOOKUP);
  units.answer(CW_OK, record_of({.amount = 250}));
  EXPECT_TRUE(paid_and_over());
  EXPECT_EQ(charges(), 1U);
}

TEST_F(Till, after_a_cut_with_an_unknown_payment_looks_up_again) {
  lose();
  restart();
  EXPECT_EQ(payment(), PaymentState::unknown);
  ASSERT_EQ(units.waiting().record.type(), CW_TERMINAL_LOOKUP);
  units.answer(CW_NOT_FOUND);
  EXPECT_EQ(payment(), PaymentState::declined);
  EXPECT_EQ(charges(), 1U);
}

TEST_F(Till, after_a_cut_with_the_money_there_settles) {
  trip->intend_payment("terminal0", "11", "344");
  trip->payment_sent();
  trip->payment_approved(offers::Money(250), {});
  restart();
  EXPECT_TRUE(paid_and_over());
  EXPECT_EQ(charges(), 0U);
}

TEST_F(Till, after_a_cut_with_the_sale_settled_ends_the_trip) {
  trip->intend_payment("terminal0", "11", "344");
  trip->payment_sent();
  trip->payment_approved(offers::Money(250), {});
  trip->settle();
  restart();
  EXPECT_TRUE(paid_and_over());
}

TEST_F(Till, after_a_cut_with_a_declined_payment_goes_on_shopping) {
  authorize();
  units.answer(CW_DECLINED);
  restart();
  EXPECT_EQ(trip->state().phase(), trip::Phase::shopping);
  EXPECT_TRUE(units.open.empty());
}

// --- a disk that does not take it

TEST_F(Till, begins_nothing_that_it_can_not_store) {
  checkout->pay({});
  block_disk();
  units.answer(CW_OK);
  EXPECT_EQ(payment(), PaymentState::none);
  EXPECT_THAT(last<PaymentChanged>().text, ::testing::HasSubstr("could not be stored"));
  free_disk();
  authorize();
  EXPECT_EQ(charges(), 1U);
}

TEST_F(Till, keeps_an_approval_until_the_disk_takes_it_and_charges_once) {
  authorize();
  block_disk();
  units.answer(CW_OK, record_of({.amount = 250}));
  EXPECT_EQ(payment(), PaymentState::sent);
  EXPECT_THROW(checkout->pay({}), Error);
  EXPECT_THROW(checkout->cancel(), Error);
  loop.wait(std::chrono::milliseconds(-1));
  loop.dispatch();
  EXPECT_EQ(payment(), PaymentState::sent);
  free_disk();
  run_until([&] { return paid_and_over(); });
  EXPECT_EQ(charges(), 1U);
}

TEST_F(Till, keeps_a_decline_until_the_disk_takes_it) {
  authorize();
  block_disk();
  units.answer(CW_DECLINED);
  free_disk();
  run_until([&] { return payment() == PaymentState::declined; });
  EXPECT_EQ(trip->state().payments().size(), 1U);
  EXPECT_EQ(charges(), 1U);
}

TEST_F(Till, lets_nobody_decide_over_an_answer_that_is_being_stored) {
  lose();
  block_disk();
  units.answer(CW_OK, record_of({.amount = 250}));
  EXPECT_THROW(checkout->resolve(false, "staff-7"), Error);
  checkout->late_result("terminal0");
  EXPECT_TRUE(units.open.empty());
  free_disk();
  run_until([&] { return paid_and_over(); });
}

TEST_F(Till, after_a_cut_with_an_approval_that_was_not_stored_looks_up) {
  authorize();
  block_disk();
  units.answer(CW_OK, record_of({.amount = 250}));
  restart();
  EXPECT_EQ(payment(), PaymentState::unknown);
  units.answer(CW_OK, record_of({.amount = 250}));
  EXPECT_TRUE(paid_and_over());
  EXPECT_EQ(charges(), 1U);
}

TEST_F(Till, forgets_its_retries_when_it_goes) {
  authorize();
  block_disk();
  units.answer(CW_OK, record_of({.amount = 250}));
  checkout.reset();
  bool later = false;
  loop.after(std::chrono::milliseconds(3), [&] { later = true; });
  run_until([&] { return later; });
  EXPECT_EQ(payment(), PaymentState::sent);
}

}  // namespace
}  // namespace cartwright::cart
