#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "cartwright/v1/trip.pb.h"
#include "offers/basket.hpp"
#include "offers/item_sale.hpp"
#include "offers/product.hpp"
#include "offers/totals.hpp"
#include "trip/clock.hpp"

namespace cartwright::trip {

// Between the log's messages and the types of offers and of the clock. Pure functions.

// The item of a line: the product as the catalog has it now, sold under `gtin` (may be empty).
v1::Item item_of(const offers::Product& product, std::string_view gtin);
// The same with what its code told, and what the shopper was told of it.
v1::Item item_of(const offers::ItemSale& sale, std::string_view gtin);
// Back, as totals need it. Error invalid_input for a GTIN with a wrong check digit, negative
// prices or an item without product id.
std::shared_ptr<const offers::Product> product_of(const v1::Item& item);

// Error invalid_input for a price that is for neither 100 g nor 1 kg.
offers::SoldBy sold_by_of(const v1::Item& item);
// What the item's code told, as far as a recall goes by it.
gs1::Facts label_of(const v1::Item& item);

void put_rules(v1::TripHeader& header, const offers::PriceRules& rules);
// Error invalid_input or not_found for an unknown currency, a doubled class or an absurd rate.
offers::PriceRules rules_of(const v1::TripHeader& header);

v1::Time fact_time(const Time& time, std::uint32_t boot);
// RFC 3339 with offset, e.g. 2026-03-01T08:15:00.250+01:00.
std::string rfc3339(const v1::Time& time);
// Back to UTC milliseconds. Error invalid_input for what is no time with offset of RFC 3339.
std::int64_t utc_ms_of(std::string_view text);
// Error invalid_input where the time is outside years 1970 to 9999 or the offset beyond a day.
void check_time(const v1::Time& time);

// The text with at most `limit` bytes, and "?" for bytes where it is no UTF-8: texts of devices
// must not make a fact unreadable.
std::string clean(std::string_view text, std::size_t limit = 200);
// All digits but the last four become "*" where more than four stand.
std::string masked(std::string_view pan);

}  // namespace cartwright::trip
