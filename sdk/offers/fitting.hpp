#pragma once

#include <optional>
#include <span>

#include "offers/touched_offers.hpp"

namespace cartwright::offers {

// Why the offer can not be used on these units whatever else is chosen; nothing where it might be.
// Units that a single-unit reward takes nothing off go out of its set.
std::optional<Why> why_it_can_not_fire(TouchedOffer& offer, const std::vector<Unit>& units);

// What the units cost together. Error invalid_input beyond 64 bits.
Money sum_of(std::span<const UnitIndex> chosen, const std::vector<Unit>& units);

}  // namespace cartwright::offers
