#include "offers/search_score.hpp"

#include <gtest/gtest.h>

#include <array>
#include <vector>

namespace cartwright::offers::search {
namespace {

// Candidates 0, 1, ... in the order of their ids, with these priorities; those named are limited.
struct Scored {
  Scored(const std::vector<std::int64_t>& priorities, std::vector<std::size_t> limited = {}) {
    offers.resize(priorities.size());
    for (std::size_t i = 0; i < priorities.size(); ++i) offers[i].priority = priorities[i];
    for (const std::size_t i : limited) offers[i].limit = 5;
    for (const Offer& offer : offers)
      problem.items.push_back({.offer = &offer, .sets = {}, .group = {}, .coupon = {}});
    for (std::uint32_t i = 0; i < problem.items.size(); ++i) candidates.push_back(i);
  }
  Weights weights(std::int64_t applications) const { return {problem, candidates, applications}; }

  std::vector<Offer> offers;
  Problem problem;
  std::vector<std::uint32_t> candidates;
};

Score gain(std::int64_t minor) {
  Score score;
  score.gain = minor;
  return score;
}

TEST(SearchScore, puts_money_first) {
  Score costly = gain(10);
  costly.limited = 9;
  costly.applications = 9;
  EXPECT_TRUE(costly.is_better_than(gain(9)));
  EXPECT_FALSE(gain(9).is_better_than(costly));
  EXPECT_FALSE(gain(9).is_better_than(gain(9)));
}

TEST(SearchScore, then_counts_limited_redemptions_then_applications) {
  Score one = gain(5);
  one.limited = 1;
  one.applications = 9;
  Score two = gain(5);
  two.limited = 2;
  two.applications = 2;
  EXPECT_TRUE(one.is_better_than(two));
  two.limited = 1;
  EXPECT_TRUE(two.is_better_than(one));
}

TEST(SearchScore, adds_and_multiplies_each_part) {
  Score one{.gain = 3, .limited = 1, .applications = 2, .priorities = 7, .offers = 11};
  Score sum = one * 3;
  sum += one;
  EXPECT_EQ(sum,
            (Score{.gain = 12, .limited = 4, .applications = 8, .priorities = 28, .offers = 44}));
  EXPECT_EQ(one * 0, Score());
}

TEST(SearchScore, of_a_candidate_counts_its_starts) {
  const Scored two({0, 0}, {1});
  const Weights weights = two.weights(10);
  EXPECT_EQ(weights.of(0, 3).applications, 3);
  EXPECT_EQ(weights.of(0, 3).limited, 0);
  EXPECT_EQ(weights.of(1, 3).limited, 3);
  EXPECT_EQ(weights.of(1, 3).gain, 0);
}

TEST(SearchScore, prefers_the_smallest_sorted_list_of_priorities) {
  const Scored three({2, 0, 1});
  const Weights weights = three.weights(3);
  // One use at 0 and two at 2 come before three at 1: [0, 2, 2] is below [1, 1, 1].
  Score mixed = weights.of(1, 1);
  mixed += weights.of(0, 2);
  const Score equal = weights.of(2, 3);
  EXPECT_TRUE(mixed.is_better_than(equal));
  EXPECT_FALSE(equal.is_better_than(mixed));
}

TEST(SearchScore, prefers_the_smallest_sorted_list_of_offers_where_priorities_are_equal) {
  const Scored three({5, 5, 5});
  const Weights weights = three.weights(3);
  Score first = weights.of(0, 1);
  first += weights.of(2, 2);
  EXPECT_TRUE(first.is_better_than(weights.of(1, 3)));
  EXPECT_TRUE(weights.of(0, 1).is_better_than(weights.of(1, 1)));
  EXPECT_EQ(weights.of(0, 1).priorities, weights.of(1, 1).priorities);
}

TEST(SearchScore, stays_above_zero_with_more_ranks_than_128_bits_hold) {
  std::vector<std::int64_t> priorities;
  for (int i = 0; i < 300; ++i) priorities.push_back(i);
  const Scored many(priorities);
  const Weights weights = many.weights(100'000);
  for (const std::uint32_t candidate : {0U, 5U, 150U, 299U}) {
    EXPECT_GT(weights.of(candidate, 100'000).priorities, 0) << candidate;
    EXPECT_GT(weights.of(candidate, 100'000).offers, 0) << candidate;
  }
  EXPECT_TRUE(weights.of(0, 1).is_better_than(weights.of(1, 1)));
}

}  // namespace
}  // namespace cartwright::offers::search
