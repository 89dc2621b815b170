#include <gtest/gtest.h>

#include "base/error.hpp"
#include "trip/sale_record.hpp"
#include "trip/trip.hpp"
#include "trip/verify.hpp"
#include "unit/trip/small_store.hpp"

namespace cartwright::trip {
namespace {

using namespace testing;
using offers::Money;

class Checkout : public ::testing::Test {
 protected:
  Checkout() : trip_(store_.database(), store_.clock()) {
    trip_.start(start_info());
    trip_.add_item(milk(), pieces(2));
  }
  void expect_conflict(const std::function<void()>& call) {
    const std::string before = picture(trip_.state());
    try {
      call();
      ADD_FAILURE() << "nothing was refused";
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::conflict) << error.what();
    }
    EXPECT_EQ(picture(trip_.state()), before);
  }
  // What a cart that was cut off finds at its start.
  AfterPowerCut after_the_cut() {
    return after_power_cut(Trip(store_.database(), store_.clock()).state().payment_state());
  }

  Store store_;
  Trip trip_;
};

TEST_F(Checkout, writes_the_sale_record_with_the_settlement) {
  EXPECT_EQ(after_the_cut(), AfterPowerCut::nothing);
  const Change intended = trip_.intend_payment("terminal0", "0011", "000344");
  EXPECT_EQ(intended.key, trip_.state().trip_id() + "-1");
  EXPECT_EQ(after_the_cut(), AfterPowerCut::send_or_decline);
  trip_.payment_sent();
  EXPECT_EQ(after_the_cut(), AfterPowerCut::look_up);
  trip_.payment_approved(Money(258), card());
  EXPECT_EQ(after_the_cut(), AfterPowerCut::settle_or_pay);
  EXPECT_FALSE(trip_.log().sale(trip_.state().trip_id()));
  trip_.settle();
  EXPECT_EQ(after_the_cut(), AfterPowerCut::nothing);

  const auto stored = trip_.log().sale(trip_.state().trip_id());
  ASSERT_TRUE(stored);
  const v1::SaleRecord sale = decode_sale_record(trip_.state().trip_id(), stored->bytes);
  EXPECT_EQ(sale.total_minor(), 258);
  EXPECT_EQ(sale.payments(0).card().receipt(), "0012");
  EXPECT_EQ(sale.lines(0).pieces(), 2U);
  trip_.end(v1::TripEnded::PAID);
  EXPECT_TRUE(verify_all(trip_.log()).empty());
}

TEST_F(Checkout, keeps_the_basket_still_while_a_payment_is_open_or_holds_money) {
  const auto refuse_changes = [&] {
    expect_conflict([&] { trip_.add_item(milk(), pieces(1)); });
    expect_conflict([&] { trip_.put_back("1"); });
    expect_conflict([&] { trip_.set_quantity("1", offers::Units{5}); });
    expect_conflict([&] { trip_.override_price("1", Money(1), "staff-7", ""); });
    expect_conflict([&] { trip_.set_member(true); });
    expect_conflict([&] { trip_.end(v1::TripEnded::TIMEOUT); });
    trip_.refuse_scan(v1::ScanRefused::PAYMENT_OPEN, "4006381333931");
  };
  trip_.intend_payment("terminal0", "", "");
  refuse_changes();
  trip_.payment_sent();
  refuse_changes();
  trip_.payment_unknown("line broke");
  refuse_changes();
  trip_.payment_approved(Money(258), card(), true);
  refuse_changes();
}

TEST_F(Checkout, gives_the_basket_back_after_a_decline_and_uses_a_new_key) {
  const std::string first = trip_.intend_payment("terminal0", "", "").key;
  trip_.payment_sent();
  trip_.payment_declined("card expired");
  EXPECT_EQ(trip_.state().phase(), Phase::shopping);
  trip_.put_back("1", offers::Units{1});
  EXPECT_NE(trip_.intend_payment("terminal0", "", "").key, first);
  EXPECT_EQ(trip_.state().payments().back().intended, Money(129));
}

TEST_F(Checkout, asks_for_the_rest_of_a_part_approval) {
  trip_.intend_payment("terminal0", "", "");
  trip_.payment_sent();
  trip_.payment_approved(Money(100), card());
  EXPECT_EQ(trip_.state().due(), Money(158));
  expect_conflict([&] { trip_.settle(); });
  trip_.intend_payment("terminal0", "0012", "000345");
  EXPECT_EQ(trip_.state().payments().back().intended, Money(158));
  trip_.payment_sent();
  trip_.payment_declined("no funds");
  EXPECT_EQ(trip_.state().phase(), Phase::paying);
  trip_.intend_payment("terminal0", "0012", "000346");
  trip_.payment_sent();
  trip_.payment_approved(Money(158), card());
  trip_.settle();
  const auto sale = trip_.log().sale(trip_.state().trip_id());
  EXPECT_EQ(decode_sale_record("", sale->bytes).payments_size(), 2);
}

TEST_F(Checkout, takes_an_amount_that_nobody_asked_for_as_unknown) {
  trip_.intend_payment("terminal0", "", "");
  trip_.payment_sent();
  trip_.payment_approved(Money(300), card());
  EXPECT_EQ(trip_.state().payment_state(), PaymentState::unknown);
  EXPECT_NE(trip_.state().payments().back().reason.find("300"), std::string::npos);
  // A lookup that says the same again decides nothing either.
  trip_.payment_approved(Money(400), card(), true);
  EXPECT_EQ(trip_.state().payment_state(), PaymentState::unknown);
  EXPECT_NE(trip_.state().payments().back().reason.find("400"), std::string::npos);
  trip_.payment_resolved(true, "staff-7", card());
}

TEST_F(Checkout, lets_a_person_resolve_an_unknown_outcome) {
  trip_.intend_payment("terminal0", "", "");
  trip_.payment_sent();
  trip_.payment_unknown("no answer in 60 s");
  trip_.payment_resolved(true, "staff-7", card());
  trip_.settle();
  const auto sale = trip_.log().sale(trip_.state().trip_id());
  EXPECT_EQ(decode_sale_record("", sale->bytes).payments(0).resolved_by(), "staff-7");
}

TEST_F(Checkout, gives_the_basket_back_where_a_person_found_no_money) {
  trip_.intend_payment("terminal0", "", "");
  trip_.payment_sent();
  trip_.payment_unknown("no answer in 60 s");
  trip_.payment_resolved(false, "staff-7");
  EXPECT_EQ(trip_.state().phase(), Phase::shopping);
  trip_.end(v1::TripEnded::HANDED_OFF);
}

TEST_F(Checkout, keeps_at_most_four_clear_digits_of_a_card) {
  trip_.intend_payment("terminal0", "", "");
  trip_.payment_sent();
  v1::CardFacts facts;
  facts.set_masked_pan("4111 1111 1111 1234");
  trip_.payment_approved(Money(258), facts);
  EXPECT_EQ(trip_.state().payments().back().card.masked_pan(), "**** **** **** 1234");
}

TEST_F(Checkout, waits_for_an_age_check_before_money) {
  trip_.add_item(wine(), pieces(1));
  EXPECT_EQ(trip_.state().age_to_check(), 18U);
  expect_conflict([&] { trip_.intend_payment("terminal0", "", ""); });
  trip_.note_age_check(18, false, "staff-7");
  trip_.note_age_check(16, true, "staff-7");
  expect_conflict([&] { trip_.intend_payment("terminal0", "", ""); });
  trip_.note_age_check(18, true, "staff-7");
  pay(trip_);
}

TEST_F(Checkout, settles_without_a_payment_where_nothing_is_due) {
  trip_.override_price("1", Money(0), "staff-7", "gift");
  trip_.settle();
  trip_.end(v1::TripEnded::PAID);
  EXPECT_TRUE(verify_all(trip_.log()).empty());
}

TEST_F(Checkout, ends_as_paid_only_when_settled_and_then_in_no_other_way) {
  expect_conflict([&] { trip_.end(v1::TripEnded::PAID); });
  expect_conflict([&] { trip_.settle(); });
  pay(trip_);
  expect_conflict([&] { trip_.settle(); });
  expect_conflict([&] { trip_.end(v1::TripEnded::ABANDONED); });
  trip_.end(v1::TripEnded::PAID);
  expect_conflict([&] { trip_.end(v1::TripEnded::PAID); });
}

TEST_F(Checkout, lets_staff_alone_end_a_trip_that_holds_money) {
  trip_.intend_payment("terminal0", "", "");
  trip_.payment_sent();
  trip_.payment_approved(Money(258), card());
  expect_conflict([&] { trip_.end(v1::TripEnded::ABANDONED); });
  trip_.end(v1::TripEnded::STAFF);
}

TEST_F(Checkout, refuses_steps_without_a_payment) {
  expect_conflict([&] { trip_.payment_sent(); });
  expect_conflict([&] { trip_.payment_approved(Money(1), card()); });
  expect_conflict([&] { trip_.payment_declined(""); });
  expect_conflict([&] { trip_.payment_unknown(""); });
  expect_conflict([&] { trip_.payment_resolved(true, "staff-7"); });
}

// Walks every step in every state through the real thing and compares with the table.
TEST(CheckoutWalk, every_step_in_every_state_is_as_the_table_says) {
  const auto reach = [](Trip& trip, PaymentState state) {
    if (state == PaymentState::none) return;
    trip.intend_payment("terminal0", "", "");
    if (state == PaymentState::intended) return;
    trip.payment_sent();
    if (state == PaymentState::unknown) trip.payment_unknown("");
    if (state == PaymentState::declined) trip.payment_declined("");
    if (state == PaymentState::approved || state == PaymentState::settled)
      trip.payment_approved(trip.state().due(), card());
    if (state == PaymentState::settled) trip.settle();
  };
  Store store;
  store.database().run("PRAGMA synchronous=OFF");  // the disk is not what this is about
  for (const PaymentState state : kPaymentStates) {
    for (const PaymentStep step : kPaymentSteps) {
      TripLog log(store.database());
      if (const auto open = log.open_trip()) log.set_aside(*open);
      Trip fresh(store.database(), store.clock());
      fresh.start(start_info());
      fresh.add_item(milk(), pieces(1));
      reach(fresh, state);
      ASSERT_EQ(fresh.state().payment_state(), state);
      // The table knows states, the fold knows sums: these two need an amount that is due or none.
      const bool sums_say_no = (step == PaymentStep::settle && fresh.state().due() != Money()) ||
                               (step == PaymentStep::intend && fresh.state().due() == Money());
      const auto expected = sums_say_no ? std::nullopt : after(state, step);
      const Money asked =
          fresh.state().payments().empty() ? Money(1) : fresh.state().payments().back().intended;
      try {
        take(fresh, step, asked);
        ASSERT_TRUE(expected) << name(state) << " took " << name(step);
        EXPECT_EQ(fresh.state().payment_state(), *expected);
      } catch (const Error& error) {
        EXPECT_FALSE(expected) << name(state) << " refused " << name(step) << ": " << error.what();
        EXPECT_EQ(fresh.state().payment_state(), state);
      }
    }
  }
}

}  // namespace
}  // namespace cartwright::trip
