#pragma once

#include <gmock/gmock.h>

#include <cstring>

#include "cart/checkout.hpp"
#include "unit/cart/small_store.hpp"

namespace cartwright::cart {

// A shopper with a pen in the cart, at the checkout.
struct Till : testing::SmallStore, ::testing::Test {
  void SetUp() override {
    shopping->start_trip();
    scan(testing::kPen);
  }
  // Up to the terminal's work.
  void authorize() {
    checkout->pay({});
    units.answer(CW_OK, testing::record_of({.receipt = 11, .trace = 344}));
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

}  // namespace cartwright::cart
