#include "support/offers/discounts.hpp"

#include <algorithm>
#include <functional>

#include "support/offers/arithmetic.hpp"

namespace cartwright::judge {
namespace {

using namespace offers;
using Amounts = std::vector<std::int64_t>;

bool among(const UnitList& set, UnitIndex unit) {
  return std::find(set.begin(), set.end(), unit) != set.end();
}

bool all_among(const UnitList& set, const UnitList& units) {
  return std::all_of(units.begin(), units.end(), [&](UnitIndex unit) { return among(set, unit); });
}

class OneApplication {
 public:
  OneApplication(const Problem& problem, const Candidate& candidate, const UnitList& qualify,
                 const UnitList& reward)
      : problem_(problem), sets_(candidate.sets), qualify_(qualify), reward_(reward) {}

  Discounts of(const UnitOffer& offer) const {
    if (!qualify_.empty() || reward_.size() != 1) return "takes one rewarded unit";
    if (!all_among(sets_.at(0), reward_)) return "takes a unit that is not of its set";
    return each(offer.reward);
  }

  Discounts of(const CheapestOf& offer) const {
    if (static_cast<int>(reward_.size()) != offer.k) return "does not reward k units";
    if (static_cast<int>(qualify_.size()) != offer.n - offer.k) return "does not use n units";
    if (!all_among(sets_.at(0), reward_) || !all_among(sets_.at(0), qualify_)) {
      return "takes a unit that is not of its set";
    }
    if (dearer_than_qualifying()) return "rewards a unit that is not among its cheapest";
    return each(PercentReward{offer.bps});
  }

  Discounts of(const NForPrice& offer) const {
    if (!qualify_.empty() || static_cast<int>(reward_.size()) != offer.n) {
      return "does not reward n units";
    }
    if (!all_among(sets_.at(0), reward_)) return "takes a unit that is not of its set";
    return bundle(offer.price.minor());
  }

  Discounts of(const BuyGet& offer) const {
    if (static_cast<int>(qualify_.size()) != offer.n) return "does not qualify by n units";
    if (static_cast<int>(reward_.size()) != offer.m) return "does not reward m units";
    if (!all_among(sets_.at(0), qualify_)) return "qualifies by a unit that is not of `buy`";
    if (!all_among(sets_.at(1), reward_)) return "rewards a unit that is not of `get`";
    if (offer.lesser && dearer_than_qualifying()) {
      return "rewards a unit that costs more than a qualifying one";
    }
    return each(offer.reward);
  }

  Discounts of(const MealDeal& offer) const {
    if (!qualify_.empty()) return "has qualifying units";
    if (!fill_slots(offer, sets_, reward_)) return "does not fill its slots";
    if (const auto* price = std::get_if<Money>(&offer.reward)) return bundle(price->minor());
    return each(std::get<PercentReward>(offer.reward));
  }

  Discounts of(const Tiers& offer) const {
    if (!qualify_.empty() || reward_.empty()) return "takes rewarded units only";
    if (!all_among(sets_.at(0), reward_)) return "takes a unit that is not of its set";
    const std::int64_t reached =
        offer.by == TierBy::quantity ? static_cast<std::int64_t>(reward_.size()) : sum();
    const TierStep* step = nullptr;
    for (const TierStep& candidate : offer.steps) {
      if (reached >= candidate.at) step = &candidate;
    }
    if (step == nullptr) return "does not reach its first step";
    if (const auto* once = std::get_if<Money>(&step->reward)) {
      return shared(std::min(once->minor(), sum()));
    }
    return each(std::get<PercentReward>(step->reward));
  }

  Discounts of(const BasketOffer&) const { return "is a basket offer among the item offers"; }

 private:
  std::int64_t base(UnitIndex unit) const { return problem_.units[unit].base; }

  std::int64_t sum() const {
    std::int64_t sum = 0;
    for (const UnitIndex unit : reward_) sum += base(unit);
    return sum;
  }

  bool dearer_than_qualifying() const {
    for (const UnitIndex rewarded : reward_) {
      for (const UnitIndex qualifying : qualify_) {
        if (base(rewarded) > base(qualifying)) return true;
      }
    }
    return false;
  }

  Discounts each(const UnitReward& reward) const {
    Amounts amounts;
    for (const UnitIndex unit : reward_) {
      if (const auto* percent = std::get_if<PercentReward>(&reward)) {
        amounts.push_back(percent_half_up(base(unit), percent->bps));
      } else if (const auto* amount = std::get_if<AmountReward>(&reward)) {
        amounts.push_back(std::min(amount->off.minor(), base(unit)));
      } else {
        const std::int64_t price = std::get<PriceReward>(reward).price.minor();
        if (base(unit) <= price) return "fixes the price of a unit that does not cost more";
        amounts.push_back(base(unit) - price);
      }
    }
    return amounts;
  }

  Discounts bundle(std::int64_t price) const {
    if (sum() <= price) return "bundles units that do not cost more than its price";
    return shared(sum() - price);
  }

  Discounts shared(std::int64_t discount) const {
    std::vector<Weight> weights;
    for (const UnitIndex unit : reward_) {
      weights.push_back({.weight = base(unit), .rank = problem_.units[unit].rank});
    }
    return largest_remainder(discount, weights);
  }

  const Problem& problem_;
  const UnitLists& sets_;
  const UnitList& qualify_;
  const UnitList& reward_;
};

}  // namespace

bool fill_slots(const MealDeal& deal, const UnitLists& sets, const UnitList& units) {
  // Places, each of a slot; augmenting paths from units to places.
  std::vector<std::size_t> places;
  for (std::size_t slot = 0; slot < deal.slots.size(); ++slot) {
    places.insert(places.end(), static_cast<std::size_t>(deal.slots[slot].n), slot);
  }
  if (places.size() != units.size()) return false;
  constexpr std::size_t kNobody = static_cast<std::size_t>(-1);
  std::vector<std::size_t> holder(places.size(), kNobody);
  std::vector<bool> seen;
  const std::function<bool(std::size_t)> seat = [&](std::size_t unit) {
    for (std::size_t place = 0; place < places.size(); ++place) {
      if (seen[place] || !among(sets.at(places[place]), units[unit])) continue;
      seen[place] = true;
      if (holder[place] == kNobody || seat(holder[place])) {
        holder[place] = unit;
        return true;
      }
    }
    return false;
  };
  for (std::size_t unit = 0; unit < units.size(); ++unit) {
    seen.assign(places.size(), false);
    if (!seat(unit)) return false;
  }
  return true;
}

Discounts discounts_of(const Problem& problem, const Candidate& candidate, const UnitList& qualify,
                       const UnitList& reward) {
  UnitList all = qualify;
  all.insert(all.end(), reward.begin(), reward.end());
  std::sort(all.begin(), all.end());
  if (std::adjacent_find(all.begin(), all.end()) != all.end()) return "takes a unit twice";
  if (!all.empty() && all.back() >= problem.units.size()) return "takes a unit that there is not";
  const OneApplication application(problem, candidate, qualify, reward);
  return std::visit([&](const auto& shape) { return application.of(shape); },
                    candidate.offer->shape);
}

}  // namespace cartwright::judge
