#pragma once

#include <optional>
#include <span>
#include <vector>

#include "offers/problem.hpp"

namespace cartwright::offers::search {

// Basket offers put into effect, in their order, upon what item offers leave: what each takes off,
// shared over lines. `chosen`: indexes into Problem::baskets, ascending; whether thresholds hold is
// not asked. Those that take nothing have no shares.
std::vector<BasketApplication> effect_of_baskets(const Problem& problem,
                                                 std::span<const Application> items,
                                                 std::span<const std::uint32_t> chosen);

}  // namespace cartwright::offers::search
