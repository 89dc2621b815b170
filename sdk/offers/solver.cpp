#include "offers/solver.hpp"

#include "base/error.hpp"
#include "offers/joint_choice.hpp"
#include "offers/ranking.hpp"
#include "offers/search_memory.hpp"
#include "offers/wide.hpp"

namespace cartwright::offers {
namespace {

// Bounds are kept in search::kParts of a minor unit, and sums of all units must fit.
constexpr std::int64_t kMostBase = std::int64_t{1} << 50;

void check_sum_of_bases(const Problem& problem) {
  Wide sum = 0;
  for (const Unit& unit : problem.units) sum += unit.base;
  if (sum > kMostBase) {
    throw Error(ErrorKind::invalid_input,
                "the basket comes to more than " + std::to_string(kMostBase) +
                    " minor units before discounts, which is more than can be priced");
  }
}

}  // namespace

Solution solve(const Problem& problem, std::uint64_t budget) {
  return solve_again(problem, budget, nullptr);
}

Solution solve_again(const Problem& problem, std::uint64_t budget, search::SearchMemory* memory) {
  check_sum_of_bases(problem);
  if (memory != nullptr) memory->begin();
  const std::vector<std::int64_t> most = search::most_applications(problem);
  const search::BasketTerms terms(problem);
  const search::Partition partition(problem, most, terms.marks());
  search::JointChoice choice(problem, most, partition.components(), terms, budget, memory);
  Solution solution = choice.choose();
  if (solution.proven()) return solution;
  for (const search::Ranking ranking :
       {search::Ranking::priority, search::Ranking::average_value}) {
    Solution ranked = choice.by_ranking(ranking);
    if (ranked.goods >= solution.goods) continue;
    ranked.bound = solution.bound;
    ranked.states = solution.states;
    solution = std::move(ranked);
  }
  return solution;
}

}  // namespace cartwright::offers
