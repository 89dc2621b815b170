#include "support/offers/random_shop.hpp"

#include <algorithm>
#include <map>

namespace cartwright::judge {

using namespace offers;

Shop shop_of(RandomProblem made) {
  const Problem& problem = made.problem;
  Shop shop;
  std::uint32_t products = 0;
  for (const Unit& unit : problem.units) products = std::max(products, unit.product + 1);
  for (std::uint32_t i = 0; i < products; ++i) {
    const std::string id = "p" + std::to_string(i);
    shop.products.push_back(
        {.id = id, .gtin = demonstration_number(i + 1), .name = id, .price = 0, .categories = {}});
  }
  ShopBasket basket{.store = demonstration_number(1),
                    .at = "2027-03-05T10:00:00+01:00",
                    .lines = {},
                    .coupons = {}};
  std::map<std::uint32_t, std::size_t> places;
  for (const Unit& unit : problem.units) {
    const auto [at, fresh] = places.try_emplace(unit.line, basket.lines.size());
    if (fresh) {
      basket.lines.push_back({.key = std::to_string(1'001 + unit.rank),
                              .product = unit.product,
                              .units = 0,
                              .price = unit.base});
      shop.products[unit.product].price = unit.base;
    }
    ++basket.lines[at->second].units;
  }
  std::map<std::string, std::int64_t> presented;
  const auto present = [&](const auto& candidate) {
    if (candidate.coupon) presented[candidate.offer->coupon] = problem.coupons[*candidate.coupon];
  };
  for (const Candidate& candidate : problem.items) present(candidate);
  for (const BasketCandidate& candidate : problem.baskets) present(candidate);
  for (const auto& [coupon, count] : presented) {
    for (std::int64_t i = 0; i < count; ++i) basket.coupons.push_back(coupon);
  }
  shop.offers = std::move(made.offers);
  std::sort(shop.offers.begin(), shop.offers.end(),
            [](const auto& a, const auto& b) { return a->id < b->id; });
  shop.baskets.push_back(std::move(basket));
  return shop;
}

}  // namespace cartwright::judge
