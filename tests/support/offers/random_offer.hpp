#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "offers/offer.hpp"
#include "support/offers/dice.hpp"

namespace cartwright::judge {

// An item offer of any kind; `next_set` makes its sets in the order of Candidate::sets.
offers::Shape random_item_shape(Dice& dice, const std::function<offers::ProductSet()>& next_set,
                                std::int64_t most_price);

// In basis points, often one that makes halves.
std::int64_t random_rate(Dice& dice);

// The name of the kind as it stands in a file of offers.
std::string kind_of(const offers::Shape& shape);

}  // namespace cartwright::judge
