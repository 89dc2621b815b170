#pragma once

#include <cstdint>

#include "offers/problem.hpp"

namespace cartwright::offers {

namespace search {
class SearchMemory;
}

// The states that a search may expand unless its caller says otherwise; bench_offers says how long
// that takes.
inline constexpr std::uint64_t kDefaultBudget = 20'000;

// The cheapest feasible choice of offers, with the ties of docs/offers.md, or, where the budget
// ends the search, the best found: never dearer than by priority order or by average value. A pure
// function of its arguments; memory is bounded by the budget. Error invalid_input where amounts
// add up to more than 64 bits.
Solution solve(const Problem& problem, std::uint64_t budget = kDefaultBudget);

// The same, sooner: parts of the problem that the memory (search_memory.hpp) knows are not searched
// anew. Null: none.
Solution solve_again(const Problem& problem, std::uint64_t budget, search::SearchMemory* memory);

}  // namespace cartwright::offers
