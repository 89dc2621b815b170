#pragma once

#include <vector>

#include "offers/priced_basket.hpp"
#include "offers/problem_builder.hpp"

namespace cartwright::offers {

// What a few units more would save: each near miss is tried by pricing the basket with them, at
// most kMostTried of them. A set is filled with its cheapest product that is in the basket, else
// with the suggested one. `priced` is the basket as it is. The greatest saving first, then by id.
std::vector<Nudge> nudges(const OfferBook& book, const Basket& basket, const Facts& facts,
                          const PriceRules& rules, const PriceOptions& options,
                          const PricedBasket& priced, const BuiltProblem& built);

inline constexpr std::size_t kMostTried = 16;

}  // namespace cartwright::offers
