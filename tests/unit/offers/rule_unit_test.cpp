#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/offers/rule_walk.hpp"

namespace cartwright::offers::search {
namespace {

using testing::equal;
using testing::RuleWalk;

RuleWalk walk(const UnitReward& reward) {
  static UnitOffer offer;
  offer.reward = reward;
  return {make_unit_rule(offer), {{900}, {500}, {100}}};
}

TEST(UnitRule, takes_a_rate_off_each_unit) {
  EXPECT_EQ(walk(PercentReward{2'500}).best().gain, 225 + 125 + 25);
}

TEST(UnitRule, takes_an_amount_off_each_unit_but_no_more_than_its_price) {
  const RuleWalk walked = walk(AmountReward{Money(200)});
  EXPECT_EQ(walked.best().gain, 200 + 200 + 100);
  EXPECT_EQ(walked.best().off(2), 100);
}

TEST(UnitRule, has_a_price_for_units_that_cost_more_and_leaves_others_alone) {
  const RuleWalk walked = walk(PriceReward{Money(300)});
  EXPECT_EQ(walked.best().gain, 600 + 200);
  EXPECT_FALSE(walked.may_reward(2));
}

TEST(UnitRule, makes_each_unit_an_application_of_its_own_and_remembers_nothing) {
  const RuleWalk walked = walk(PercentReward{2'500});
  EXPECT_EQ(walked.best().applications.size(), 3U);
  EXPECT_EQ(walked.ways().size(), 8U);  // each is taken or not
  EXPECT_EQ(make_unit_rule({})->bits(), 0);
}

}  // namespace
}  // namespace cartwright::offers::search
