#pragma once

#include <optional>
#include <string>
#include <vector>

#include "offers/problem.hpp"

namespace cartwright::bench {

// What a rival takes off a line in the name of an offer; minor units, not always whole ones.
struct RivalDiscount {
  std::string offer;
  std::uint32_t line = 0;
  double minor = 0;
};

// A rival's answer as one that the checker can judge, read in the rival's favour: amounts are
// rounded, and the units that qualify, which it does not name, are free ones where there are any.
// Nothing where it uses an offer that this basket can not use, or a unit that there is not.
std::optional<offers::Solution> read_answer(const offers::Problem& problem,
                                            const std::vector<RivalDiscount>& discounts);

}  // namespace cartwright::bench
