#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/offers/rule_walk.hpp"

namespace cartwright::offers::search {
namespace {

using testing::equal;
using testing::RuleWalk;

const CheapestOf kThreeForTwo{
    .set = {}, .n = 3, .k = 1, .bps = 10'000, .cheapest = CheapestIn::per_application};

// As the blocks take them, though units that qualify and rewards may come in any order.
TEST(AnyCheapestRule, groups_the_runs_of_both_as_they_come) {
  Problem problem;
  for (const std::int64_t base : {500, 500, 500, 400, 400, 300}) {
    problem.units.push_back({.line = 0, .rank = 0, .product = 0, .base = base});
  }
  const std::vector<Taken> taken{{0, 1}, {1, 0}, {2, 0}, {3, 0}, {4, 0}, {5, 1}};
  const auto made = make_cheapest_rule(kThreeForTwo, 2)->assemble(taken, problem);
  ASSERT_EQ(made.size(), 2U);
  EXPECT_EQ(made[0].qualify, (UnitSet{1, 2}));
  ASSERT_EQ(made[0].reward.size(), 1U);
  EXPECT_EQ(made[0].reward[0].unit, 0U);
  EXPECT_EQ(made[0].reward[0].discount, 500);
  EXPECT_EQ(made[1].qualify, (UnitSet{3, 4}));
  ASSERT_EQ(made[1].reward.size(), 1U);
  EXPECT_EQ(made[1].reward[0].unit, 5U);
  EXPECT_EQ(made[1].reward[0].discount, 300);
}

TEST(AnyCheapestRule, is_worth_k_of_n_rates_of_a_unit_rounded_up) {
  const auto rule = make_cheapest_rule(kThreeForTwo, 2);
  EXPECT_EQ(rule->worth(900, 1), 300 * kParts);
  EXPECT_EQ(rule->worth(100, 1), 34'134);  // 100 x 1024 / 3 = 34,133.3
  EXPECT_EQ(make_cheapest_apart_rule(kThreeForTwo, 2)->worth(100, 1), 34'134);
}

}  // namespace
}  // namespace cartwright::offers::search
