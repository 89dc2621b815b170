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

}  // namespace
}  // namespace cartwright::offers::search
