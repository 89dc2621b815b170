#pragma once

#include <cstdint>
#include <vector>

namespace cartwright::judge {

// The judges round by themselves: what they hold against the engine may not stand on its code.

// bps / 10000 of an amount >= 0, halves up.
std::int64_t percent_half_up(std::int64_t amount, std::int64_t bps);

struct Weight {
  std::int64_t weight = 0;  // >= 0
  std::uint32_t rank = 0;   // the lower takes a left-over cent first where remainders are equal
};

// `total` (0 <= total <= the sum of the weights) shared in proportion to the weights by largest
// remainder. The answer is aligned with the weights; of equal rank the first takes first.
std::vector<std::int64_t> largest_remainder(std::int64_t total, const std::vector<Weight>& weights);

}  // namespace cartwright::judge
