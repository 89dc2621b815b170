#include "unit/cart/till.hpp"

#include "base/error.hpp"

namespace cartwright::cart {
namespace {

using testing::record_of;
using trip::PaymentState;

struct TillAfterHarm : Till {};

// --- power cuts

TEST_F(TillAfterHarm, after_a_cut_before_the_order_left_asks_the_shopper_anew) {
  trip->intend_payment("terminal0", "11", "344");
  restart();
  EXPECT_EQ(payment(), PaymentState::declined);
  EXPECT_TRUE(units.open.empty());
  authorize();
  EXPECT_EQ(charges(), 1U);
}

TEST_F(TillAfterHarm, after_a_cut_while_the_terminal_worked_never_sends_again_but_looks_up) {
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

TEST_F(TillAfterHarm, after_a_cut_with_an_unknown_payment_looks_up_again) {
  lose();
  restart();
  EXPECT_EQ(payment(), PaymentState::unknown);
  ASSERT_EQ(units.waiting().record.type(), CW_TERMINAL_LOOKUP);
  units.answer(CW_NOT_FOUND);
  EXPECT_EQ(payment(), PaymentState::declined);
  EXPECT_EQ(charges(), 1U);
}

TEST_F(TillAfterHarm, after_a_cut_with_the_money_there_settles) {
  trip->intend_payment("terminal0", "11", "344");
  trip->payment_sent();
  trip->payment_approved(offers::Money(250), {});
  restart();
  EXPECT_TRUE(paid_and_over());
  EXPECT_EQ(charges(), 0U);
}

TEST_F(TillAfterHarm, after_a_cut_with_the_sale_settled_ends_the_trip) {
  trip->intend_payment("terminal0", "11", "344");
  trip->payment_sent();
  trip->payment_approved(offers::Money(250), {});
  trip->settle();
  restart();
  EXPECT_TRUE(paid_and_over());
}

TEST_F(TillAfterHarm, after_a_cut_with_a_declined_payment_goes_on_shopping) {
  authorize();
  units.answer(CW_DECLINED);
  restart();
  EXPECT_EQ(trip->state().phase(), trip::Phase::shopping);
  EXPECT_TRUE(units.open.empty());
}

// --- a disk that does not take it

TEST_F(TillAfterHarm, begins_nothing_that_it_can_not_store) {
  checkout->pay({});
  block_disk();
  units.answer(CW_OK);
  EXPECT_EQ(payment(), PaymentState::none);
  EXPECT_THAT(last<PaymentChanged>().text, ::testing::HasSubstr("could not be stored"));
  free_disk();
  authorize();
  EXPECT_EQ(charges(), 1U);
}

TEST_F(TillAfterHarm, keeps_an_approval_until_the_disk_takes_it_and_charges_once) {
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

TEST_F(TillAfterHarm, keeps_a_decline_until_the_disk_takes_it) {
  authorize();
  block_disk();
  units.answer(CW_DECLINED);
  free_disk();
  run_until([&] { return payment() == PaymentState::declined; });
  EXPECT_EQ(trip->state().payments().size(), 1U);
  EXPECT_EQ(charges(), 1U);
}

TEST_F(TillAfterHarm, lets_nobody_decide_over_an_answer_that_is_being_stored) {
  lose();
  block_disk();
  units.answer(CW_OK, record_of({.amount = 250}));
  EXPECT_THROW(checkout->resolve(false, "staff-7"), Error);
  checkout->late_result("terminal0");
  EXPECT_TRUE(units.open.empty());
  free_disk();
  run_until([&] { return paid_and_over(); });
}

TEST_F(TillAfterHarm, after_a_cut_with_an_approval_that_was_not_stored_looks_up) {
  authorize();
  block_disk();
  units.answer(CW_OK, record_of({.amount = 250}));
  restart();
  EXPECT_EQ(payment(), PaymentState::unknown);
  units.answer(CW_OK, record_of({.amount = 250}));
  EXPECT_TRUE(paid_and_over());
  EXPECT_EQ(charges(), 1U);
}

TEST_F(TillAfterHarm, forgets_its_retries_when_it_goes) {
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
