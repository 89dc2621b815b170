#include "offers/discount.hpp"

#include <algorithm>

#include "offers/rounding.hpp"

namespace cartwright::offers {

std::int64_t percent_of(std::int64_t base, std::int64_t bps) {
  return share_of(Money(base), bps).minor();
}

std::int64_t discount_of(const UnitReward& reward, std::int64_t base) {
  if (const auto* percent = std::get_if<PercentReward>(&reward)) {
    return percent_of(base, percent->bps);
  }
  if (const auto* amount = std::get_if<AmountReward>(&reward)) {
    return std::min(amount->off.minor(), base);
  }
  return std::max<std::int64_t>(0, base - std::get<PriceReward>(reward).price.minor());
}

std::int64_t basket_discount_of(const BasketOffer& offer, std::int64_t left) {
  if (const auto* amount = std::get_if<Money>(&offer.reward))
    return std::min(amount->minor(), left);
  if (const auto* rate = std::get_if<PercentReward>(&offer.reward))
    return percent_of(left, rate->bps);
  return 0;
}

}  // namespace cartwright::offers
