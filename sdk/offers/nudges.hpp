#pragma once

#include <vector>

#include "offers/solved_basket.hpp"

namespace cartwright::offers {

// What a few units more would save: near misses are tried by pricing the basket with them, so that
// each saving is what the next price shows. Those are tried first whose offer is likely to gain the
// most (use_worth.hpp), at most kMostTried, and none of which the offer, with those of single units
// and rates on what is added, takes off no more than the nudges found. A set is filled with its
// cheapest product that is in the basket, else with the suggested one. `solved` is the basket as it
// is. The greatest saving first, then by id.
std::vector<Nudge> nudges(const OfferBook& book, const Basket& basket, const Facts& facts,
                          const PriceOptions& options, const SolvedBasket& solved);

inline constexpr std::size_t kMostTried = 8;

}  // namespace cartwright::offers
