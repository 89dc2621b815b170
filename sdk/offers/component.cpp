#include "offers/component.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

namespace cartwright::offers::search {
namespace {

// Who belongs together: a forest whose trees are joined.
class Forest {
 public:
  explicit Forest(std::size_t size) : parents_(size) {
    std::iota(parents_.begin(), parents_.end(), 0U);
  }
  std::uint32_t root(std::uint32_t one) {
    while (parents_[one] != one) one = parents_[one] = parents_[parents_[one]];
    return one;
  }
  // The lower root stays, so that the result does not depend on the order of joins.
  void join(std::uint32_t a, std::uint32_t b) {
    a = root(a);
    b = root(b);
    parents_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<std::uint32_t> parents_;
};

std::int64_t count_of(const std::vector<UnitIndex>& set) {
  return static_cast<std::int64_t>(set.size());
}

// What the shape makes of the units.
std::int64_t most_by_units(const Candidate& candidate) {
  const Shape& shape = candidate.offer->shape;
  if (const auto* cheapest = std::get_if<CheapestOf>(&shape)) {
    return count_of(candidate.sets[0]) / cheapest->n;
  }
  if (const auto* bundle = std::get_if<NForPrice>(&shape)) {
    return count_of(candidate.sets[0]) / bundle->n;
  }
  if (const auto* buy_get = std::get_if<BuyGet>(&shape)) {
    return std::min(count_of(candidate.sets[0]) / buy_get->n,
                    count_of(candidate.sets[1]) / buy_get->m);
  }
  if (const auto* meal = std::get_if<MealDeal>(&shape)) {
    std::int64_t most = count_of(candidate.sets[0]) / meal->slots[0].n;
    for (std::size_t i = 1; i < meal->slots.size(); ++i) {
      most = std::min(most, count_of(candidate.sets[i]) / meal->slots[i].n);
    }
    return most;
  }
  if (std::holds_alternative<Tiers>(shape)) return candidate.sets[0].empty() ? 0 : 1;
  return count_of(candidate.sets[0]);
}

using ByUnit = std::vector<std::vector<Eligible>>;

ByUnit eligible_by_unit(const Problem& problem, const std::vector<std::int64_t>& most) {
  ByUnit by_unit(problem.units.size());
  for (std::uint32_t i = 0; i < problem.items.size(); ++i) {
    if (most[i] == 0) continue;
    for (std::size_t set = 0; set < problem.items[i].sets.size(); ++set) {
      for (const UnitIndex unit : problem.items[i].sets[set]) {
        auto& list = by_unit[unit];
        if (list.empty() || list.back().candidate != i) list.push_back({i, 0});
        list.back().mask |= 1U << set;
      }
    }
  }
  return by_unit;
}

Forest joined(const Problem& problem, const std::vector<std::int64_t>& most,
              const ByUnit& by_unit) {
  Forest forest(problem.items.size());
  std::map<std::pair<int, std::uint32_t>, std::uint32_t> shared;
  const auto join_through = [&](int kind, std::uint32_t what, std::uint32_t candidate) {
    const auto [at, is_new] = shared.try_emplace({kind, what}, candidate);
    if (!is_new) forest.join(at->second, candidate);
  };
  for (std::uint32_t i = 0; i < problem.items.size(); ++i) {
    if (most[i] == 0) continue;
    if (problem.items[i].group) join_through(0, *problem.items[i].group, i);
    if (problem.items[i].coupon) join_through(1, *problem.items[i].coupon, i);
  }
  for (const auto& list : by_unit) {
    const Eligible* first = nullptr;
    for (const Eligible& one : list) {
      if (is_free(problem.items[one.candidate])) continue;
      if (first != nullptr) forest.join(first->candidate, one.candidate);
      first = &one;
    }
  }
  return forest;
}

// The order of the search, in which alike units stand together.
bool stands_before(const Problem& problem, const ByUnit& by_unit, UnitIndex a, UnitIndex b) {
  const Unit& left = problem.units[a];
  const Unit& right = problem.units[b];
  if (left.base != right.base) return left.base > right.base;
  if (left.product != right.product) return left.product < right.product;
  const auto& x = by_unit[a];
  const auto& y = by_unit[b];
  if (x != y) {
    return std::ranges::lexicographical_compare(x, y, [](const Eligible& l, const Eligible& r) {
      return std::tie(l.candidate, l.mask) < std::tie(r.candidate, r.mask);
    });
  }
  return std::tie(left.rank, a) < std::tie(right.rank, b);
}

std::vector<UnitClass> classes_of(const Problem& problem, const ByUnit& by_unit,
                                  std::vector<UnitIndex> units) {
  std::ranges::sort(
      units, [&](UnitIndex a, UnitIndex b) { return stands_before(problem, by_unit, a, b); });
  std::vector<UnitClass> classes;
  for (const UnitIndex unit : units) {
    const Unit& fact = problem.units[unit];
    const UnitIndex last = classes.empty() ? unit : classes.back().units.back();
    const bool alike = !classes.empty() && problem.units[last].base == fact.base &&
                       problem.units[last].product == fact.product &&
                       by_unit[last] == by_unit[unit];
    if (!alike) {
      UnitClass& made = classes.emplace_back();
      made.base = fact.base;
      for (const Eligible& one : by_unit[unit]) {
        (is_free(problem.items[one.candidate]) ? made.free : made.bound).push_back(one);
      }
    }
    classes.back().units.push_back(unit);
  }
  return classes;
}

}  // namespace

bool is_free(const Candidate& candidate) {
  return std::holds_alternative<UnitOffer>(candidate.offer->shape) && !candidate.offer->limit &&
         !candidate.group && !candidate.coupon;
}

std::vector<std::int64_t> most_applications(const Problem& problem) {
  std::vector<std::int64_t> most;
  for (const Candidate& one : problem.items) {
    std::int64_t count = most_by_units(one);
    if (one.offer->limit) count = std::min(count, *one.offer->limit);
    if (one.coupon) count = std::min(count, problem.coupons[*one.coupon]);
    most.push_back(count);
  }
  return most;
}

std::vector<Component> components(const Problem& problem, const std::vector<std::int64_t>& most) {
  const ByUnit by_unit = eligible_by_unit(problem, most);
  Forest forest = joined(problem, most, by_unit);
  std::map<std::uint32_t, std::vector<UnitIndex>> units;  // by root
  std::vector<Component> found;
  std::vector<UnitIndex> alone;
  for (UnitIndex unit = 0; unit < by_unit.size(); ++unit) {
    const auto bound = std::ranges::find_if(
        by_unit[unit], [&](const Eligible& one) { return !is_free(problem.items[one.candidate]); });
    if (bound != by_unit[unit].end()) {
      units[forest.root(bound->candidate)].push_back(unit);
    } else if (!by_unit[unit].empty()) {
      alone.push_back(unit);
    }
  }
  std::map<std::uint32_t, std::vector<std::uint32_t>> candidates;  // by root
  for (std::uint32_t i = 0; i < problem.items.size(); ++i) {
    if (most[i] > 0 && !is_free(problem.items[i])) candidates[forest.root(i)].push_back(i);
  }
  for (auto& [root, members] : units) {
    found.push_back({.classes = classes_of(problem, by_unit, std::move(members)),
                     .candidates = std::move(candidates[root])});
  }
  for (UnitClass& one : classes_of(problem, by_unit, std::move(alone))) {
    found.emplace_back().classes.push_back(std::move(one));
  }
  return found;
}

}  // namespace cartwright::offers::search
