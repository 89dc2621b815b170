#include "offers/search_rule.hpp"

#include <gtest/gtest.h>

#include <map>

#include "offers/component_search.hpp"
#include "support/offers/brute_force.hpp"
#include "support/offers/random_problem.hpp"

namespace cartwright::offers::search {
namespace {

std::int64_t gain_of(const Problem& problem, const Solution& best) {
  std::int64_t gain = -best.goods;
  for (const Unit& unit : problem.units) gain += unit.base;
  return gain;
}

struct Answer {
  std::int64_t bound = 0;  // of the plans
  std::int64_t gain = 0;   // of what was put into effect
};

Answer answer_of(const Problem& problem) {
  const std::vector<std::int64_t> most = most_applications(problem);
  const Partition partition(problem, most, {});
  Answer answer;
  for (const Component& one : partition.components()) {
    std::pmr::monotonic_buffer_resource memory;
    answer.bound += make_plan(problem, one, most, {}, &memory).bound;
    const Found found = search_component(problem, one, most, {}, 20'000);
    answer.gain += effect_of(problem, one, most, found.ways.front()).gain;
  }
  return answer;
}

// Of an offer alone the machine says exactly what can be gained, whatever its kind; and the way
// found brings it.
TEST(SearchRule, of_each_kind_gains_alone_what_brute_force_does) {
  judge::Size size = judge::kTiny;
  size.offers = 1;
  size.baskets = 0;
  std::map<std::string, int> seen;
  for (std::uint64_t seed = 1; seed <= 600; ++seed) {
    const judge::RandomProblem made = judge::random_problem(seed, size);
    const auto best = judge::brute_force(made.problem, 20'000);
    if (!best) continue;
    const std::int64_t gain = gain_of(made.problem, best->solution);
    const Answer answer = answer_of(made.problem);
    EXPECT_EQ(answer.bound, gain) << "seed " << seed << " " << made.offers.front()->kind;
    EXPECT_EQ(answer.gain, gain) << "seed " << seed << " " << made.offers.front()->kind;
    if (gain > 0) ++seen[made.offers.front()->kind];
  }
  EXPECT_EQ(seen.size(), 8U);
  for (const auto& [kind, count] : seen) EXPECT_GE(count, 5) << kind;
}

}  // namespace
}  // namespace cartwright::offers::search
