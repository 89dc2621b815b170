#include "offers/rounding.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>

#include "base/error.hpp"

namespace cartwright::offers {
namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();

TEST(Rounding, takes_halves_away_from_zero) {
  EXPECT_EQ(multiply_divide_half_up(5, 1, 10), 1);
  EXPECT_EQ(multiply_divide_half_up(4, 1, 10), 0);
  EXPECT_EQ(multiply_divide_half_up(15, 1, 10), 2);
  EXPECT_EQ(multiply_divide_half_up(25, 1, 10), 3);
  EXPECT_EQ(multiply_divide_half_up(-5, 1, 10), -1);
  EXPECT_EQ(multiply_divide_half_up(-4, 1, 10), 0);
  EXPECT_EQ(multiply_divide_half_up(1, 1, 3), 0);
  EXPECT_EQ(multiply_divide_half_up(2, 1, 3), 1);
}

TEST(Rounding, takes_halves_to_the_even_neighbour_where_asked) {
  EXPECT_EQ(multiply_divide_half_even(5, 1, 10), 0);
  EXPECT_EQ(multiply_divide_half_even(15, 1, 10), 2);
  EXPECT_EQ(multiply_divide_half_even(25, 1, 10), 2);
  EXPECT_EQ(multiply_divide_half_even(26, 1, 10), 3);
  EXPECT_EQ(multiply_divide_half_even(-15, 1, 10), -2);
  EXPECT_EQ(multiply_divide_half_even(-25, 1, 10), -2);
  EXPECT_EQ(tax_on(Money(50), 700), Money(4));                      // 3.5
  EXPECT_EQ(tax_on(Money(50), 900, Halves::even), Money(4));        // 4.5
  EXPECT_EQ(tax_within(Money(3), 10'000, Halves::up), Money(2));    // 1.5
  EXPECT_EQ(tax_within(Money(5), 10'000, Halves::even), Money(2));  // 2.5
}

TEST(Rounding, does_not_overflow_on_the_way) {
  EXPECT_EQ(multiply_divide_half_up(kMost, kMost, kMost), kMost);
  EXPECT_EQ(multiply_divide_half_up(kLeast, 1, 1), kLeast);
  EXPECT_EQ(multiply_divide_half_up(kMost, 10'000, 10'000), kMost);
  EXPECT_THROW(multiply_divide_half_up(kMost, 2, 1), Error);
  EXPECT_THROW(multiply_divide_half_up(kLeast, -1, 1), Error);
  EXPECT_THROW(multiply_divide_half_up(1, 1, 0), Error);
}

// 3,037,000,500 squared is the first square beyond 63 bits.
TEST(Rounding, goes_on_alike_where_a_product_leaves_64_bits) {
  EXPECT_EQ(multiply_divide_half_up(3'037'000'499, 3'037'000'499, 3'037'000'499), 3'037'000'499);
  EXPECT_EQ(multiply_divide_half_up(3'037'000'500, 3'037'000'500, 3'037'000'500), 3'037'000'500);
  EXPECT_EQ(multiply_divide_half_up(3'037'000'499, 3'037'000'499, 2), 4'611'686'015'463'124'501);
  EXPECT_EQ(multiply_divide_half_up(3'037'000'501, 3'037'000'501, 2), 4'611'686'021'537'125'501);
  EXPECT_EQ(multiply_divide_half_even(3'037'000'499, 3'037'000'499, 2), 4'611'686'015'463'124'500);
  EXPECT_EQ(multiply_divide_half_even(3'037'000'501, 3'037'000'501, 2), 4'611'686'021'537'125'500);
}

TEST(Rounding, prices_a_weighing_per_kg) {
  EXPECT_EQ(price_of_weight(Money(249), Grams(512), 1000), Money(127));   // 127.488
  EXPECT_EQ(price_of_weight(Money(199), Grams(1250), 1000), Money(249));  // 248.75
  EXPECT_EQ(price_of_weight(Money(249), Grams(512), 100), Money(1275));   // 1274.88
  EXPECT_EQ(price_of_weight(Money(100), Grams(5), 1000), Money(1));       // 0.5
  EXPECT_EQ(price_of_weight(Money(100), Grams(4), 1000), Money(0));       // 0.4
}

TEST(Rounding, finds_the_tax_inside_and_on_top) {
  EXPECT_EQ(tax_within(Money(119), 1900), Money(19));
  EXPECT_EQ(tax_within(Money(107), 700), Money(7));
  EXPECT_EQ(share_of(Money(100), 1900), Money(19));
  EXPECT_EQ(share_of(Money(50), 700), Money(4));  // 3.5
}

TEST(Rounding, to_a_step_says_what_to_add) {
  EXPECT_EQ(rounding_to(Money(1002), Money(5)), Money(-2));
  EXPECT_EQ(rounding_to(Money(1003), Money(5)), Money(2));
  EXPECT_EQ(rounding_to(Money(1005), Money(5)), Money(0));
  EXPECT_EQ(rounding_to(Money(1005), Money(10)), Money(5));
  EXPECT_EQ(rounding_to(Money(1003), Money(1)), Money(0));
}

RC_GTEST_PROP(Rounding, is_never_more_than_half_a_unit_off, (std::int32_t a, std::int32_t b)) {
  const std::int64_t divisor = *rc::gen::inRange<std::int64_t>(1, 1'000'000);
  const std::int64_t rounded = multiply_divide_half_up(a, b, divisor);
  const std::int64_t twice_off = 2 * (rounded * divisor - std::int64_t{a} * b);
  RC_ASSERT(twice_off <= divisor);
  RC_ASSERT(twice_off >= -divisor);
}

RC_GTEST_PROP(Rounding, is_the_same_for_a_refund, (std::int32_t a, std::int32_t b)) {
  const std::int64_t divisor = *rc::gen::inRange<std::int64_t>(1, 1'000'000);
  RC_ASSERT(multiply_divide_half_up(-std::int64_t{a}, b, divisor) ==
            -multiply_divide_half_up(a, b, divisor));
}

RC_GTEST_PROP(Rounding, leaves_net_and_included_tax_that_fit_together, ()) {
  const Money gross(*rc::gen::inRange<std::int64_t>(0, 10'000'000));
  const std::int64_t bps = *rc::gen::inRange<std::int64_t>(0, 10'000);
  const Money net = gross - tax_within(gross, bps);
  const Money again = net + share_of(net, bps) - gross;
  RC_ASSERT(again >= Money(-1));
  RC_ASSERT(again <= Money(1));
}

}  // namespace
}  // namespace cartwright::offers
