#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace cartwright::offers {

// `amount` (>= 0) in whole parts in proportion to `weights` (each >= 0, not all 0 unless the amount
// is 0): each gets the whole part of its share, and what is then left goes, one each, to the
// largest remainders, of equal ones to the first. The parts add up to the amount. None is above its
// weight where the amount is not above all weights together.
std::vector<std::int64_t> split_by_largest_remainder(std::int64_t amount,
                                                     std::span<const std::int64_t> weights);

}  // namespace cartwright::offers
