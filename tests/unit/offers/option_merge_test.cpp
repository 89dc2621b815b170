#include "offers/option_merge.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace cartwright::offers::search {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;

constexpr std::int64_t kWide = 1'000;

Option option(std::int64_t gain, Sums taken, Sums flags = {}) {
  Option made;
  made.score.gain = gain;
  made.taken = std::move(taken);
  made.flags = std::move(flags);
  return made;
}

std::vector<std::int64_t> gains(const OptionMerge& merge) {
  std::vector<std::int64_t> all;
  for (const Selection& one : merge.selections()) all.push_back(one.score.gain);
  return all;
}

TEST(OptionMerge, begins_with_the_sum_of_the_base) {
  const Option one = option(30, {10, 30}, {1});
  const Option other = option(5, {0, 5}, {0});
  const OptionMerge merge({&one, &other}, kWide);
  ASSERT_THAT(merge.selections(), SizeIs(1));
  const Selection& all = merge.selections()[0];
  EXPECT_EQ(all.score.gain, 35);
  EXPECT_THAT(all.taken, ElementsAre(10, 35));
  EXPECT_THAT(all.flags, ElementsAre(1));
  EXPECT_THAT(merge.options(all), ElementsAre(&one, &other));
  EXPECT_THAT(gains(OptionMerge({}, kWide)), ElementsAre(0));
}

TEST(OptionMerge, keeps_of_equal_sums_the_best_and_of_others_each) {
  const Option one = option(30, {30});
  const Option other = option(5, {5});
  const std::vector<Option> first = {option(30, {30}), option(28, {20}), option(20, {0})};
  const std::vector<Option> second = {option(5, {5}), option(4, {15}), option(9, {15})};
  OptionMerge merge({&one, &other}, kWide);
  EXPECT_TRUE(merge.add(0, first, 100));
  EXPECT_TRUE(merge.add(1, second, 100));
  EXPECT_EQ(merge.states(), 3u + 9u);
  // By what is taken: 5, 15, 25, 35, 45. Two ways come to 35: 30 + 5, and 28 + 9, which gains more.
  EXPECT_THAT(gains(merge), UnorderedElementsAre(25, 29, 33, 37, 39));
  const auto best = std::ranges::find_if(
      merge.selections(), [](const Selection& each) { return each.taken == Sums{35}; });
  ASSERT_NE(best, merge.selections().end());
  EXPECT_THAT(merge.options(*best), ElementsAre(&first[1], &second[2]));
}

TEST(OptionMerge, leaves_out_what_gains_too_much_less) {
  const Option one = option(30, {30});
  const std::vector<Option> options = {option(30, {30}), option(20, {20}), option(19, {0})};
  OptionMerge merge({&one}, 10);
  EXPECT_TRUE(merge.add(0, options, 100));
  EXPECT_THAT(gains(merge), UnorderedElementsAre(20, 30));
}

TEST(OptionMerge, stays_as_it_was_where_its_budget_ends) {
  const Option one = option(30, {30});
  const std::vector<Option> options = {option(31, {31}), option(20, {20})};
  OptionMerge merge({&one}, kWide);
  EXPECT_FALSE(merge.add(0, options, 1));
  EXPECT_THAT(gains(merge), ElementsAre(30));
  EXPECT_EQ(merge.states(), 1u);
  EXPECT_TRUE(merge.add(0, options, 2));
  EXPECT_THAT(gains(merge), UnorderedElementsAre(20, 31));
}

TEST(OptionMerge, has_no_selection_where_a_component_has_no_option) {
  const Option one = option(30, {30});
  OptionMerge merge({&one}, kWide);
  EXPECT_TRUE(merge.add(0, {}, 100));
  EXPECT_THAT(merge.selections(), IsEmpty());
}

}  // namespace
}  // namespace cartwright::offers::search
