#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "offers/problem.hpp"

namespace cartwright::judge {

// What the threshold of a basket offer is held against; net[u] is base less item discounts.
std::int64_t reached(const offers::Problem& problem, const offers::BasketCandidate& candidate,
                     const std::vector<std::int64_t>& net);

std::int64_t threshold_of(const offers::BasketCandidate& candidate);

// What the offer takes off, by line, where left[u] remains of each unit: an amount or a rate of
// what remains of its scope, by largest remainder over its lines. Lines that give nothing are left
// out.
std::map<std::uint32_t, std::int64_t> basket_shares(const offers::Problem& problem,
                                                    const offers::BasketCandidate& candidate,
                                                    const std::vector<std::int64_t>& left);

}  // namespace cartwright::judge
