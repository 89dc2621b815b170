#include "offers/shares.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>
#include <numeric>

namespace cartwright::offers {
namespace {

using testing::ElementsAre;

// Units of these prices; the rank of each is given, so that the lowest line key may come last.
Problem problem(const std::vector<std::int64_t>& prices, const std::vector<std::uint32_t>& ranks) {
  Problem result;
  for (std::size_t i = 0; i < prices.size(); ++i) {
    result.units.push_back({.line = 0, .rank = ranks[i], .product = 0, .base = prices[i]});
  }
  return result;
}

std::vector<std::int64_t> shared(std::int64_t total, const Problem& problem,
                                 const std::vector<UnitIndex>& units) {
  std::vector<std::int64_t> discounts;
  UnitIndex last = 0;
  for (const Share& share : share_over(total, units, problem)) {
    EXPECT_TRUE(discounts.empty() || share.unit > last);
    last = share.unit;
    discounts.push_back(share.discount);
  }
  return discounts;
}

TEST(Shares, are_in_proportion_to_prices) {
  const Problem three = problem({100, 200, 300}, {0, 1, 2});
  EXPECT_THAT(shared(60, three, {0, 1, 2}), ElementsAre(10, 20, 30));
  EXPECT_THAT(shared(600, three, {0, 1, 2}), ElementsAre(100, 200, 300));
  EXPECT_THAT(shared(0, three, {0, 1, 2}), ElementsAre(0, 0, 0));
}

TEST(Shares, of_equal_remainders_go_first_to_the_lowest_line_key) {
  EXPECT_THAT(shared(1, problem({129, 129}, {0, 1}), {0, 1}), ElementsAre(1, 0));
  EXPECT_THAT(shared(1, problem({129, 129}, {1, 0}), {0, 1}), ElementsAre(0, 1));
  EXPECT_THAT(shared(2, problem({5, 5, 5}, {2, 0, 1}), {0, 1, 2}), ElementsAre(0, 1, 1));
}

TEST(Shares, are_of_the_chosen_units_alone_and_ascend) {
  const Problem three = problem({100, 900, 300}, {0, 1, 2});
  const Shares shares = share_over(40, std::vector<UnitIndex>{2, 0}, three);
  ASSERT_EQ(shares.size(), 2U);
  EXPECT_EQ(shares[0].unit, 0U);
  EXPECT_EQ(shares[0].discount, 10);
  EXPECT_EQ(shares[1].unit, 2U);
  EXPECT_EQ(shares[1].discount, 30);
}

TEST(Shares, keep_units_that_cost_nothing_in_the_list) {
  EXPECT_THAT(shared(7, problem({0, 10}, {0, 1}), {0, 1}), ElementsAre(0, 7));
}

TEST(Shares, hold_near_the_end_of_64_bits) {
  constexpr std::int64_t kHalf = std::numeric_limits<std::int64_t>::max() / 2;
  const Problem two = problem({kHalf, kHalf}, {0, 1});
  EXPECT_THAT(shared(2 * kHalf, two, {0, 1}), ElementsAre(kHalf, kHalf));
  EXPECT_THAT(shared(2 * kHalf - 1, two, {0, 1}), ElementsAre(kHalf, kHalf - 1));
}

TEST(DearestPrices, are_those_of_the_dearest_units_of_the_list) {
  const Problem four = problem({100, 900, 300, 900}, {0, 1, 2, 3});
  const UnitSet units{0, 1, 2, 3};
  EXPECT_THAT(dearest_prices(units, 3, four.units), ElementsAre(900, 900, 300));
  EXPECT_THAT(dearest_prices(UnitSet{2, 0}, 2, four.units), ElementsAre(300, 100));
  EXPECT_THAT(dearest_prices(units, 0, four.units), ElementsAre());
}

RC_GTEST_PROP(Shares, add_up_and_never_exceed_a_price, ()) {
  const auto prices = *rc::gen::nonEmpty(
      rc::gen::container<std::vector<std::int64_t>>(rc::gen::inRange<std::int64_t>(0, 5000)));
  std::vector<std::uint32_t> ranks(prices.size());
  std::iota(ranks.begin(), ranks.end(), 0U);
  const std::int64_t sum = std::accumulate(prices.begin(), prices.end(), std::int64_t{0});
  const std::int64_t total = *rc::gen::inRange<std::int64_t>(0, sum + 1);
  std::vector<UnitIndex> units(prices.size());
  std::iota(units.begin(), units.end(), UnitIndex{0});
  std::int64_t given = 0;
  for (const Share& share : share_over(total, units, problem(prices, ranks))) {
    RC_ASSERT(share.discount >= 0 && share.discount <= prices[share.unit]);
    given += share.discount;
  }
  RC_ASSERT(given == total);
}

}  // namespace
}  // namespace cartwright::offers
