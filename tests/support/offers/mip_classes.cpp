#include "support/offers/mip_classes.hpp"

#include <algorithm>
#include <map>

#include "support/offers/discounts.hpp"

namespace cartwright::judge {
namespace {

using namespace offers;

bool has(const UnitList& units, UnitIndex unit) {
  return std::binary_search(units.begin(), units.end(), unit);
}

bool once(const TierStep& step) {
  return std::holds_alternative<Money>(step.reward);
}

bool is_tiers(const Offer& offer) {
  return std::holds_alternative<Tiers>(offer.shape);
}

// Whose discount is a sum over the application.
bool is_bundle(const Offer& offer) {
  if (std::holds_alternative<NForPrice>(offer.shape)) return true;
  if (const auto* deal = std::get_if<MealDeal>(&offer.shape)) {
    return std::holds_alternative<Money>(deal->reward);
  }
  const auto* tiers = std::get_if<Tiers>(&offer.shape);
  return tiers != nullptr && std::any_of(tiers->steps.begin(), tiers->steps.end(), once);
}

UnitList all_units(const Candidate& candidate) {
  UnitList all;
  for (const UnitList& set : candidate.sets) all.insert(all.end(), set.begin(), set.end());
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

bool meet(const UnitList& a, const UnitList& b) {
  return std::any_of(a.begin(), a.end(), [&](UnitIndex unit) { return has(b, unit); });
}

bool within(const UnitList& a, const UnitList& b) {
  return std::all_of(a.begin(), a.end(), [&](UnitIndex unit) { return has(b, unit); });
}

bool needs_writing_out(const Problem& problem, std::size_t index) {
  const Candidate& candidate = problem.items[index];
  if (!is_bundle(*candidate.offer)) return false;
  const UnitList units = all_units(candidate);
  for (std::size_t other = 0; other < problem.items.size(); ++other) {
    const bool stacks = !problem.items[other].offer->exclusive || !candidate.offer->exclusive;
    if (other != index && stacks && meet(units, all_units(problem.items[other]))) return true;
  }
  return std::any_of(
      problem.baskets.begin(), problem.baskets.end(), [&](const BasketCandidate& basket) {
        if (!meet(units, basket.scope)) return false;
        const auto& shape = std::get<BasketOffer>(basket.offer->shape);
        const bool red = shape.base == ThresholdBase::net && !is_tiers(*candidate.offer);
        return red || !within(units, basket.scope);
      });
}

// The most that offer takes off a unit of this price.
std::int64_t most_off(const Offer& offer, std::int64_t base) {
  const auto each = [&](const UnitReward& reward) -> std::int64_t {
    if (const auto* percent = std::get_if<PercentReward>(&reward)) {
      return (base * percent->bps + 5'000) / 10'000;
    }
    if (const auto* amount = std::get_if<AmountReward>(&reward)) {
      return std::min(amount->off.minor(), base);
    }
    return std::max<std::int64_t>(base - std::get<PriceReward>(reward).price.minor(), 0);
  };
  if (const auto* unit = std::get_if<UnitOffer>(&offer.shape)) return each(unit->reward);
  if (const auto* buy_get = std::get_if<BuyGet>(&offer.shape)) return each(buy_get->reward);
  if (const auto* cheapest = std::get_if<CheapestOf>(&offer.shape)) {
    return each(PercentReward{cheapest->bps});
  }
  return base;
}

// Whether all that could fall on the unit at once exceeds its price.
bool could_exceed(const Problem& problem, UnitIndex unit) {
  const std::int64_t base = problem.units[unit].base;
  std::int64_t exclusive = 0;
  std::int64_t stacked = 0;
  for (const Candidate& candidate : problem.items) {
    if (!has(all_units(candidate), unit)) continue;
    const std::int64_t most = most_off(*candidate.offer, base);
    if (candidate.offer->exclusive) {
      exclusive = std::max(exclusive, most);
    } else {
      stacked += most;
    }
  }
  return stacked > 0 && exclusive + stacked > base;
}

std::vector<std::uint32_t> signature(const Problem& problem, UnitIndex unit) {
  std::vector<std::uint32_t> marks;
  std::uint32_t mark = 0;
  for (const Candidate& candidate : problem.items) {
    for (const UnitList& set : candidate.sets) {
      if (++mark; has(set, unit)) marks.push_back(mark);
    }
  }
  for (const BasketCandidate& basket : problem.baskets) {
    if (++mark; has(basket.scope, unit)) marks.push_back(mark);
  }
  return marks;
}

// A basket offer's discount falls on lines by largest remainder; a later scope that holds some of
// them only would need these shares.
std::string crossing_scopes(const Problem& problem) {
  for (std::size_t i = 0; i < problem.baskets.size(); ++i) {
    for (std::size_t j = i + 1; j < problem.baskets.size(); ++j) {
      const BasketCandidate& first = problem.baskets[i];
      const BasketCandidate& then = problem.baskets[j];
      if (first.group && first.group == then.group) continue;
      if (!meet(first.scope, then.scope) || within(first.scope, then.scope)) continue;
      return "basket offer " + then.offer->id + " sees a part of the scope of " + first.offer->id;
    }
  }
  return {};
}

}  // namespace

std::vector<std::size_t> Classes::of(const UnitList& units) const {
  std::vector<std::size_t> found;
  for (const UnitIndex unit : units) found.push_back(of_unit[unit]);
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

Classes classify(const Problem& problem) {
  Classes result;
  result.unsupported = crossing_scopes(problem);
  for (std::size_t i = 0; i < problem.items.size(); ++i) {
    result.written_out.push_back(needs_writing_out(problem, i));
  }
  const bool singly = std::any_of(result.written_out.begin(), result.written_out.end(),
                                  [](bool out) { return out; });
  using Mark = std::vector<std::uint32_t>;
  std::map<std::pair<std::int64_t, Mark>, std::size_t> known;
  for (UnitIndex unit = 0; unit < problem.units.size(); ++unit) {
    const std::int64_t base = problem.units[unit].base;
    const bool capped = could_exceed(problem, unit);
    Mark mark = signature(problem, unit);
    if (singly || capped) mark.push_back(1'000'000 + unit);
    const auto [at, fresh] = known.try_emplace({base, mark}, result.classes.size());
    if (fresh) {
      result.classes.push_back({.base = base, .size = 0, .units = {}});
      result.capped.push_back(capped);
    }
    UnitClass& its = result.classes[at->second];
    ++its.size;
    its.units.push_back(unit);
    result.of_unit.push_back(at->second);
  }
  return result;
}

}  // namespace cartwright::judge
