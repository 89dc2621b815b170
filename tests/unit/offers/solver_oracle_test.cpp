// The solver, held against oracles that share no code with it. What runs here is bounded; the long
// form is torture_offers.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>

#include "offers/solver.hpp"
#include "support/offers/checker.hpp"
#include "support/offers/merit.hpp"
#include "support/offers/trial.hpp"
#include "support/offers/variations.hpp"

namespace cartwright::offers {
namespace {

using judge::random_problem;
using judge::RandomProblem;
using judge::Size;

// The same seeds in every run; torture_offers looks at fresh ones.
std::vector<std::uint64_t> seeds(std::uint64_t count) {
  std::vector<std::uint64_t> all;
  for (std::uint64_t i = 1; i <= count; ++i) all.push_back(i);
  return all;
}

std::string story(std::uint64_t seed, const Problem& problem) {
  return "seed " + std::to_string(seed) + "\n" + judge::text(problem);
}

void hold(const Size& size, std::uint64_t count, const judge::Trial& trial) {
  judge::Tally tally;
  for (const std::uint64_t seed : seeds(count)) {
    const RandomProblem made = random_problem(seed, size);
    ASSERT_EQ(judge::trial(made.problem, solve, trial, tally), "") << story(seed, made.problem);
  }
  std::printf("%s\n", tally.text().c_str());
}

TEST(SolverOracle, tiny_problems_are_answered_as_by_brute_force_and_by_the_model) {
  hold(judge::kTiny, 60, {.ties = judge::Ties::units, .selections = 20'000, .model_seconds = 2});
}

TEST(SolverOracle, small_problems_are_answered_as_by_brute_force) {
  hold(judge::kSmall, 40, {.ties = judge::Ties::units, .selections = 20'000, .model_seconds = 0});
}

TEST(SolverOracle, medium_problems_are_answered_as_by_the_model) {
  hold(judge::kMedium, 6, {.ties = judge::Ties::goods, .selections = 0, .model_seconds = 2});
}

TEST(SolverOracle, at_any_budget_the_answer_is_feasible_bounded_and_beats_the_rivals) {
  for (const std::uint64_t budget : {0, 1, 10, 100}) {
    SCOPED_TRACE("budget " + std::to_string(budget));
    hold(judge::kSmall, 20,
         {.ties = judge::Ties::goods, .budget = budget, .selections = 5'000, .model_seconds = 0});
    hold(judge::kEntangled, 6,
         {.ties = judge::Ties::goods, .budget = budget, .selections = 0, .model_seconds = 0});
  }
}

TEST(SolverOracle, the_order_of_scans_changes_nothing) {
  for (const std::uint64_t seed : seeds(60)) {
    const RandomProblem made = random_problem(seed, judge::kSmall);
    SCOPED_TRACE(story(seed, made.problem));
    const Problem other = judge::scanned_otherwise(made.problem, seed);
    const Solution one = solve(made.problem);
    const Solution two = solve(other);
    ASSERT_EQ(one.proven(), two.proven());
    ASSERT_EQ(judge::text(judge::merit_of(made.problem, one)),
              judge::text(judge::merit_of(other, two)));
  }
}

TEST(SolverOracle, splitting_lines_changes_no_cent) {
  for (const std::uint64_t seed : seeds(60)) {
    const RandomProblem made = random_problem(seed, judge::kSmall);
    if (judge::lines_matter(made.problem)) continue;
    SCOPED_TRACE(story(seed, made.problem));
    const Problem other = judge::split_lines(made.problem);
    const Solution one = solve(made.problem);
    const Solution two = solve(other);
    EXPECT_EQ(judge::violations_text(other, two), "");
    if (one.proven() && two.proven()) {
      ASSERT_EQ(one.goods, two.goods);
    }
  }
}

TEST(SolverOracle, one_more_optional_offer_makes_nothing_dearer) {
  for (const std::uint64_t seed : seeds(60)) {
    const RandomProblem made = random_problem(seed, judge::kSmall);
    SCOPED_TRACE(story(seed, made.problem));
    const Solution all = solve(made.problem);
    if (!all.proven()) continue;
    for (std::size_t i = 0; i < made.problem.items.size(); ++i) {
      const Problem fewer = judge::without_item(made.problem, i);
      ASSERT_LE(all.goods, solve(fewer).goods) << "without item offer " << i;
    }
  }
}

}  // namespace
}  // namespace cartwright::offers
