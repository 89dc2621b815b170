#include <gtest/gtest.h>

#include <memory>
#include <vector>

#include "offers/solver.hpp"
#include "unit/offers/rule_walk.hpp"

namespace cartwright::offers::search {
namespace {

using testing::equal;
using testing::RuleWalk;

TEST(BundleRule, charges_its_price_for_n_units) {
  const NForPrice offer{.set = {}, .n = 3, .price = Money(1'000)};
  const RuleWalk walked(make_bundle_rule(offer, 2), {{900}, {800}, {100}});
  EXPECT_EQ(walked.best().gain, 800);
  const testing::Way& best = walked.best();
  EXPECT_EQ(best.off(0) + best.off(1) + best.off(2), 800);
}

TEST(BundleRule, bundles_the_dearest_units) {
  const NForPrice offer{.set = {}, .n = 2, .price = Money(1'000)};
  const RuleWalk walked(make_bundle_rule(offer, 2), {{900}, {800}, {600}, {500}, {400}});
  EXPECT_EQ(walked.best().gain, 900 + 800 + 600 + 500 - 2'000);
}

TEST(BundleRule, never_makes_units_dearer) {
  const NForPrice offer{.set = {}, .n = 3, .price = Money(1'000)};
  const RuleWalk walked(make_bundle_rule(offer, 2), equal(3, 300));
  EXPECT_EQ(walked.best().gain, 0);
  for (const testing::Way& way : walked.ways()) EXPECT_TRUE(way.applications.empty());
}

// Of three for 3.00 the first has a price of 0.79 upon it, which takes 1.70 off: the bundle leaves
// room for that while its units cost at most 4.42.
const std::vector<testing::Piece> kStacked{
    {.base = 249, .upon = {170}}, {.base = 179}, {.base = 109}, {.base = 79}, {.base = 79}};

TEST(BundleRule, keeps_to_a_cap_where_something_stacks_upon_it) {
  const NForPrice offer{.set = {}, .n = 3, .price = Money(300)};
  const RuleWalk walked(make_bundle_rule(offer, 1), kStacked);
  Moves moves;
  walked.rule().moves(0, 249, 1, moves);
  ASSERT_EQ(moves.size(), 2U);
  EXPECT_EQ(moves[0].discount, 80);  // of 4.43 and more
  EXPECT_EQ(moves[1].discount, 65);  // of 4.07, beside the cheapest
  EXPECT_EQ(moves[1].set, 1);
  const State kept = moves[1].next;
  const auto ways = [&](State state, std::int64_t base) {
    moves.clear();
    walked.rule().moves(state, base, 1, moves);
    return moves.size();
  };
  EXPECT_EQ(ways(kept, 179), 1U);  // 2.49, 1.79 and 0.79 are above the cap
  EXPECT_EQ(ways(kept, 109), 2U);
  // Whatever is kept to, each way is one of a bundle of three.
  EXPECT_EQ(walked.best().gain, 249 + 179 + 109 - 300);
}

TEST(BundleRule, leaves_room_for_what_stacks_upon_it) {
  std::vector<Offer> offers(2);
  offers[0].shape = NForPrice{.set = {}, .n = 3, .price = Money(300)};
  offers[1].shape = UnitOffer{.set = {}, .reward = PriceReward{Money(79)}};
  offers[1].exclusive = false;
  Problem problem;
  for (std::uint32_t i = 0; i < kStacked.size(); ++i) {
    problem.units.push_back({.line = i, .rank = i, .product = i, .base = kStacked[i].base});
  }
  problem.items.push_back(
      {.offer = &offers[0], .sets = {{0, 1, 2, 3, 4}}, .group = {}, .coupon = {}});
  problem.items.push_back({.offer = &offers[1], .sets = {{0}}, .group = {}, .coupon = {}});
  const Solution solution = solve(problem);
  // 2.49, 1.09 and 0.79 for 3.00, and 1.70 more; the three dearest for 3.00 are 2.37 off.
  EXPECT_EQ(solution.goods, 695 - (437 - 300) - 170);
  EXPECT_TRUE(solution.proven());
}

}  // namespace
}  // namespace cartwright::offers::search
