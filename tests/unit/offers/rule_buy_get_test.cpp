#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/offers/rule_walk.hpp"

namespace cartwright::offers::search {
namespace {

using testing::equal;
using testing::RuleWalk;

using testing::Piece;

constexpr std::uint32_t kBuy = 1;
constexpr std::uint32_t kGet = 2;

BuyGet buy_get(int n, int m, Consume consume, bool lesser) {
  return {.buy = {},
          .n = n,
          .get = {},
          .m = m,
          .reward = PercentReward{10'000},
          .consume = consume,
          .lesser = lesser};
}

// The units of the first set, in the order of the walk.
Candidate candidate_of(const std::vector<Piece>& pieces) {
  Candidate made;
  made.sets.resize(2);
  for (UnitIndex unit = 0; unit < pieces.size(); ++unit) {
    for (std::uint32_t set : {0U, 1U}) {
      if ((pieces[unit].mask >> set & 1) != 0) made.sets[set].push_back(unit);
    }
  }
  return made;
}

// The best way, of pieces given dearest first.
testing::Way best(const BuyGet& offer, const std::vector<Piece>& pieces) {
  const Candidate candidate = candidate_of(pieces);
  return RuleWalk(make_buy_get_rule(offer, candidate, 2), pieces).best();
}

TEST(BuyGetRule, rewards_m_units_with_n_others) {
  const BuyGet offer = buy_get(2, 1, Consume::both, false);
  const auto way = best(offer, {{900, kGet}, {500, kBuy}, {400, kBuy}});
  EXPECT_EQ(way.gain, 900);
  ASSERT_EQ(way.applications.size(), 1U);
  EXPECT_EQ(way.applications[0].qualify, (UnitSet{1, 2}));
  EXPECT_EQ(best(offer, {{900, kGet}, {500, kBuy}}).gain, 0);
}

TEST(BuyGetRule, rewards_with_lesser_none_that_costs_more_than_what_was_bought) {
  const BuyGet offer = buy_get(1, 1, Consume::both, true);
  EXPECT_EQ(best(offer, {{900, kGet}, {500, kBuy}}).gain, 0);
  EXPECT_EQ(best(offer, {{500, kGet}, {500, kBuy}}).gain, 500);
  EXPECT_EQ(best(offer, {{900, kBuy | kGet}, {500, kBuy | kGet}}).gain, 500);
  const BuyGet any = buy_get(1, 1, Consume::both, false);
  EXPECT_EQ(best(any, {{900, kBuy | kGet}, {500, kBuy | kGet}}).gain, 900);
}

TEST(BuyGetRule, uses_each_unit_once) {
  const BuyGet offer = buy_get(1, 1, Consume::both, false);
  const std::vector<Piece> three(3, {700, kBuy | kGet});
  EXPECT_EQ(best(offer, three).gain, 700);
  EXPECT_EQ(best(offer, equal(4, 700, kBuy | kGet)).gain, 2 * 700);
}

TEST(BuyGetRule, has_a_price_for_rewards_that_cost_more) {
  BuyGet offer = buy_get(1, 1, Consume::both, false);
  offer.reward = PriceReward{Money(300)};
  EXPECT_EQ(best(offer, {{500, kBuy}, {400, kGet}}).gain, 100);
  EXPECT_EQ(best(offer, {{500, kBuy}, {300, kGet}}).applications.size(), 0U);
}

TEST(BuyGetRewardRule, takes_the_rewarded_units_alone) {
  const BuyGet offer = buy_get(2, 1, Consume::reward, false);
  const std::vector<Piece> units{{900, kGet}, {800, kGet}, {500, kBuy}, {500, kBuy}, {400, kBuy}};
  const auto way = best(offer, units);
  EXPECT_EQ(way.gain, 900);  // three that were bought are enough for one
  ASSERT_EQ(way.applications.size(), 1U);
  EXPECT_EQ(way.applications[0].qualify, (UnitSet{2, 3}));
}

TEST(BuyGetRewardRule, counts_no_reward_among_what_was_bought) {
  const BuyGet offer = buy_get(1, 1, Consume::reward, false);
  EXPECT_EQ(best(offer, equal(1, 700, kBuy | kGet)).gain, 0);
  EXPECT_EQ(best(offer, equal(2, 700, kBuy | kGet)).gain, 700);
  EXPECT_EQ(best(offer, equal(3, 700, kBuy | kGet)).gain, 700);
}

TEST(BuyGetRewardRule, rewards_with_lesser_none_that_costs_more_than_what_is_there) {
  const BuyGet offer = buy_get(1, 1, Consume::reward, true);
  EXPECT_EQ(best(offer, {{900, kGet}, {500, kBuy}}).gain, 0);
  EXPECT_EQ(best(offer, {{900, kBuy}, {500, kGet}}).gain, 500);
}

}  // namespace
}  // namespace cartwright::offers::search
