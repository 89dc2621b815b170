#include "offers/component_search.hpp"

#include <gtest/gtest.h>

#include "support/offers/brute_force.hpp"
#include "support/offers/random_problem.hpp"

namespace cartwright::offers::search {
namespace {

// Of a whole problem, part by part.
struct Answer {
  std::int64_t bound = 0;
  std::int64_t gain = 0;
  std::uint64_t states = 0;
  bool is_whole = true;
  bool operator==(const Answer&) const = default;
};

Answer answer_of(const Problem& problem, std::uint64_t budget) {
  const std::vector<std::int64_t> most = most_applications(problem);
  const Partition partition(problem, most, {});
  Answer answer;
  for (const Component& one : partition.components()) {
    const Found found = search_component(problem, one, most, {}, budget);
    answer.bound += found.bound;
    answer.gain += effect_of(problem, one, most, found.ways.front()).gain;
    answer.states += found.states;
    answer.is_whole &= found.is_whole;
  }
  return answer;
}

judge::Size items_only() {
  judge::Size size = judge::kTiny;
  size.baskets = 0;
  return size;
}

TEST(ComponentSearch, finds_what_brute_force_does_and_bounds_it_at_any_budget) {
  int proven = 0;
  int problems = 0;
  for (std::uint64_t seed = 1; seed <= 120; ++seed) {
    const judge::RandomProblem made = judge::random_problem(seed, items_only());
    const auto best = judge::brute_force(made.problem, 20'000);
    if (!best) continue;
    std::int64_t most = -best->solution.goods;
    for (const Unit& unit : made.problem.units) most += unit.base;
    for (const std::uint64_t budget : {1U, 5U, 40U, 20'000U}) {
      const Answer answer = answer_of(made.problem, budget);
      EXPECT_LE(answer.gain, most) << "seed " << seed << " budget " << budget;
      EXPECT_GE(answer.bound, most) << "seed " << seed << " budget " << budget;
    }
    const Answer last = answer_of(made.problem, 20'000);
    ++problems;
    if (last.bound == last.gain) ++proven;
  }
  EXPECT_GT(problems, 60);
  EXPECT_GT(proven, problems * 9 / 10);
}

TEST(ComponentSearch, needs_no_budget_where_a_fourth_of_it_suffices) {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const judge::RandomProblem made = judge::random_problem(seed, items_only());
    const Answer much = answer_of(made.problem, 1'000'000);
    if (!much.is_whole) continue;
    EXPECT_EQ(answer_of(made.problem, 4 * much.states), much) << "seed " << seed;
  }
}

// Three offers of one rate by themselves: no search, the lowest priority and id take each unit.
TEST(ComponentSearch, of_units_by_themselves_takes_the_first_of_equal_offers) {
  std::vector<Offer> offers(3);
  Problem problem;
  problem.units = {{.line = 0, .rank = 0, .product = 0, .base = 500},
                   {.line = 0, .rank = 0, .product = 0, .base = 500}};
  for (std::size_t i = 0; i < offers.size(); ++i) {
    offers[i].priority = i == 0 ? 1 : 0;
    offers[i].shape = UnitOffer{.set = {}, .reward = PercentReward{1'000}};
    problem.items.push_back({.offer = &offers[i], .sets = {{0, 1}}, .group = {}, .coupon = {}});
  }
  const std::vector<std::int64_t> most = most_applications(problem);
  const Partition partition(problem, most, {});
  ASSERT_EQ(partition.components().size(), 1U);
  const Found found = search_component(problem, partition.components()[0], most, {}, 1);
  EXPECT_EQ(found.states, 1U);
  EXPECT_EQ(found.bound, 100);
  const Effect effect = effect_of(problem, partition.components()[0], most, found.ways.front());
  ASSERT_EQ(effect.applications.size(), 2U);
  for (const Application& one : effect.applications) EXPECT_EQ(one.candidate, 1U);
  EXPECT_EQ(effect.gain, 100);
}

}  // namespace
}  // namespace cartwright::offers::search
