// Random shoppers: whatever they do, the live state, the fold over the log and a cart that was
// started anew agree.

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <optional>

#include "base/error.hpp"
#include "trip/trip.hpp"
#include "trip/verify.hpp"
#include "unit/trip/small_store.hpp"

namespace cartwright::trip {
namespace {

using namespace testing;
using offers::Money;
using offers::Units;

// What a shopper can do: 0 to 15 with the basket, 16 to 22 with a payment, and the end.
constexpr int kFirstPaymentAct = 16;
constexpr int kEndAct = 23;

struct Act {
  int what = 0;
  std::uint32_t number = 0;
};

// Some existing line, or one that does not exist.
std::string some_key(const TripState& state, std::uint32_t number) {
  const auto& lines = state.basket().lines();
  return lines.empty() || number % 7 == 0 ? std::to_string(number % 20)
                                          : lines[number % lines.size()].key;
}

Change act_on_basket(Trip& trip, const Act& act) {
  const std::uint32_t n = act.number;
  switch (act.what) {
    case 0:
      return trip.add_item(milk(), pieces(1 + n % 3));
    case 1:
      return trip.add_item(water(), pieces(1));
    case 2:
      return trip.add_item(apples(), grams(1 + n % 4000));
    case 3:
      return trip.add_item(wine(), pieces(n % 3));
    case 4:
      return trip.put_back(some_key(trip.state(), n));
    case 5:
      return trip.put_back(some_key(trip.state(), n), Units{n % 3});
    case 6:
      return trip.set_quantity(some_key(trip.state(), n), Units{n % 9});
    case 7:
      return trip.override_price(some_key(trip.state(), n), Money(n % 500), "staff-7", "");
    case 8:
      return trip.set_member(
          n % 2 == 0, n % 3 == 0 ? std::vector<std::string>{"gold"} : std::vector<std::string>{});
    case 9:
      return trip.refuse_scan(v1::ScanRefused::UNKNOWN_PRODUCT, "123");
    case 10:
      return trip.note_age_check(18, n % 3 != 0, "staff-7");
    case 11:
      return trip.present_coupon(n % 2 == 0 ? "C1" : "C2");
    case 12:
      return trip.take_back_coupon(n % 2 == 0 ? "C1" : "C2");
    case 13:
      return trip.redeem_coupon("C2", n % 4 != 0);
    case 14:
      return trip.dismiss_nudge("milk-3-for-2");
    default:
      return trip.set_consent(n % 2 == 0 ? v1::PURPOSE_PROFILE : v1::PURPOSE_STORE_INSIGHT,
                              n % 3 == 0, "2026-01");
  }
}

// Half of the time a step that the table allows, else any.
PaymentStep some_step(PaymentState state, std::uint32_t number) {
  std::vector<PaymentStep> allowed;
  for (const PaymentStep step : kPaymentSteps) {
    if (number % 2 == 0 || after(state, step)) allowed.push_back(step);
  }
  return allowed.empty() ? PaymentStep::settle : allowed[number / 2 % allowed.size()];
}

Change act_on_payment(Trip& trip, const Act& act) {
  const std::uint32_t n = act.number;
  if (act.what == kEndAct) return trip.end(static_cast<v1::TripEnded::Cause>(1 + n % 5));
  const Money approved = n % 8 == 0 ? Money(n % 100) : trip.state().due();
  return take(trip, some_step(trip.state().payment_state(), n), approved);
}

// Refusals are part of a shopper's day; only what was committed counts.
void act_once(Trip& trip, const Act& act) {
  const std::string before = picture(trip.state());
  try {
    if (!trip.running()) {
      trip.start(act.number % 4 == 0 ? start_info() : start_with_offers());
    } else if (act.what < kFirstPaymentAct) {
      act_on_basket(trip, act);
    } else {
      act_on_payment(trip, act);
    }
  } catch (const Error& error) {
    RC_ASSERT(error.kind() == ErrorKind::conflict || error.kind() == ErrorKind::not_found ||
              error.kind() == ErrorKind::invalid_input);
    RC_ASSERT(picture(trip.state()) == before);
  }
}

std::vector<Act> some_acts() {
  const auto act = rc::gen::construct<Act>(
      rc::gen::weightedOneOf<int>({{6, rc::gen::inRange(0, kFirstPaymentAct)},
                                   {5, rc::gen::inRange(kFirstPaymentAct, kEndAct + 1)}}),
      rc::gen::arbitrary<std::uint32_t>());
  return *rc::gen::container<std::vector<Act>>(act);
}

RC_GTEST_PROP(TripProperty, the_log_alone_gives_the_state_that_the_shopper_saw, ()) {
  Store store;
  store.database().run("PRAGMA synchronous=OFF");  // the disk is not what this is about
  std::optional<Trip> trip;
  trip.emplace(store.database(), store.clock());
  std::size_t settled = 0;
  for (const Act& act : some_acts()) {
    // Now and then the cart is switched off between two facts.
    if (act.number % 5 == 0) trip.emplace(store.database(), store.clock());
    store.clock().advance_ms(1 + act.number % 10'000);
    act_once(*trip, act);
    settled += trip->state().phase() == Phase::settled;
    if (trip->state().phase() != Phase::none)
      RC_ASSERT(picture(store.replayed(trip->state().trip_id())) == picture(trip->state()));
  }
  RC_CLASSIFY(settled > 0);
  RC_ASSERT(verify_all(trip->log()).empty());
}

// Every prefix of a log is what the cart had on disk at some moment.
TEST(TripPrefix, every_moment_of_a_trip_is_taken_up_with_its_total) {
  Store store;
  Trip trip(store.database(), store.clock());
  std::vector<std::string> pictures;
  const auto take = [&](auto&& call) {
    call();
    pictures.push_back(picture(trip.state()));
  };
  take([&] { trip.start(start_with_offers()); });
  take([&] { trip.add_item(milk(), pieces(1)); });
  take([&] { trip.add_item(milk(), pieces(2)); });
  take([&] { trip.present_coupon("C1"); });
  take([&] { trip.add_item(apples(), grams(777)); });
  take([&] { trip.put_back("1", Units{1}); });
  take([&] { trip.intend_payment("terminal0", "", ""); });
  take([&] { trip.payment_sent(); });
  take([&] { trip.payment_approved(trip.state().due(), card()); });
  take([&] { trip.settle(); });
  take([&] { trip.end(v1::TripEnded::PAID); });

  const std::vector<v1::TripEvent> events = trip.log().load(trip.state().trip_id());
  ASSERT_EQ(events.size(), pictures.size());
  for (std::size_t length = 1; length <= events.size(); ++length)
    EXPECT_EQ(picture(fold(std::span(events).first(length), trip.log().offer_source())),
              pictures[length - 1]);
}

}  // namespace
}  // namespace cartwright::trip
