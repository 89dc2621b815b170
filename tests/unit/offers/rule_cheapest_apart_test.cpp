#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/offers/rule_walk.hpp"

namespace cartwright::offers::search {
namespace {

using testing::equal;
using testing::RuleWalk;

CheapestOf cheapest(CheapestIn where) {
  return {.set = {}, .n = 3, .k = 1, .bps = 10'000, .cheapest = where};
}

TEST(CheapestApartRule, may_reward_any_of_equal_units) {
  const CheapestOf offer = cheapest(CheapestIn::per_application);
  const RuleWalk walked(make_cheapest_apart_rule(offer, 1), equal(3, 500));
  EXPECT_EQ(walked.best().gain, 500);
  for (const UnitIndex unit : {0U, 1U, 2U}) EXPECT_TRUE(walked.may_reward(unit));
}

TEST(CheapestApartRule, never_rewards_a_unit_that_is_dearer_than_one_that_qualifies) {
  const CheapestOf offer = cheapest(CheapestIn::per_application);
  const RuleWalk walked(make_cheapest_apart_rule(offer, 1), {{900}, {500}, {500}});
  EXPECT_EQ(walked.best().gain, 500);
  EXPECT_FALSE(walked.may_reward(0));
  EXPECT_TRUE(walked.may_reward(1));
  EXPECT_TRUE(walked.may_reward(2));
}

TEST(CheapestApartRule, gains_what_the_blocks_do) {
  const std::vector<testing::Piece> units{{900}, {700}, {700}, {700}, {500}, {500}};
  for (const CheapestIn where : {CheapestIn::per_application, CheapestIn::overall}) {
    const CheapestOf offer = cheapest(where);
    EXPECT_EQ(RuleWalk(make_cheapest_apart_rule(offer, 2), units).best().gain,
              RuleWalk(make_cheapest_rule(offer, 2), units).best().gain);
  }
}

// Six units, two applications: what qualifies overall are the four dearest.
TEST(CheapestApartRule, rewards_overall_only_where_all_that_qualify_are_as_dear) {
  const CheapestOf offer = cheapest(CheapestIn::overall);
  const RuleWalk walked(make_cheapest_apart_rule(offer, 2),
                        {{900}, {900}, {900}, {500}, {500}, {500}});
  EXPECT_EQ(walked.best().gain, 500 + 500);
  for (const testing::Way& way : walked.ways()) {
    if (way.applications.size() < 2) continue;
    EXPECT_EQ(way.off(0) + way.off(1) + way.off(2), 0);
  }
}

TEST(CheapestApartRule, completes_what_it_starts) {
  const CheapestOf offer = cheapest(CheapestIn::per_application);
  const RuleWalk walked(make_cheapest_apart_rule(offer, 1), equal(2, 500));
  ASSERT_EQ(walked.ways().size(), 1U);
  EXPECT_EQ(walked.best().gain, 0);
}

}  // namespace
}  // namespace cartwright::offers::search
