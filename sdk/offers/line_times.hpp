#pragma once

#include <cstdint>

#include "base/time_zone.hpp"
#include "offers/offers_file.hpp"
#include "offers/product.hpp"

namespace cartwright::offers {

// Whether pieces of the product that were added at these two moments (Unix seconds) may be one
// line, which has one time: no offer of the book that touches the product sees the one and not the
// other, and both are of one day of the store, since coupons of AI (8110) bring days of their own.
// Costs what touches the product, not what there is.
bool seen_alike(const OfferBook& book, const Product& product, const TimeZone& zone, std::int64_t a,
                std::int64_t b);

}  // namespace cartwright::offers
