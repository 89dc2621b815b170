#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "offers/problem.hpp"

namespace cartwright::offers {

// `total` (from 0 to the sum of their prices) shared over units in proportion to their prices by
// largest remainder; of equal remainders those go first whose line key comes first. Ascending by
// unit; a unit with nothing stays in the list.
Shares share_over(std::int64_t total, std::span<const UnitIndex> units, const Problem& problem);

// What the n dearest of these units cost, the dearest first; there must be as many.
boost::container::small_vector<std::int64_t, 8> dearest_prices(std::span<const UnitIndex> units,
                                                               int n, const std::vector<Unit>& all);

std::int64_t discount_of(std::span<const Share> shares);
// Of all of them together.
std::int64_t discount_of(std::span<const Application> applications);

// Into the order of Solution::items: by candidate, then by the first unit of each.
void sort_applications(std::vector<Application>& applications);

}  // namespace cartwright::offers
