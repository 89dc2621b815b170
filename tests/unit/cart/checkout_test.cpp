#include "unit/cart/till.hpp"

#include "base/error.hpp"

namespace cartwright::cart {
namespace {

using testing::kPen;
using testing::kWine;
using testing::record_of;
using trip::PaymentState;

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

constexpr const char* kRecalledPen =
    R"({"product":"pen","gtins":["4006381333931"],"name":"Pen","sold_by":"piece","price_minor":250,"tax":"standard","recalls":[{"id":"R-18"}]})"
    "\n";

TEST_F(Till, takes_no_money_for_what_was_recalled_meanwhile) {
  import(kRecalledPen);
  EXPECT_THROW(checkout->pay({}), Error);
  EXPECT_EQ(charges(), 0U);
  EXPECT_EQ(trip->state().phase(), trip::Phase::shopping);
  trip->put_back("1");
  scan(testing::kApples);
  weigh(500);
  authorize();
}

TEST_F(Till, takes_no_money_for_what_is_recalled_while_the_terminal_is_asked) {
  checkout->pay({});
  import(kRecalledPen);
  units.answer(CW_OK, testing::record_of({.receipt = 11, .trace = 344}));
  EXPECT_EQ(charges(), 0U);
  EXPECT_THAT(last<PaymentChanged>().text, ::testing::HasSubstr("Pen is recalled (R-18)"));
  EXPECT_EQ(trip->state().phase(), trip::Phase::shopping);
}

TEST_F(Till, takes_no_more_money_for_what_was_recalled_after_a_part_was_paid) {
  authorize();
  units.answer(CW_OK, testing::record_of({.amount = 100}));
  ASSERT_EQ(trip->state().due(), offers::Money(150));
  import(kRecalledPen);
  try {
    checkout->pay({});
    FAIL() << "goes on to take money for a pen that is recalled";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::conflict);
    EXPECT_THAT(error.what(), ::testing::HasSubstr("Pen is recalled (R-18)"));
    EXPECT_THAT(error.what(), ::testing::HasSubstr("staff must give it back and end the trip"));
  }
  EXPECT_EQ(charges(), 1U);
  EXPECT_THROW(trip->end(v1::TripEnded::ABANDONED), Error);
  trip->end(v1::TripEnded::STAFF);
  EXPECT_EQ(trip->state().phase(), trip::Phase::ended);
}

TEST_F(Till, gives_nothing_away_that_was_recalled_meanwhile) {
  trip->override_price("1", offers::Money(), "staff-7", "gift");
  import(kRecalledPen);
  EXPECT_THROW(checkout->pay({}), Error);
  EXPECT_EQ(trip->state().phase(), trip::Phase::shopping);
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

}  // namespace
}  // namespace cartwright::cart
