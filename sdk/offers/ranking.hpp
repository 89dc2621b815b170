#pragma once

#include <cstdint>
#include <vector>

#include "offers/problem.hpp"

namespace cartwright::offers::search {

// The ways in which offers are usually chosen.
enum class Ranking : std::uint8_t {
  priority,      // by (priority, id), each as often as it can
  average_value  // again and again the one that takes off the most a unit
};

// A feasible choice by ranking: each application takes the dearest units that are left. Then the
// best basket offers for what that leaves. What the search finds is never dearer, however little it
// may look at. Its bound and its states say nothing.
Solution by_ranking(const Problem& problem, Ranking ranking);

// Its two steps: the items, and the basket offers for what these leave.
std::vector<Application> items_by_ranking(const Problem& problem, Ranking ranking);
Solution with_best_baskets(const Problem& problem, std::vector<Application> items);

}  // namespace cartwright::offers::search
