#include "offers/stage_zero.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

#include "offers/discount.hpp"

namespace cartwright::offers {
namespace {

std::vector<const TouchedOffer*> mandatory(std::span<const TouchedOffer> touched) {
  std::vector<const TouchedOffer*> list;
  for (const TouchedOffer& offer : touched) {
    if (offer.brief->is_mandatory && is_stage_zero(*offer.offer)) list.push_back(&offer);
  }
  std::sort(list.begin(), list.end(), [](const TouchedOffer* a, const TouchedOffer* b) {
    return std::tie(a->offer->priority, a->offer->id) < std::tie(b->offer->priority, b->offer->id);
  });
  return list;
}

// A fixed price takes only what costs more.
bool may_take(const UnitReward& reward, std::int64_t base) {
  const auto* price = std::get_if<PriceReward>(&reward);
  return price == nullptr || base > price->price.minor();
}

std::int64_t most_uses(const Offer& offer, const Allowances& allowances) {
  std::int64_t most = offer.limit.value_or(std::numeric_limits<std::int64_t>::max());
  if (!offer.coupon.empty()) most = std::min(most, allowances.coupons.find(offer.coupon)->second);
  return most;
}

}  // namespace

bool is_stage_zero(const Offer& offer) {
  return offer.mandatory && std::holds_alternative<UnitOffer>(offer.shape);
}

std::vector<MandatoryUse> apply_stage_zero(std::span<const TouchedOffer> touched,
                                           const Basket& basket, BasketUnits& all,
                                           Allowances& allowances, Reasons& reasons) {
  std::vector<MandatoryUse> uses;
  const std::vector<const TouchedOffer*> list = mandatory(touched);
  if (list.empty()) return uses;
  std::vector<bool> taken(all.units.size(), false);
  for (const TouchedOffer* each : list) {
    const Offer& offer = *each->offer;
    if (const auto group = allowances.used_groups.find(offer.group);
        group != allowances.used_groups.end()) {
      reasons.push_back({&offer, {.what = Why::Case::group_used, .other = group->second}});
      continue;
    }
    const UnitReward& reward = std::get<UnitOffer>(offer.shape).reward;
    std::int64_t left = most_uses(offer, allowances);
    std::int64_t used = 0;
    for (const UnitIndex unit : each->sets.front()) {
      std::int64_t& base = all.units[unit].base;
      const bool overridden = basket.lines()[all.units[unit].line].override_price.has_value();
      if (left == 0 || taken[unit] || overridden || !may_take(reward, base)) continue;
      taken[unit] = true;
      const std::int64_t discount = discount_of(reward, base);
      base -= discount;
      uses.push_back({&offer, unit, discount});
      --left;
      ++used;
    }
    if (used == 0) {
      reasons.push_back({&offer, {Why::Case::priced_already}});
      continue;
    }
    if (!offer.group.empty()) allowances.used_groups[offer.group] = &offer;
    if (!offer.coupon.empty()) allowances.coupons[offer.coupon] -= used;
  }
  return uses;
}

}  // namespace cartwright::offers
