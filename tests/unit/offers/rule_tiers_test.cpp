#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/offers/rule_walk.hpp"

namespace cartwright::offers::search {
namespace {

using testing::equal;
using testing::RuleWalk;

Tiers tiers(TierBy by, std::vector<TierStep> steps) {
  return {.set = {}, .by = by, .steps = std::move(steps)};
}

testing::Way best(const Tiers& offer, std::vector<testing::Piece> pieces) {
  return RuleWalk(make_tiers_rule(offer), std::move(pieces)).best();
}

const Tiers kRates =
    tiers(TierBy::quantity, {{3, PercentReward{1'000}}, {5, PercentReward{2'000}}});

TEST(TiersRule, gives_each_unit_the_rate_of_the_highest_step_reached) {
  EXPECT_EQ(best(kRates, equal(2, 100)).gain, 0);
  EXPECT_EQ(best(kRates, equal(4, 100)).gain, 40);
  EXPECT_EQ(best(kRates, equal(6, 100)).gain, 120);
}

TEST(TiersRule, is_one_application) {
  const auto way = best(kRates, equal(6, 100));
  ASSERT_EQ(way.applications.size(), 1U);
  EXPECT_EQ(way.applications[0].reward.size(), 6U);
}

TEST(TiersRule, stays_below_a_step_that_gives_less) {
  const Tiers offer = tiers(TierBy::quantity, {{2, Money(500)}, {4, Money(100)}});
  const auto way = best(offer, equal(4, 300));
  EXPECT_EQ(way.gain, 500);
  ASSERT_EQ(way.applications.size(), 1U);
  EXPECT_LT(way.applications[0].reward.size(), 4U);
}

TEST(TiersRule, gives_an_amount_once_spread_over_its_units) {
  const Tiers offer = tiers(TierBy::spend, {{1'000, Money(101)}});
  EXPECT_EQ(best(offer, {{600}, {300}}).gain, 0);
  const auto way = best(offer, {{600}, {500}});
  EXPECT_EQ(way.gain, 101);
  EXPECT_EQ(way.off(0) + way.off(1), 101);
}

TEST(TiersRule, gives_no_more_than_its_units_cost) {
  const Tiers offer = tiers(TierBy::quantity, {{2, Money(5'000)}});
  EXPECT_EQ(best(offer, equal(3, 300)).gain, 900);
}

TEST(TiersRule, counts_what_was_spent_to_the_next_step) {
  const Tiers offer =
      tiers(TierBy::spend, {{500, PercentReward{1'000}}, {900, PercentReward{500}}});
  // All three come to the second step, of which two stay below it.
  EXPECT_EQ(best(offer, {{400}, {300}, {200}}).gain, 70);
}

}  // namespace
}  // namespace cartwright::offers::search
