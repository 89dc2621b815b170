// The search, held against programs that share no code with it (tests/support/offers).

#include "offers/solver.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.hpp"
#include "support/offers/brute_force.hpp"
#include "support/offers/checker.hpp"
#include "support/offers/random_problem.hpp"

namespace cartwright::offers {
namespace {

using judge::random_problem;
using judge::RandomProblem;
using testing::HasSubstr;

TEST(Solver, an_answer_that_is_proven_is_as_cheap_as_any_selection) {
  int proven = 0;
  for (std::uint64_t seed = 1; seed <= 150; ++seed) {
    const RandomProblem made = random_problem(seed, judge::kTiny);
    SCOPED_TRACE("seed " + std::to_string(seed) + "\n" + judge::text(made.problem));
    const Solution found = solve(made.problem);
    ASSERT_EQ(judge::violations_text(made.problem, found), "");
    const auto best = judge::brute_force(made.problem, 20'000);
    if (!best) continue;
    ASSERT_LE(found.bound, best->merit.goods);
    ASSERT_GE(found.goods, best->merit.goods);
    proven += found.proven() ? 1 : 0;
  }
  EXPECT_GT(proven, 100);
}

TEST(Solver, an_answer_is_feasible_and_bounded_at_any_budget) {
  for (const std::uint64_t budget : {0, 1, 10, 100, 10'000}) {
    for (std::uint64_t seed = 1; seed <= 15; ++seed) {
      const RandomProblem made = random_problem(seed, judge::kSmall);
      SCOPED_TRACE("budget " + std::to_string(budget) + " seed " + std::to_string(seed) + "\n" +
                   judge::text(made.problem));
      const Solution found = solve(made.problem, budget);
      ASSERT_EQ(judge::violations_text(made.problem, found), "");
      const auto best = judge::brute_force(made.problem, 5'000);
      ASSERT_LE(found.bound, best ? best->merit.goods : found.goods);
    }
  }
}

TEST(Solver, the_same_problem_has_the_same_answer) {
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    const RandomProblem made = random_problem(seed, judge::kMedium);
    const Solution one = solve(made.problem, 20'000);
    const Solution two = solve(made.problem, 20'000);
    EXPECT_EQ(one.goods, two.goods);
    EXPECT_EQ(one.bound, two.bound);
    EXPECT_EQ(one.states, two.states);
  }
}

TEST(Solver, a_basket_beyond_what_can_be_priced_is_refused) {
  Problem problem;
  problem.units = {{.line = 0, .rank = 0, .product = 0, .base = INT64_MAX},
                   {.line = 1, .rank = 1, .product = 0, .base = INT64_MAX}};
  try {
    solve(problem);
    FAIL() << "a sum beyond 64 bits was priced";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::invalid_input);
    EXPECT_THAT(error.what(), HasSubstr("more than"));
  }
}

TEST(Solver, an_empty_basket_costs_nothing) {
  const Solution found = solve({});
  EXPECT_EQ(found.goods, 0);
  EXPECT_TRUE(found.proven());
}

}  // namespace
}  // namespace cartwright::offers
