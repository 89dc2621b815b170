#include "offers/fitting.hpp"

#include <algorithm>

#include "offers/discount.hpp"
#include "offers/shares.hpp"

namespace cartwright::offers {
namespace {

using Case = Why::Case;
using Unfit = std::optional<Why>;

Unfit nothing() {
  return Why{Case::takes_nothing};
}

Unfit too_few(std::int64_t needed, std::size_t there, Case what, std::size_t slot = 0) {
  const auto have = static_cast<std::int64_t>(there);
  if (have >= needed) return std::nullopt;
  return Why{.what = what, .needed = needed, .there = have, .slot = slot};
}

// What can be said of one set, or of all; by shape.
class Fit {
 public:
  Fit(std::span<std::span<UnitIndex>> sets, const std::vector<Unit>& units)
      : sets_(sets), units_(units) {}

  Unfit operator()(const UnitOffer& offer) {
    keep_discounted(sets_[0], offer.reward);
    return sets_[0].empty() ? nothing() : std::nullopt;
  }

  Unfit operator()(const CheapestOf& offer) {
    if (offer.bps == 0) return nothing();
    return too_few(offer.n, sets_[0].size(), Case::too_few);
  }

  Unfit operator()(const NForPrice& offer) {
    if (auto why = too_few(offer.n, sets_[0].size(), Case::too_few)) return why;
    return not_above(dearest(sets_[0], offer.n), offer.price);
  }

  Unfit operator()(const BuyGet& offer) {
    if (auto why = too_few(offer.n, sets_[0].size(), Case::too_few_to_buy)) return why;
    if (std::holds_alternative<PriceReward>(offer.reward)) keep_discounted(sets_[1], offer.reward);
    if (auto why = too_few(offer.m, sets_[1].size(), Case::too_few_to_get)) return why;
    if (auto why = too_few(offer.n + offer.m, together().size(), Case::too_few)) return why;
    const auto worth = [&](UnitIndex unit) {
      return discount_of(offer.reward, units_[unit].base) > 0;
    };
    return std::any_of(sets_[1].begin(), sets_[1].end(), worth) ? std::nullopt : nothing();
  }

  Unfit operator()(const MealDeal& offer) {
    for (std::size_t slot = 0; slot < offer.slots.size(); ++slot) {
      const int n = offer.slots[slot].n;
      if (auto why = too_few(n, sets_[slot].size(), Case::too_few_in_slot, slot + 1)) return why;
    }
    std::int64_t needed = 0;
    Money most;
    for (std::size_t slot = 0; slot < offer.slots.size(); ++slot) {
      needed += offer.slots[slot].n;
      most += dearest(sets_[slot], offer.slots[slot].n);
    }
    if (auto why = too_few(needed, together().size(), Case::too_few)) return why;
    if (const auto* price = std::get_if<Money>(&offer.reward)) return not_above(most, *price);
    return std::get<PercentReward>(offer.reward).bps == 0 ? nothing() : std::nullopt;
  }

  Unfit operator()(const Tiers& offer) {
    const std::int64_t first = offer.steps.front().at;
    if (offer.by == TierBy::quantity) return too_few(first, sets_[0].size(), Case::too_few);
    return missing(sum_of(sets_[0], units_), Money(first), Case::step_missing);
  }

  Unfit operator()(const BasketOffer& offer) {
    const Money have = sum_of(sets_[0], units_);
    if (auto why = missing(have, offer.threshold, Case::threshold_missing)) return why;
    const auto* amount = std::get_if<Money>(&offer.reward);
    const auto* percent = std::get_if<PercentReward>(&offer.reward);
    const bool is_nothing =
        (amount != nullptr && *amount == Money(0)) || (percent != nullptr && percent->bps == 0);
    return is_nothing ? nothing() : std::nullopt;
  }

 private:
  void keep_discounted(std::span<UnitIndex>& set, const UnitReward& reward) const {
    const auto end = std::remove_if(set.begin(), set.end(), [&](UnitIndex unit) {
      return discount_of(reward, units_[unit].base) == 0;
    });
    set = set.first(static_cast<std::size_t>(end - set.begin()));
  }

  UnitSet together() const {
    UnitSet all;
    for (const auto& set : sets_) all.insert(all.end(), set.begin(), set.end());
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
  }

  // What the n dearest of the set cost; it has as many.
  Money dearest(std::span<const UnitIndex> set, int n) const {
    Money sum;
    for (const std::int64_t price : dearest_prices(set, n, units_)) sum += Money(price);
    return sum;
  }

  static Unfit not_above(Money most, Money price) {
    if (most > price) return std::nullopt;
    return Why{.what = Case::not_below_price, .needed = price.minor(), .there = most.minor()};
  }

  static Unfit missing(Money have, Money wanted, Case what) {
    if (have >= wanted) return std::nullopt;
    return Why{.what = what, .needed = wanted.minor(), .there = have.minor()};
  }

  std::span<std::span<UnitIndex>> sets_;
  const std::vector<Unit>& units_;
};

}  // namespace

Money sum_of(std::span<const UnitIndex> chosen, const std::vector<Unit>& units) {
  Money sum;
  for (const UnitIndex unit : chosen) sum += Money(units[unit].base);
  return sum;
}

std::optional<Why> why_it_can_not_fire(TouchedOffer& offer, const std::vector<Unit>& units) {
  return std::visit(Fit(offer.sets, units), offer.offer->shape);
}

}  // namespace cartwright::offers
