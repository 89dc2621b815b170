#include "offers/plain_part.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace cartwright::offers::search {
namespace {

// Three offers upon the same two units of 5.00, the last two of one rate.
struct Three {
  std::vector<Offer> offers = std::vector<Offer>(3);
  Problem problem;
  std::vector<std::int64_t> most;

  Three() {
    problem.units = {{.line = 0, .rank = 0, .product = 0, .base = 500},
                     {.line = 0, .rank = 0, .product = 0, .base = 500}};
    for (std::size_t i = 0; i < offers.size(); ++i) {
      offers[i].shape = UnitOffer{.set = {}, .reward = PercentReward{i == 0 ? 900 : 1'000}};
      problem.items.push_back({.offer = &offers[i], .sets = {{0, 1}}, .group = {}, .coupon = {}});
    }
  }
  Partition partition() {
    most = most_applications(problem);
    return Partition(problem, most, {});
  }
};

TEST(PlainPart, has_all_its_units_taken_by_the_best_offer) {
  Three three;
  const Partition partition = three.partition();
  ASSERT_EQ(partition.components().size(), 1U);
  const auto choice = plain_choice(three.problem, partition.components()[0]);
  ASSERT_TRUE(choice);
  EXPECT_EQ(choice->candidate, 1U);  // of equal ones the first id
  EXPECT_EQ(choice->gain(), 100);
  std::vector<Application> all;
  put_into_effect(*choice, partition.components()[0], all);
  ASSERT_EQ(all.size(), 2U);
  for (UnitIndex unit = 0; unit < 2; ++unit) {
    EXPECT_EQ(all[unit].candidate, 1U);
    ASSERT_EQ(all[unit].reward.size(), 1U);
    EXPECT_EQ(all[unit].reward[0].unit, unit);
    EXPECT_EQ(all[unit].reward[0].discount, 50);
  }
}

TEST(PlainPart, goes_by_priority_before_id_where_offers_are_equal) {
  Three three;
  three.offers[1].priority = 1;
  EXPECT_EQ(plain_choice(three.problem, three.partition().components()[0])->candidate, 2U);
}

TEST(PlainPart, is_no_part_where_something_stacks_or_has_a_limit) {
  Three stacked;
  stacked.offers[2].exclusive = false;
  EXPECT_FALSE(plain_choice(stacked.problem, stacked.partition().components()[0]));
  Three limited;
  limited.offers[2].limit = 1;
  EXPECT_FALSE(plain_choice(limited.problem, limited.partition().components()[0]));
}

TEST(PlainPart, of_which_nothing_takes_anything_off_comes_to_nothing) {
  Three free;
  for (Unit& unit : free.problem.units) unit.base = 0;
  const Partition partition = free.partition();
  const auto choice = plain_choice(free.problem, partition.components()[0]);
  ASSERT_TRUE(choice);
  EXPECT_EQ(choice->gain(), 0);
  std::vector<Application> all;
  put_into_effect(*choice, partition.components()[0], all);
  EXPECT_TRUE(all.empty());
}

}  // namespace
}  // namespace cartwright::offers::search
