#include "offers/coupon_pricing.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "offers/presented_coupons.hpp"
#include "offers/price_memory.hpp"

namespace cartwright::offers {
namespace {

// The offers that this basket can have anything to do with, ascending.
std::vector<std::uint32_t> concerned(const OfferBook& book, const Basket& basket,
                                     const PresentedCoupons& coupons, bool all) {
  std::vector<std::uint32_t> numbers;
  if (all) {
    numbers.resize(book.offers().size());
    std::iota(numbers.begin(), numbers.end(), 0U);
    return numbers;
  }
  std::vector<OfferSet> found;
  for (const Line& line : basket.lines()) book.index().find(*line.product, found);
  for (const OfferSet& set : found) numbers.push_back(set.offer);
  for (const std::string& coupon : coupons.facts.coupons) {
    const auto asking = book.index().asking_for(coupon);
    numbers.insert(numbers.end(), asking.begin(), asking.end());
  }
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  return numbers;
}

// The total where the servers that have not spoken refuse.
Money total_without(const std::vector<std::pair<std::string, std::string>>& pending,
                    const OfferBook& book, const Basket& basket, const Facts& facts,
                    const PriceRules& rules, PriceOptions options) {
  Facts without = facts;
  for (const auto& [id, presented] : pending) without.refused.push_back(presented);
  options.nudges = 0;
  options.explain = false;
  options.declined = false;
  return price(book, basket, without, rules, options).totals.total;
}

// What the basket costs with the offers that coupons bring along. All offers of the store are
// joined only where they are needed: for the baskets that come after it, and for nudges, which
// price more than lies in the basket and have a memory.
PricedBasket price_with(const PresentedCoupons& coupons, const OfferBook& book,
                        const Basket& basket, const PriceRules& rules,
                        const PriceOptions& options) {
  if (options.memory != nullptr) {
    const OfferBook& all = options.memory->joined(book, coupons.offers);
    return price(all, basket, coupons.facts, rules, options);
  }
  const OfferBook live =
      book.part(concerned(book, basket, coupons, options.explain), coupons.offers);
  return price(live, basket, coupons.facts, rules, options);
}

}  // namespace

PricedBasket price_with_gs1_coupons(const OfferBook& book, const Basket& basket, const Facts& facts,
                                    const PriceRules& rules, const PriceOptions& options) {
  PresentedCoupons coupons = present(facts, basket, options.zone, rules.currency);
  PricedBasket priced = price_with(coupons, book, basket, rules, options);
  for (auto& [coupon, why] : coupons.declined) priced.declined.push_back({coupon, std::move(why)});
  for (const auto& [id, presented] : coupons.pending) {
    if (!book.index().asking_for(id).empty()) continue;
    priced.declined.push_back({presented, "no offer of the store names coupon " + id});
  }
  std::sort(priced.declined.begin(), priced.declined.end(),
            [](const DeclinedOffer& a, const DeclinedOffer& b) { return a.offer < b.offer; });
  if (coupons.pending.empty()) return priced;
  priced.provisional =
      total_without(coupons.pending, book, basket, facts, rules, options) - priced.totals.total;
  return priced;
}

}  // namespace cartwright::offers
