#pragma once

#include <string_view>
#include <vector>

#include "offers/catalog.hpp"
#include "trip/verify.hpp"

namespace cartwright::trip {

// Derives each item of the trip again, out of the catalog version that its header names and what
// the item's code told: product, price of the store and moment, markdown, deposit, tax class. A
// finding for each that the log holds otherwise, and one where the store does not have that version
// any more. Empty where all is well; a price that stood in the code is taken as logged. Error
// corrupt where the trip can not be read, not_found where there is none.
std::vector<Finding> verify_items(TripLog& log, std::string_view trip_id,
                                  const offers::CatalogStore& catalogs);

}  // namespace cartwright::trip
