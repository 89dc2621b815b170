#pragma once

#include <cartwright/events.hpp>

#include <optional>

#include "cartwright/v1/trip.pb.h"
#include "offers/item_sale.hpp"

namespace cartwright::cart {

// What the trip log calls a refusal; nothing where there is no trip to write to.
std::optional<v1::ScanRefused::Why> why_of(Refusal why);

// What the app is told of an item that is not for sale.
Refusal refusal_of(offers::NotForSale::Why why);

}  // namespace cartwright::cart
