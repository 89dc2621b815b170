#include "offers/discount.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>

namespace cartwright::offers {
namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

TEST(Discount, of_a_rate_is_rounded_half_up) {
  EXPECT_EQ(percent_of(154, 1000), 15);
  EXPECT_EQ(percent_of(155, 1000), 16);
  EXPECT_EQ(percent_of(1, 5000), 1);
  EXPECT_EQ(percent_of(1, 4999), 0);
  EXPECT_EQ(discount_of(PercentReward{1000}, 155), 16);
}

TEST(Discount, of_a_rate_goes_from_nothing_to_all) {
  EXPECT_EQ(percent_of(129, 0), 0);
  EXPECT_EQ(percent_of(129, 10'000), 129);
  EXPECT_EQ(percent_of(0, 10'000), 0);
}

TEST(Discount, of_a_rate_does_not_overflow_on_the_way) {
  EXPECT_EQ(percent_of(kMost, 10'000), kMost);
  EXPECT_EQ(percent_of(kMost, 5000), kMost / 2 + 1);  // an odd number, its half rounded up
  EXPECT_EQ(percent_of(kMost, 1), 922'337'203'685'478);
}

TEST(Discount, of_an_amount_is_never_more_than_the_unit_costs) {
  EXPECT_EQ(discount_of(AmountReward{Money(20)}, 129), 20);
  EXPECT_EQ(discount_of(AmountReward{Money(130)}, 129), 129);
  EXPECT_EQ(discount_of(AmountReward{Money(0)}, 129), 0);
  EXPECT_EQ(discount_of(AmountReward{Money(kMost)}, kMost - 1), kMost - 1);
}

TEST(Discount, of_a_price_is_what_is_above_it) {
  EXPECT_EQ(discount_of(PriceReward{Money(100)}, 129), 29);
  EXPECT_EQ(discount_of(PriceReward{Money(129)}, 129), 0);
  EXPECT_EQ(discount_of(PriceReward{Money(130)}, 129), 0);
  EXPECT_EQ(discount_of(PriceReward{Money(0)}, kMost), kMost);
}

RC_GTEST_PROP(Discount, is_from_nothing_to_the_price, ()) {
  const std::int64_t base = *rc::gen::inRange<std::int64_t>(0, kMost);
  const std::int64_t value = *rc::gen::inRange<std::int64_t>(0, kMost);
  for (const UnitReward& reward :
       {UnitReward(PercentReward{value % 10'001}), UnitReward(AmountReward{Money(value)}),
        UnitReward(PriceReward{Money(value)})}) {
    const std::int64_t discount = discount_of(reward, base);
    RC_ASSERT(discount >= 0 && discount <= base);
  }
}

}  // namespace
}  // namespace cartwright::offers
