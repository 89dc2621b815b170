#pragma once

#include <cstddef>
#include <memory>

#include "base/time_zone.hpp"
#include "cartwright/v1/trip.pb.h"
#include "offers/offer_store.hpp"
#include "offers/priced_basket.hpp"

namespace cartwright::trip {

// What a trip's totals are worked out by, from its start to its end.
struct Tariff {
  offers::PriceRules rules;
  std::shared_ptr<const offers::OfferVersion> offers;  // null: the trip has none
  TimeZone zone;                                       // the store's
};

// As the header names it. Error invalid_input or not_found for rules and a zone that can not be,
// for offers in another currency, and where the source does not have the offers.
Tariff tariff_of(const v1::TripHeader& header, const offers::OfferSource& source);

// The basket's price by it, with at most so many nudges. A pure function of its arguments: a line's
// `at` is the only clock. The memory (null: none) makes it faster and changes nothing. Errors as of
// offers::price().
offers::PricedBasket price(const Tariff& tariff, const offers::Basket& basket,
                           const offers::Facts& facts, std::size_t nudges = 0,
                           const offers::Suggest& suggest = {},
                           offers::PriceMemory* memory = nullptr);

}  // namespace cartwright::trip
