#include "support/offers/variations.hpp"

#include <algorithm>
#include <numeric>

#include "support/offers/dice.hpp"

namespace cartwright::judge {

using namespace offers;

namespace {

// The units in the order `order` (new index to old), the sets and scopes following them.
Problem reordered(const Problem& problem, const std::vector<UnitIndex>& order) {
  std::vector<UnitIndex> now(order.size());
  for (UnitIndex i = 0; i < order.size(); ++i) now[order[i]] = i;
  const auto follow = [&](auto& units) {
    for (UnitIndex& unit : units) unit = now[unit];
    std::sort(units.begin(), units.end());
  };
  Problem changed = problem;
  for (UnitIndex i = 0; i < order.size(); ++i) changed.units[i] = problem.units[order[i]];
  for (Candidate& candidate : changed.items) {
    for (auto& set : candidate.sets) follow(set);
  }
  for (BasketCandidate& candidate : changed.baskets) follow(candidate.scope);
  return changed;
}

}  // namespace

Problem scanned_otherwise(const Problem& problem, std::uint64_t seed) {
  std::uint32_t lines = 0;
  for (const Unit& unit : problem.units) lines = std::max(lines, unit.line + 1);
  std::vector<std::uint32_t> place(lines);
  std::iota(place.begin(), place.end(), 0U);
  Dice dice(seed);
  for (std::size_t i = place.size(); i > 1; --i) {
    std::swap(place[i - 1],
              place[static_cast<std::size_t>(dice.below(static_cast<std::int64_t>(i)))]);
  }
  std::vector<UnitIndex> order(problem.units.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&](UnitIndex a, UnitIndex b) {
    return place[problem.units[a].line] < place[problem.units[b].line];
  });
  Problem changed = reordered(problem, order);
  for (Unit& unit : changed.units) unit.line = place[unit.line];
  return changed;
}

Problem split_lines(const Problem& problem) {
  std::vector<UnitIndex> order(problem.units.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&](UnitIndex a, UnitIndex b) {
    return problem.units[a].rank < problem.units[b].rank;
  });
  Problem changed = problem;
  for (std::uint32_t rank = 0; rank < order.size(); ++rank) {
    changed.units[order[rank]].rank = rank;
    changed.units[order[rank]].line = order[rank];
  }
  return changed;
}

bool lines_matter(const Problem& problem) {
  for (std::size_t i = 0; i < problem.baskets.size(); ++i) {
    for (std::size_t j = i + 1; j < problem.baskets.size(); ++j) {
      const auto& first = problem.baskets[i].scope;
      const auto& then = problem.baskets[j].scope;
      const auto seen =
          static_cast<std::size_t>(std::count_if(first.begin(), first.end(), [&](UnitIndex unit) {
            return std::binary_search(then.begin(), then.end(), unit);
          }));
      if (seen != 0 && seen != first.size()) return true;
    }
  }
  return false;
}

Problem without_item(const Problem& problem, std::size_t index) {
  Problem changed = problem;
  changed.items.erase(changed.items.begin() + static_cast<std::ptrdiff_t>(index));
  return changed;
}

}  // namespace cartwright::judge
