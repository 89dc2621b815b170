// What becomes of a payment after the terminal was given it.

#include "unit/cart/till.hpp"

#include "base/error.hpp"

namespace cartwright::cart {
namespace {

using testing::record_of;
using testing::TerminalSays;
using trip::PaymentState;

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

}  // namespace
}  // namespace cartwright::cart
