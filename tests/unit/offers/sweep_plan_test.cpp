#include "offers/sweep_plan.hpp"

#include <gtest/gtest.h>

#include "unit/offers/small_parts.hpp"

namespace cartwright::offers::search {
namespace {

using examples::bundle;
using examples::kBoth;
using examples::line;
using examples::Planned;
using examples::SmallParts;

std::string stacking(const char* id, int cents) {
  return std::string(R"({"id":")") + id +
         R"(","kind":"amount_off","set":{"products":["milk"]},"exclusive":false,"amount_minor":)" +
         std::to_string(cents) + "}";
}

const std::string kMilkAndBread = line("1", "milk", 1) + "," + line("2", "bread", 1);

TEST(Digit, is_read_and_written_within_its_bits) {
  std::uint64_t joint[2] = {~std::uint64_t{0}, 0};
  const Digit digit{.word = 1, .shift = 60, .bits = 4};
  digit.set(joint, 9);
  EXPECT_EQ(digit.get(joint), 9U);
  EXPECT_EQ(joint[1], std::uint64_t{9} << 60);
  const Digit whole{.word = 0, .shift = 0, .bits = 64};
  EXPECT_EQ(whole.get(joint), ~std::uint64_t{0});
  const Digit none;
  none.set(joint, 5);
  EXPECT_EQ(none.get(joint), 0U);
  EXPECT_EQ(joint[0], ~std::uint64_t{0});
}

TEST(SweepPlan, bounds_an_offer_alone_by_what_it_gains) {
  const SmallParts parts(bundle("a", kBoth, 2, 300), kMilkAndBread);
  const Planned made(parts);
  ASSERT_EQ(made.plan.rules.size(), 1U);
  EXPECT_EQ(made.plan.bound, 79);
  EXPECT_TRUE(made.plan.is_whole);
}

TEST(SweepPlan, goes_over_classes_from_the_dearest) {
  const SmallParts parts(bundle("a", kBoth, 2, 300), kMilkAndBread);
  const Planned made(parts);
  ASSERT_EQ(made.plan.classes.size(), 2U);
  EXPECT_EQ(made.plan.classes[0].facts->base, 250);
  EXPECT_EQ(made.plan.rules[0].first, 0U);
  EXPECT_EQ(made.plan.rules[0].last, 1U);
  EXPECT_EQ(made.plan.classes[1].exclusive.size(), 1U);
  EXPECT_EQ(made.plan.classes[1].exclusive[0].stop, 1U);
}

TEST(SweepPlan, leaves_out_a_rule_that_each_of_its_units_surpasses_alone) {
  const char* half =
      R"(,{"id":"b","kind":"percent_off","set":{"not_products":["wine"]},"bps":5000})";
  const SmallParts poor(bundle("a", kBoth, 2, 370) + half, kMilkAndBread);
  EXPECT_TRUE(Planned(poor).plan.rules.empty());
  const SmallParts rich(bundle("a", kBoth, 2, 100) + half, kMilkAndBread);
  EXPECT_EQ(Planned(rich).plan.rules.size(), 1U);
}

TEST(SweepPlan, searches_single_offers_where_choices_are_kept_apart) {
  const SmallParts parts(
      R"({"id":"a","kind":"percent_off","set":{"products":["milk"]},"bps":5000})", kMilkAndBread,
      {}, {1, 1});
  EXPECT_TRUE(Planned(parts).plan.rules.empty());
  const Planned apart(parts, {.groups = {}, .coupons = {}, .marks = {0}, .window = 1'000});
  EXPECT_EQ(apart.plan.rules.size(), 1U);
  ASSERT_EQ(apart.plan.tallies.size(), 1U);
  EXPECT_EQ(apart.plan.classes[0].tallies, 1U);
}

// 100, 80 and 40 stack on a milk of 129.
TEST(PlannedClass, picks_what_stacks_best_within_the_room) {
  const SmallParts parts(stacking("a", 100) + "," + stacking("b", 80) + "," + stacking("c", 40),
                         line("1", "milk", 1));
  const Planned made(parts);
  ASSERT_EQ(made.plan.classes.size(), 1U);
  const PlannedClass& milk = made.plan.classes[0];
  EXPECT_EQ(milk.upon, 220);
  EXPECT_EQ(milk.stacked.within(129).discount, 120);
  EXPECT_EQ(milk.stacked.within(110).discount, 100);
  EXPECT_EQ(milk.stacked.within(30).discount, 0);
  EXPECT_EQ(milk.single.discount, 120);
}

}  // namespace
}  // namespace cartwright::offers::search
