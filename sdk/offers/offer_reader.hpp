#pragma once

#include "base/json_object.hpp"
#include "offers/offer.hpp"

namespace cartwright::offers {

// One offer of a file, strictly. Error invalid_input as JsonObject says it: unknown keys, wrong
// types and ranges, a mandatory offer of a kind that may not be.
Offer read_offer(JsonObject& object);

}  // namespace cartwright::offers
