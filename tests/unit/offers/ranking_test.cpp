#include "offers/ranking.hpp"

#include <gtest/gtest.h>

#include "support/offers/checker.hpp"
#include "support/offers/random_problem.hpp"

namespace cartwright::offers::search {
namespace {

// Two units, and two offers that each want both: the first by priority gives the less.
class Rankings : public testing::Test {
 protected:
  Rankings() {
    offers_[0].id = "little";
    offers_[0].shape = UnitOffer{.set = {}, .reward = PercentReward{1'000}};
    offers_[1].id = "pair";
    offers_[1].priority = 5;
    offers_[1].shape = NForPrice{.set = {}, .n = 2, .price = Money(500)};
    problem_.units = {{.line = 0, .rank = 0, .product = 0, .base = 600},
                      {.line = 1, .rank = 1, .product = 1, .base = 400}};
    for (const Offer& one : offers_) {
      problem_.items.push_back({.offer = &one, .sets = {{0, 1}}, .group = {}, .coupon = {}});
    }
  }

  std::vector<Offer> offers_ = std::vector<Offer>(2);
  Problem problem_;
};

TEST_F(Rankings, by_priority_take_the_first_though_it_gives_less) {
  const Solution made = by_ranking(problem_, Ranking::priority);
  EXPECT_EQ(made.goods, 1'000 - 100);
  ASSERT_EQ(made.items.size(), 2U);
  EXPECT_EQ(made.items[0].candidate, 0U);
}

TEST_F(Rankings, by_average_value_take_what_gives_the_most_for_a_unit) {
  const Solution made = by_ranking(problem_, Ranking::average_value);
  EXPECT_EQ(made.goods, 500);
  ASSERT_EQ(made.items.size(), 1U);
  EXPECT_EQ(made.items[0].candidate, 1U);
}

TEST_F(Rankings, choose_the_basket_offers_for_what_is_left) {
  std::vector<Offer> baskets(2);
  baskets[0].id = "list";
  baskets[0].shape = BasketOffer{.scope = {}, .threshold = Money(900), .reward = Money(30)};
  baskets[1].id = "net";
  baskets[1].shape = BasketOffer{
      .scope = {}, .threshold = Money(901), .base = ThresholdBase::net, .reward = Money(300)};
  for (const Offer& one : baskets) {
    problem_.baskets.push_back({.offer = &one, .scope = {0, 1}, .group = {}, .coupon = {}});
  }
  const Solution made = by_ranking(problem_, Ranking::priority);
  ASSERT_EQ(made.baskets.size(), 1U);
  EXPECT_EQ(made.baskets[0].candidate, 0U);
  EXPECT_EQ(made.goods, 1'000 - 100 - 30);
}

TEST(RankingsOfMadeProblems, are_feasible) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    const judge::RandomProblem made = judge::random_problem(seed, judge::kSmall);
    for (const Ranking ranking : {Ranking::priority, Ranking::average_value}) {
      const Solution solution = by_ranking(made.problem, ranking);
      EXPECT_TRUE(judge::violations(made.problem, solution).empty()) << "seed " << seed;
    }
  }
}

}  // namespace
}  // namespace cartwright::offers::search
