// The judges of the solver, held against each other and against answers that are wrong on purpose.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <functional>
#include <random>

#include "support/offers/arithmetic.hpp"
#include "support/offers/brute_force.hpp"
#include "support/offers/checker.hpp"
#include "support/offers/mip_oracle.hpp"
#include "support/offers/random_problem.hpp"
#include "support/offers/rivals.hpp"

namespace cartwright::judge {
namespace {

using namespace offers;
using ::testing::HasSubstr;

TEST(Judges, share_by_largest_remainder_and_give_ties_to_the_lower_rank) {
  EXPECT_EQ(largest_remainder(100, {{1, 0}, {1, 1}, {1, 2}}),
            (std::vector<std::int64_t>{34, 33, 33}));
  EXPECT_EQ(largest_remainder(100, {{1, 2}, {1, 0}, {1, 1}}),
            (std::vector<std::int64_t>{33, 34, 33}));
  EXPECT_EQ(largest_remainder(5, {{0, 0}, {0, 1}}), (std::vector<std::int64_t>{0, 0}));
}

TEST(Judges, round_half_up) {
  EXPECT_EQ(percent_half_up(5, 1'000), 1);
  EXPECT_EQ(percent_half_up(4, 1'000), 0);
  EXPECT_EQ(percent_half_up(129, 10'000), 129);
}

// Brute force and the model find the same value; the checker takes what brute force answers and
// what the rivals do, and the rivals are never cheaper.
TEST(Judges, agree_on_tiny_problems) {
  const std::uint64_t fresh = std::random_device{}();
  int compared = 0;
  for (std::uint64_t i = 0; i < 60; ++i) {
    const std::uint64_t seed = i < 30 ? i : fresh + i;
    const RandomProblem made = random_problem(seed, kTiny);
    SCOPED_TRACE("seed " + std::to_string(seed) + "\n" + text(made.problem));
    const auto best = brute_force(made.problem, 20'000);
    if (!best) continue;
    ASSERT_EQ(violations_text(made.problem, best->solution), "");
    for (const Solution& rival : {by_priority(made.problem), by_average_value(made.problem)}) {
      ASSERT_EQ(violations_text(made.problem, rival), "");
      ASSERT_GE(rival.goods, best->merit.goods);
    }
    const MipAnswer model = mip_oracle(made.problem, 5);
    if (!model.proven) continue;
    ++compared;
    ASSERT_EQ(model.goods, best->merit.goods);
  }
  EXPECT_GT(compared, 20);
}

// Three units at 300, 200 and 100, the first two of one line; 3 for 2 on all of them and 10 cents
// off the whole basket from 400 on.
class CheckerTest : public ::testing::Test {
 protected:
  CheckerTest() {
    problem_.units = {{.line = 0, .rank = 1, .product = 0, .base = 200},
                      {.line = 0, .rank = 1, .product = 0, .base = 200},
                      {.line = 1, .rank = 0, .product = 1, .base = 100}};
    three_for_two_.id = "three-for-two";
    three_for_two_.shape = CheapestOf{.set = {}, .n = 3, .k = 1, .bps = 10'000};
    problem_.items.push_back({&three_for_two_, {{0, 1, 2}}, {}, {}});
    basket_.id = "ten-off";
    basket_.shape = BasketOffer{
        .scope = {}, .threshold = Money(400), .base = ThresholdBase::net, .reward = Money(10)};
    problem_.baskets.push_back({&basket_, {0, 1, 2}, {}, {}});
    // 10 over 400 and 0: all of it off line 0.
    answer_.items.push_back({0, {0, 1}, {{2, 100}}});
    answer_.baskets.push_back({0, {{0, 5}, {1, 5}}});
    answer_.goods = 390;
    answer_.bound = 390;
  }

  std::string faults() const { return violations_text(problem_, answer_); }

  Problem problem_;
  Offer three_for_two_;
  Offer basket_;
  Solution answer_;
};

TEST_F(CheckerTest, takes_an_answer_that_holds) {
  EXPECT_EQ(faults(), "");
}

TEST_F(CheckerTest, sees_that_a_dearer_unit_is_rewarded) {
  answer_.items[0] = {0, {1, 2}, {{0, 200}}};
  EXPECT_THAT(faults(), HasSubstr("is not among its cheapest"));
}

TEST_F(CheckerTest, sees_a_wrong_discount) {
  answer_.items[0].reward[0].discount = 99;
  EXPECT_THAT(faults(), HasSubstr("three-for-two does not take what it should off line 1"));
}

TEST_F(CheckerTest, sees_wrong_sums_and_bounds) {
  answer_.goods = 380;
  EXPECT_THAT(faults(), HasSubstr("goods is given as 380 and adds up to 390"));
  EXPECT_THAT(faults(), HasSubstr("the bound 390 is above the goods 380"));
}

TEST_F(CheckerTest, sees_limits_coupons_and_groups) {
  answer_.items.push_back(answer_.items[0]);
  EXPECT_THAT(faults(), HasSubstr("uses unit 0 twice"));
  three_for_two_.limit = 1;
  EXPECT_THAT(faults(), HasSubstr("three-for-two is used beyond its limit"));
  problem_.coupons = {1};
  problem_.items[0].coupon = 0;
  EXPECT_THAT(faults(), HasSubstr("uses a coupon more often than it was presented"));
  problem_.groups = 1;
  problem_.items[0].group = problem_.baskets[0].group = 0;
  EXPECT_THAT(faults(), HasSubstr("ten-off is used beside another offer of its group"));
}

TEST_F(CheckerTest, sees_an_exclusive_unit_taken_by_another_offer) {
  Offer other;
  other.id = "tenth-off";
  other.shape = UnitOffer{.set = {}, .reward = PercentReward{1'000}};
  problem_.items.push_back({&other, {{0}}, {}, {}});
  answer_.items.push_back({1, {}, {{0, 20}}});
  EXPECT_THAT(faults(), HasSubstr("takes unit 0, which the exclusive offer three-for-two has"));
  other.exclusive = false;
  EXPECT_THAT(faults(), ::testing::Not(HasSubstr("which the exclusive offer")));
}

TEST_F(CheckerTest, sees_a_threshold_that_is_not_reached) {
  basket_.shape = BasketOffer{
      .scope = {}, .threshold = Money(401), .base = ThresholdBase::net, .reward = Money(10)};
  EXPECT_THAT(faults(), HasSubstr("ten-off applies below its threshold"));
}

TEST_F(CheckerTest, sees_shares_on_the_wrong_line_and_below_zero) {
  answer_.baskets[0].shares = {{0, 5}, {2, 5}};
  EXPECT_THAT(faults(), HasSubstr("takes 5 off line 0 5 off line 1 and should take 10 off line 0"));
  EXPECT_THAT(faults(), HasSubstr("takes more off unit 2 than is left"));
}

TEST_F(CheckerTest, sees_that_a_mandatory_threshold_was_passed_over) {
  answer_.baskets.clear();
  answer_.goods = answer_.bound = 400;
  EXPECT_EQ(faults(), "");
  basket_.mandatory = true;
  EXPECT_THAT(faults(), HasSubstr("ten-off is mandatory"));
}

TEST_F(CheckerTest, sees_bundles_at_no_gain_and_more_off_than_the_price) {
  three_for_two_.shape = NForPrice{.set = {}, .n = 3, .price = Money(500)};
  answer_.items[0] = {0, {}, {{0, 0}, {1, 0}, {2, 0}}};
  EXPECT_THAT(faults(), HasSubstr("do not cost more than its price"));
  answer_.items[0] = {0, {}, {{0, 201}, {1, 0}, {2, 0}}};
  EXPECT_THAT(faults(), HasSubstr("the discounts of unit 0 exceed its price"));
}

}  // namespace
}  // namespace cartwright::judge
