#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "offers/offer.hpp"

namespace cartwright::offers {

// True where every use of `loser` could be a use of `winner` that is no dearer and comes first: of
// one kind, at least the same units and facts, no limit, group or coupon that could run out, and
// the better reward or, with an equal one, the smaller (priority, id). Judges percent_off,
// amount_off, fixed_price, cheapest_of and n_for_price, exclusive and optional.
bool always_loses(const Offer& loser, const Offer& winner);

// For each offer the index of one that it always loses to.
std::vector<std::optional<std::size_t>> dominating(std::span<const Offer> offers);

}  // namespace cartwright::offers
