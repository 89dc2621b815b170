#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "offers/touched_offers.hpp"

namespace cartwright::offers {

// What a trip may still use of coupons and groups.
struct Allowances {
  std::map<std::string, std::int64_t, std::less<>> coupons;      // left, by id
  std::map<std::string, const Offer*, std::less<>> used_groups;  // by name: the offer that took it
};

// A mandatory offer's hold on one unit.
struct MandatoryUse {
  const Offer* offer = nullptr;
  UnitIndex unit = 0;
  std::int64_t discount = 0;
};

// True for the offers that stage 0 applies.
bool is_stage_zero(const Offer& offer);

// Applies the mandatory offers of single units: of several for a unit the one of the lowest
// (priority, id), to every unit that it may take and that has no overridden price, while its limit
// and coupons last, units of the lowest line keys first. Lowers the units' base, takes from the
// allowances, and says why an offer got none. By (priority, id), then unit.
std::vector<MandatoryUse> apply_stage_zero(std::span<const TouchedOffer> touched,
                                           const Basket& basket, BasketUnits& all,
                                           Allowances& allowances, Reasons& reasons);

}  // namespace cartwright::offers
