#include "offers/part_views.hpp"

#include <algorithm>

namespace cartwright::offers::search {

PartViews::PartViews(const Problem& problem, std::span<const std::int64_t> most,
                     std::span<const Component> components) {
  std::size_t candidates = 0;
  for (const Component& component : components) {
    candidates += component.candidates.size();
    for (const UnitClass& one : component.classes) candidates += one.free.size();
  }
  candidates_.reserve(candidates);  // spans into these stay
  units_.reserve(problem.units.size());
  order_.resize(problem.units.size());
  views_.reserve(components.size());
  for (const Component& component : components) {
    const std::size_t first = candidates_.size();
    const std::size_t first_unit = units_.size();
    list_candidates(component);
    for (const UnitClass& one : component.classes) {
      units_.insert(units_.end(), one.units.begin(), one.units.end());
    }
    const std::size_t count = units_.size() - first_unit;
    views_.push_back({.problem = &problem,
                      .component = &component,
                      .most = most,
                      .candidates = {candidates_.data() + first, candidates_.size() - first},
                      .units = {units_.data() + first_unit, count},
                      .order = {order_.data() + first_unit, count}});
  }
  tell_order(problem);
}

void PartViews::list_candidates(const Component& component) {
  const auto first = static_cast<std::ptrdiff_t>(candidates_.size());
  candidates_.insert(candidates_.end(), component.candidates.begin(), component.candidates.end());
  for (const UnitClass& one : component.classes) {
    for (const Eligible& each : one.free) candidates_.push_back(each.candidate);
  }
  const auto begin = candidates_.begin() + first;
  if (candidates_.end() - begin == std::ssize(component.candidates)) return;
  std::sort(begin, candidates_.end());
  candidates_.erase(std::unique(begin, candidates_.end()), candidates_.end());
}

// Units of a problem are in the order of their keys.
void PartViews::tell_order(const Problem& problem) {
  constexpr std::uint32_t kNone = ~std::uint32_t{0};
  struct Home {
    std::uint32_t part = kNone;
    std::uint32_t at = 0;
  };
  std::vector<Home> homes(problem.units.size());
  std::uint32_t at = 0;
  for (std::uint32_t part = 0; part < views_.size(); ++part) {
    for (const UnitIndex unit : views_[part].units) homes[unit] = {part, at++};
  }
  struct Last {
    std::uint32_t count = 0;
    std::uint32_t rank = kNone;
  };
  std::vector<Last> lasts(views_.size());
  for (UnitIndex unit = 0; unit < homes.size(); ++unit) {
    if (homes[unit].part == kNone) continue;
    Last& last = lasts[homes[unit].part];
    const std::uint32_t rank = problem.units[unit].rank;
    order_[homes[unit].at] = last.count++ << 1 | (rank == last.rank ? 1U : 0U);
    last.rank = rank;
  }
}

}  // namespace cartwright::offers::search
