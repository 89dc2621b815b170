#pragma once

#include <cstdint>

#include "offers/offer.hpp"

namespace cartwright::offers {

// What a reward takes off one unit of price `base` (minor units, >= 0): from 0 to `base`.
std::int64_t discount_of(const UnitReward& reward, std::int64_t base);

// What a basket offer takes off `left` (>= 0), which is what its scope still costs: from 0 to
// `left`. Points and gifts take nothing.
std::int64_t basket_discount_of(const BasketOffer& offer, std::int64_t left);

// `base` x bps / 10000, halves up.
std::int64_t percent_of(std::int64_t base, std::int64_t bps);

}  // namespace cartwright::offers
