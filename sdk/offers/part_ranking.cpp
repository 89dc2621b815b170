#include "offers/part_ranking.hpp"

#include <algorithm>

#include "offers/shares.hpp"

namespace cartwright::offers::search {
namespace {

void add_to_sets(const UnitClass& facts, std::span<const Eligible> list, const PartView& part,
                 std::span<const UnitIndex> units, Problem& own) {
  for (const Eligible& one : list) {
    const auto place = std::ranges::lower_bound(part.candidates, one.candidate);
    UnitLists& sets = own.items[static_cast<std::size_t>(place - part.candidates.begin())].sets;
    for (std::size_t set = 0; set < sets.size(); ++set) {
      if ((one.mask >> set & 1) == 0) continue;
      sets[set].insert(sets[set].end(), units.begin(), units.begin() + std::ssize(facts.units));
    }
  }
}

// The part as a problem of its own, its units in the order of their keys.
Problem problem_of(const PartView& part) {
  Problem own;
  own.coupons = part.problem->coupons;
  own.groups = part.problem->groups;
  own.units.resize(part.units.size());
  for (std::size_t i = 0; i < part.units.size(); ++i) {
    own.units[part.order[i] >> 1] = part.problem->units[part.units[i]];
  }
  for (const std::uint32_t number : part.candidates) {
    const Candidate& one = part.problem->items[number];
    own.items.push_back({.offer = one.offer, .sets = {}, .group = one.group, .coupon = one.coupon});
    own.items.back().sets.resize(one.sets.size());
  }
  std::vector<UnitIndex> places;
  for (const std::uint32_t order : part.order) places.push_back(order >> 1);
  std::span<const UnitIndex> units(places);
  for (const UnitClass& one : part.component->classes) {
    for (const auto& list : {one.bound, one.local, one.free}) {
      add_to_sets(one, list, part, units, own);
    }
    units = units.subspan(one.units.size());
  }
  for (Candidate& one : own.items) {
    for (auto& set : one.sets) std::ranges::sort(set);
  }
  return own;
}

}  // namespace

Effect rank_part(const PartView& part, Ranking ranking) {
  Effect effect;
  effect.applications = items_by_ranking(problem_of(part), ranking);
  std::vector<UnitIndex> numbers(part.units.size());
  for (UnitIndex i = 0; i < numbers.size(); ++i) numbers[part.order[i] >> 1] = i;
  for (Application& one : effect.applications) {
    for (UnitIndex& unit : one.qualify) unit = numbers[unit];
    for (Share& share : one.reward) share.unit = numbers[share.unit];
    effect.gain += discount_of(one.reward);
  }
  return effect;
}

}  // namespace cartwright::offers::search
