#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/offers/rule_walk.hpp"

namespace cartwright::offers::search {
namespace {

using testing::equal;
using testing::RuleWalk;

using testing::Way;

constexpr std::uint32_t kMain = 1;
constexpr std::uint32_t kDrink = 2;

MealDeal meal(std::variant<Money, PercentReward> reward, int drinks = 1) {
  return {.slots = {{.set = {}, .n = 1}, {.set = {}, .n = drinks}}, .reward = reward};
}

Way best(const MealDeal& offer, std::vector<testing::Piece> pieces) {
  return RuleWalk(make_meal_rule(offer, 2), std::move(pieces)).best();
}

TEST(MealRule, charges_its_price_for_one_of_each_slot) {
  const MealDeal offer = meal(Money(700));
  const Way way = best(offer, {{600, kMain}, {300, kDrink}, {250, kDrink}});
  EXPECT_EQ(way.gain, 200);
  EXPECT_EQ(way.off(0) + way.off(1), 200);
  EXPECT_EQ(way.off(2), 0);
}

TEST(MealRule, takes_a_rate_off_all_of_it) {
  const MealDeal offer = meal(PercentReward{1'000});
  const Way way = best(offer, {{600, kMain}, {300, kDrink}, {250, kDrink}});
  EXPECT_EQ(way.gain, 60 + 30);
  EXPECT_EQ(way.off(0), 60);
  EXPECT_EQ(way.off(1), 30);
}

TEST(MealRule, is_nothing_without_one_of_its_slots) {
  const MealDeal offer = meal(PercentReward{1'000}, 2);
  EXPECT_EQ(best(offer, {{600, kMain}, {300, kDrink}}).gain, 0);
  EXPECT_EQ(best(offer, {{600, kMain}, {300, kDrink}, {300, kDrink}}).gain, 120);
}

TEST(MealRule, lets_a_unit_of_two_slots_serve_either_but_not_both) {
  const MealDeal offer = meal(Money(700));
  EXPECT_EQ(best(offer, {{900, kMain | kDrink}}).gain, 0);
  EXPECT_EQ(best(offer, {{900, kMain | kDrink}, {600, kMain}}).gain, 800);
  EXPECT_EQ(best(offer, {{900, kMain | kDrink}, {600, kDrink}}).gain, 800);
}

TEST(MealRule, never_makes_a_meal_dearer) {
  const MealDeal offer = meal(Money(700));
  const RuleWalk walked(make_meal_rule(offer, 1), {{300, kMain}, {250, kDrink}});
  EXPECT_EQ(walked.best().gain, 0);
  for (const Way& way : walked.ways()) EXPECT_TRUE(way.applications.empty());
}

TEST(MealRule, makes_as_many_meals_as_pay) {
  const MealDeal offer = meal(Money(700));
  const Way way = best(offer, {{600, kMain}, {500, kMain}, {300, kDrink}, {250, kDrink}});
  EXPECT_EQ(way.gain, 200 + 50);
  EXPECT_EQ(way.applications.size(), 2U);
}

}  // namespace
}  // namespace cartwright::offers::search
