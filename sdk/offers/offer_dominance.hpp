#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "offers/offer.hpp"

namespace cartwright::offers {

// True where every use of `loser` could be a use of `winner` that is no dearer and comes first: of
// one kind, at least the same units and facts, nothing that could run out (of a group only one is
// used, so there what runs out for the loser too), and the better reward or, with an equal one, the
// smaller (priority, id). Judges exclusive and optional offers of all kinds, those of baskets
// within a group, since there all others add up.
bool always_loses(const Offer& loser, const Offer& winner);

// For each offer the index of one that it always loses to.
std::vector<std::optional<std::size_t>> dominating(std::span<const Offer> offers);

}  // namespace cartwright::offers
