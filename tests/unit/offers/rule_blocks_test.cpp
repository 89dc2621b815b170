#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/offers/rule_walk.hpp"

namespace cartwright::offers::search {
namespace {

using testing::RuleWalk;

CheapestOf cheapest(CheapestIn where, int n = 3, int k = 1) {
  return {.set = {}, .n = n, .k = k, .bps = 10'000, .cheapest = where};
}

const std::vector<testing::Piece> kSix{{900}, {800}, {700}, {600}, {500}, {400}};

TEST(CheapestRule, rewards_the_cheapest_of_each_run) {
  const CheapestOf offer = cheapest(CheapestIn::per_application);
  const RuleWalk walked(make_cheapest_rule(offer, 2), kSix);
  EXPECT_EQ(walked.best().gain, 700 + 400);
  ASSERT_EQ(walked.best().applications.size(), 2U);
  EXPECT_EQ(walked.best().off(2), 700);
  EXPECT_EQ(walked.best().off(5), 400);
}

TEST(CheapestRule, leaves_no_run_open) {
  const CheapestOf offer = cheapest(CheapestIn::per_application);
  const RuleWalk walked(make_cheapest_rule(offer, 1), {{900}, {800}});
  ASSERT_EQ(walked.ways().size(), 1U);
  EXPECT_TRUE(walked.best().applications.empty());
}

TEST(CheapestRule, rewards_k_of_n) {
  const CheapestOf offer = cheapest(CheapestIn::per_application, 4, 2);
  const RuleWalk walked(make_cheapest_rule(offer, 1), kSix);
  EXPECT_EQ(walked.best().gain, 700 + 600);
}

TEST(CheapestOverallRule, rewards_the_cheapest_of_all_that_it_takes) {
  const CheapestOf offer = cheapest(CheapestIn::overall);
  const RuleWalk walked(make_cheapest_rule(offer, 2), kSix);
  EXPECT_EQ(walked.best().gain, 500 + 400);
  EXPECT_FALSE(walked.may_reward(1));
}

TEST(CheapestOverallRule, takes_fewer_applications_where_these_gain_more) {
  const CheapestOf offer = cheapest(CheapestIn::overall);
  const RuleWalk walked(make_cheapest_rule(offer, 2), {{900}, {800}, {700}, {10}, {10}, {10}});
  EXPECT_EQ(walked.best().gain, 700);
  EXPECT_EQ(walked.best().applications.size(), 1U);
}

}  // namespace
}  // namespace cartwright::offers::search
