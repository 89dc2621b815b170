#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "offers/offer.hpp"
#include "offers/problem.hpp"

namespace cartwright::offers {

struct Lack;

// What the next use of an offer is worth, in minor units, where it gets what it lacks: of each set
// as many units at its cheapest price. What a set without units would get counts as free of charge:
// its price is for the caller to add, who knows the product.
struct UseWorth {
  std::int64_t most = 0;    // if the offer were the only one
  std::int64_t likely = 0;  // less what is off its units now
};

// `net`: by unit, what it costs now.
UseWorth worth_of_next_use(const Offer& offer, std::span<const std::span<UnitIndex>> sets,
                           const std::vector<Unit>& units, std::span<const std::int64_t> net,
                           const std::vector<Lack>& lacks);

}  // namespace cartwright::offers
