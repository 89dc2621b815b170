#pragma once

#include <memory>
#include <vector>

#include "bench/assortment.hpp"

namespace cartwright::bench {

// So many offers as a chain has them, of all nine kinds (docs/offers.md), ids ascending; a seed
// always makes the same.
//
// Two thirds are about one product or a few of one type, as brands are promoted; a quarter about
// a type, the rest about several products of a category or all of it. A third of them turns to what
// is bought most, so that most products have one to three offers and a few have many. Rates and
// amounts take 5 to 40 % off. Some have a limit, a coupon or a group; some stack on others. Offers
// on the whole basket are one in a thousand, and two at least; where there are fewer than twenty
// offers, none.
std::vector<std::unique_ptr<offers::Offer>> made_offers(const Assortment& assortment,
                                                        std::size_t count, std::uint64_t seed);

}  // namespace cartwright::bench
