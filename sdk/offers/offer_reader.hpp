#pragma once

#include "base/json_object.hpp"
#include "offers/offer.hpp"

namespace cartwright::offers {

// One offer of a file, strictly. Error invalid_input as JsonObject says it: unknown keys, wrong
// types and ranges. Whether its kind may be mandatory is for the caller to judge.
Offer read_offer(JsonObject& object);

}  // namespace cartwright::offers
