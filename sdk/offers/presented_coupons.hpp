#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/time_zone.hpp"
#include "offers/basket.hpp"
#include "offers/facts.hpp"
#include "offers/offer.hpp"

namespace cartwright::offers {

// What the coupons of GS1 application identifiers among those presented come to.
struct PresentedCoupons {
  Facts facts;                // each coupon by the id that offers ask for
  std::vector<Offer> offers;  // that coupons of AI (8110) bring along
  // Coupons of AI (8112) of which no server has spoken: the id that offers ask for, and as
  // presented.
  std::vector<std::pair<std::string, std::string>> pending;
  // As presented, and why they count for nothing.
  std::vector<std::pair<std::string, std::string>> declined;
};

// Whether the coupon, as presented, is one of AI (8112), which only a server can judge.
bool needs_server(std::string_view coupon);

// Whether there is anything for present() to look into.
bool has_gs1_coupons(const Facts& facts);

// "(8110)VALUE" becomes offers (coupon_offer.hpp). "(8112)VALUE" stands for coupon
// "8112-FUNDER-OFFERCODE", unless a server has refused it. One with a serial number counts once,
// however often it is presented. The year of dates is that of the basket's latest line.
PresentedCoupons present(const Facts& facts, const Basket& basket, const TimeZone* zone,
                         const Currency& currency);

}  // namespace cartwright::offers
