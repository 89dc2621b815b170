#include "offers/never_worth.hpp"

#include <algorithm>
#include <utility>

#include "offers/basket_file.hpp"
#include "offers/discount.hpp"

namespace cartwright::offers {
namespace {

using Why = std::optional<std::string>;

bool gives_nothing(const UnitReward& reward) {
  if (const auto* percent = std::get_if<PercentReward>(&reward)) return percent->bps == 0;
  const auto* amount = std::get_if<AmountReward>(&reward);
  return amount != nullptr && amount->off == Money(0);
}

bool gives_nothing(const TierStep& step) {
  const auto* percent = std::get_if<PercentReward>(&step.reward);
  return percent != nullptr ? percent->bps == 0 : std::get<Money>(step.reward) == Money(0);
}

// The most that units of a set can cost in one basket; nothing where weights decide.
std::optional<Money> most_of(const SetFacts& set) {
  if (set.weighed) return std::nullopt;
  return set.dearest * kMaxBasketUnits;
}

Why too_many(std::int64_t units) {
  if (units <= kMaxBasketUnits) return std::nullopt;
  return "it needs " + std::to_string(units) + " units; a basket has at most " +
         std::to_string(kMaxBasketUnits);
}

class NeverWorth {
 public:
  NeverWorth(const std::vector<SetFacts>* sets, const Currency& currency)
      : sets_(sets), currency_(currency) {}

  Why operator()(const UnitOffer& offer) const { return reward(offer.reward, 0); }

  Why operator()(const CheapestOf& offer) const {
    if (auto why = too_many(offer.n)) return why;
    return reward(PercentReward{offer.bps}, 0);
  }

  Why operator()(const NForPrice& offer) const {
    if (auto why = too_many(offer.n)) return why;
    return bundle(offer.price, {offer.n});
  }

  Why operator()(const BuyGet& offer) const {
    if (auto why = too_many(std::int64_t{offer.n} + offer.m)) return why;
    return reward(offer.reward, 1);
  }

  Why operator()(const MealDeal& offer) const {
    std::vector<int> counts;
    std::int64_t units = 0;
    for (const Slot& slot : offer.slots) {
      counts.push_back(slot.n);
      units += slot.n;
    }
    if (auto why = too_many(units)) return why;
    if (const auto* percent = std::get_if<PercentReward>(&offer.reward)) return rate(percent->bps);
    return bundle(std::get<Money>(offer.reward), counts);
  }

  Why operator()(const Tiers& offer) const {
    if (std::all_of(offer.steps.begin(), offer.steps.end(),
                    [](const TierStep& step) { return gives_nothing(step); })) {
      return "no step of it takes anything off";
    }
    const std::int64_t first = offer.steps.front().at;
    if (offer.by == TierBy::quantity) return too_many(first);
    return sets_ == nullptr ? std::nullopt : out_of_reach(Money(first), (*sets_)[0]);
  }

  Why operator()(const BasketOffer& offer) const {
    if (const auto* percent = std::get_if<PercentReward>(&offer.reward)) {
      if (percent->bps == 0) return rate(0);
    } else if (const auto* amount = std::get_if<Money>(&offer.reward)) {
      if (*amount == Money(0)) return rate(0);
    }
    if (sets_ == nullptr) return std::nullopt;
    return out_of_reach(offer.threshold, (*sets_)[0]);
  }

 private:
  static Why rate(std::int64_t bps) {
    return bps == 0 ? Why("it takes nothing off") : std::nullopt;
  }

  Why out_of_reach(Money threshold, const SetFacts& set) const {
    const auto most = most_of(set);
    if (!most || *most >= threshold) return std::nullopt;
    return "no basket reaches " + format_with_code(threshold, currency_) + ": " +
           std::to_string(kMaxBasketUnits) + " units of its products cost at most " +
           format_with_code(*most, currency_);
  }

  Why reward(const UnitReward& reward, std::size_t set) const {
    if (gives_nothing(reward)) return "it takes nothing off";
    if (sets_ == nullptr || (*sets_)[set].weighed) return std::nullopt;
    const Money dearest = (*sets_)[set].dearest;
    if (discount_of(reward, dearest.minor()) > 0) return std::nullopt;
    if (const auto* price = std::get_if<PriceReward>(&reward)) {
      return "none of its products costs more than " + format_with_code(price->price, currency_);
    }
    return "its dearest product costs " + format_with_code(dearest, currency_) +
           ", of which it takes nothing off";
  }

  Why bundle(Money price, const std::vector<int>& counts) const {
    if (sets_ == nullptr) return std::nullopt;
    Money dearest;
    for (std::size_t set = 0; set < counts.size(); ++set) {
      if ((*sets_)[set].weighed) return std::nullopt;
      dearest += (*sets_)[set].dearest * counts[set];
    }
    if (dearest > price) return std::nullopt;
    return "its units cost at most " + format_with_code(dearest, currency_) +
           ", which is not above its price of " + format_with_code(price, currency_);
  }

  const std::vector<SetFacts>* sets_;
  const Currency& currency_;
};

// Whether the later step gives no more than the earlier one, which needs less; nothing where that
// depends on prices.
bool gives_no_more(const TierStep& later, const TierStep& earlier) {
  if (gives_nothing(later)) return true;
  if (later.reward.index() != earlier.reward.index()) return false;
  if (const auto* percent = std::get_if<PercentReward>(&later.reward)) {
    return percent->bps <= std::get<PercentReward>(earlier.reward).bps;
  }
  return std::get<Money>(later.reward) <= std::get<Money>(earlier.reward);
}

}  // namespace

std::optional<std::string> why_never_worth(const Offer& offer, const std::vector<SetFacts>* sets,
                                           const Currency& currency) {
  return std::visit(NeverWorth(sets, currency), offer.shape);
}

std::vector<std::string> idle_steps(const Tiers& tiers, const SetFacts* set) {
  const auto most =
      tiers.by == TierBy::quantity
          ? std::optional(kMaxBasketUnits)
          : (set == nullptr || set->weighed ? std::nullopt : std::optional(most_of(*set)->minor()));
  std::vector<std::string> idle;
  for (std::size_t i = 1; i < tiers.steps.size(); ++i) {
    const std::string step = "the step at " + std::to_string(tiers.steps[i].at);
    if (most && tiers.steps[i].at > *most) {
      idle.push_back(step + " is never reached");
    } else if (gives_no_more(tiers.steps[i], tiers.steps[i - 1])) {
      idle.push_back(step + " gives no more than the one at " +
                     std::to_string(tiers.steps[i - 1].at));
    }
  }
  return idle;
}

std::optional<std::string> why_dearer(const Offer& offer, const std::vector<SetFacts>& sets,
                                      const Currency& currency) {
  std::int64_t units = 1;
  Money price;
  if (const auto* bundle = std::get_if<NForPrice>(&offer.shape)) {
    units = bundle->n;
    price = bundle->price;
  } else if (const auto* unit = std::get_if<UnitOffer>(&offer.shape)) {
    const auto* fixed = std::get_if<PriceReward>(&unit->reward);
    if (fixed == nullptr) return std::nullopt;
    price = fixed->price;
  } else {
    return std::nullopt;
  }
  const SetFacts& set = sets.front();
  if (!set.cheapest || *set.cheapest * units > price) return std::nullopt;
  return std::to_string(units) + " of " + set.cheapest_product + " cost " +
         format_with_code(*set.cheapest * units, currency) + ", no more than its price of " +
         format_with_code(price, currency);
}

}  // namespace cartwright::offers
