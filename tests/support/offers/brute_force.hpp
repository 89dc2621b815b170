#pragma once

#include <cstddef>
#include <optional>

#include "offers/problem.hpp"
#include "support/offers/merit.hpp"

namespace cartwright::judge {

struct Best {
  offers::Solution solution;
  Merit merit;
};

// The best answer, ties and all, by looking at every feasible selection of applications and basket
// offers; none where that would be more than `most` selections. For a handful of units and offers.
std::optional<Best> brute_force(const offers::Problem& problem, std::size_t most = 200'000);

}  // namespace cartwright::judge
