#pragma once

#include <nlohmann/json.hpp>

#include "offers/offer.hpp"

namespace cartwright::judge {

// The offer as it stands in a file of offers (docs/offers.md); no hours, zones or stores.
nlohmann::ordered_json offer_json(const offers::Offer& offer);

}  // namespace cartwright::judge
