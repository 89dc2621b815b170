#include "offers/fitting.hpp"

#include <algorithm>
#include <functional>
#include <iterator>

#include "offers/discount.hpp"

namespace cartwright::offers {
namespace {

using Why = std::optional<std::string>;

const char* const kNothing = "it takes nothing off what is in the basket";

std::string count(std::int64_t units) {
  return std::to_string(units) + (units == 1 ? " unit" : " units");
}

Why too_few(std::int64_t needed, std::size_t there, const std::string& of = {}) {
  if (static_cast<std::int64_t>(there) >= needed) return std::nullopt;
  return "it needs " + count(needed) + of + ", the basket has " + std::to_string(there);
}

// What can be said of one set, or of all; by shape.
class Fit {
 public:
  Fit(std::vector<std::vector<UnitIndex>>& sets, const std::vector<Unit>& units,
      const Currency& currency)
      : sets_(sets), units_(units), currency_(currency) {}

  Why operator()(const UnitOffer& offer) {
    keep_discounted(sets_[0], offer.reward);
    return sets_[0].empty() ? Why(kNothing) : std::nullopt;
  }

  Why operator()(const CheapestOf& offer) {
    if (offer.bps == 0) return kNothing;
    return too_few(offer.n, sets_[0].size());
  }

  Why operator()(const NForPrice& offer) {
    if (auto why = too_few(offer.n, sets_[0].size())) return why;
    return not_above(dearest(sets_[0], offer.n), offer.price);
  }

  Why operator()(const BuyGet& offer) {
    if (auto why = too_few(offer.n, sets_[0].size(), " to buy")) return why;
    if (std::holds_alternative<PriceReward>(offer.reward)) keep_discounted(sets_[1], offer.reward);
    if (auto why = too_few(offer.m, sets_[1].size(), " to get")) return why;
    if (auto why = too_few(offer.n + offer.m, together().size())) return why;
    const auto worth = [&](UnitIndex unit) {
      return discount_of(offer.reward, units_[unit].base) > 0;
    };
    return std::any_of(sets_[1].begin(), sets_[1].end(), worth) ? std::nullopt : Why(kNothing);
  }

  Why operator()(const MealDeal& offer) {
    std::int64_t needed = 0;
    Money most;
    for (std::size_t slot = 0; slot < offer.slots.size(); ++slot) {
      const std::string of = " in slot " + std::to_string(slot + 1);
      if (auto why = too_few(offer.slots[slot].n, sets_[slot].size(), of)) return why;
      needed += offer.slots[slot].n;
      most += dearest(sets_[slot], offer.slots[slot].n);
    }
    if (auto why = too_few(needed, together().size())) return why;
    if (const auto* price = std::get_if<Money>(&offer.reward)) return not_above(most, *price);
    return std::get<PercentReward>(offer.reward).bps == 0 ? Why(kNothing) : std::nullopt;
  }

  Why operator()(const Tiers& offer) {
    const std::int64_t first = offer.steps.front().at;
    if (offer.by == TierBy::quantity) return too_few(first, sets_[0].size());
    return missing(sum_of(sets_[0], units_), Money(first), "its first step");
  }

  Why operator()(const BasketOffer& offer) {
    if (auto why = missing(sum_of(sets_[0], units_), offer.threshold, "its threshold")) return why;
    const auto* amount = std::get_if<Money>(&offer.reward);
    const auto* percent = std::get_if<PercentReward>(&offer.reward);
    const bool nothing =
        (amount != nullptr && *amount == Money(0)) || (percent != nullptr && percent->bps == 0);
    return nothing ? Why(kNothing) : std::nullopt;
  }

 private:
  void keep_discounted(std::vector<UnitIndex>& set, const UnitReward& reward) const {
    std::erase_if(set, [&](UnitIndex unit) { return discount_of(reward, units_[unit].base) == 0; });
  }

  std::vector<UnitIndex> together() const {
    std::vector<UnitIndex> all;
    for (const auto& set : sets_) all.insert(all.end(), set.begin(), set.end());
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
  }

  // What the n dearest of the set cost; it has as many.
  Money dearest(const std::vector<UnitIndex>& set, int n) const {
    std::vector<UnitIndex> order(set);
    std::partial_sort(order.begin(), order.begin() + n, order.end(),
                      [&](UnitIndex a, UnitIndex b) { return units_[a].base > units_[b].base; });
    order.resize(static_cast<std::size_t>(n));
    return sum_of(order, units_);
  }

  Why not_above(Money most, Money price) const {
    if (most > price) return std::nullopt;
    return "its price of " + format_with_code(price, currency_) +
           " is not below what its units cost, " + format_with_code(most, currency_);
  }

  Why missing(Money have, Money wanted, const char* what) const {
    if (have >= wanted) return std::nullopt;
    return format_with_code(wanted - have, currency_) + " are missing to " + what + " of " +
           format_with_code(wanted, currency_);
  }

  std::vector<std::vector<UnitIndex>>& sets_;
  const std::vector<Unit>& units_;
  const Currency& currency_;
};

}  // namespace

Money sum_of(const std::vector<UnitIndex>& chosen, const std::vector<Unit>& units) {
  Money sum;
  for (const UnitIndex unit : chosen) sum += Money(units[unit].base);
  return sum;
}

std::optional<std::string> why_it_can_not_fire(TouchedOffer& offer, const std::vector<Unit>& units,
                                               const Currency& currency) {
  return std::visit(Fit(offer.sets, units, currency), offer.offer->shape);
}

}  // namespace cartwright::offers
