#pragma once

#include "support/offers/random_problem.hpp"
#include "support/offers/shop.hpp"

namespace cartwright::judge {

// The made problem as a shop with one basket: products, offers and coupons by name. Takes the
// offers over; units that a line's price sets apart become overrides.
Shop shop_of(RandomProblem made);

}  // namespace cartwright::judge
