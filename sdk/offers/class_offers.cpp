#include "offers/class_offers.hpp"

#include <algorithm>

#include "offers/discount.hpp"
#include "offers/plain_part.hpp"

namespace cartwright::offers::search {

ClassOffers::ClassOffers(const Problem& problem, const Component& component, const Outside& outside,
                         std::pmr::memory_resource* memory)
    : problem_(problem), outside_(outside), offers_(memory), candidates_(memory) {
  offers_.reserve(component.classes.size());
  apart_.reserve(keeps_apart() ? component.classes.size() : 0);
  for (const UnitClass& one : component.classes) {
    offers_.push_back(keeps_apart() ? kept_apart(one) : of(one));
    for (const auto& list : {offers_.back().rules, offers_.back().local, offers_.back().free}) {
      for (const Eligible& each : list) candidates_.push_back(each.candidate);
    }
  }
  std::ranges::sort(candidates_);
  candidates_.erase(std::ranges::unique(candidates_).begin(), candidates_.end());
}

bool ClassOffers::stacks_on(const UnitClass& one) const {
  const auto stacks = [&](const Eligible& each) { return is_stackable(each); };
  return std::ranges::any_of(one.free, stacks) || std::ranges::any_of(one.bound, stacks);
}

// Where nothing stacks, of those that take a unit by itself only the best.
ClassOffers::OfClass ClassOffers::of(const UnitClass& one) const {
  OfClass made{.rules = one.bound, .local = one.local, .free = one.free};
  if (one.free.size() > 1 && !stacks_on(one)) {
    made.free = std::span(&best_of(problem_, one.free, one.base), 1);
  }
  return made;
}

ClassOffers::OfClass ClassOffers::kept_apart(const UnitClass& one) {
  std::vector<Eligible>& rules = apart_.emplace_back(one.bound.begin(), one.bound.end());
  rules.insert(rules.end(), one.local.begin(), one.local.end());
  OfClass made;
  if (stacks_on(one)) {
    rules.insert(rules.end(), one.free.begin(), one.free.end());
  } else if (!one.free.empty()) {
    const Eligible& best = best_of(problem_, one.free, one.base);
    const std::vector<Eligible> within = within_window(one);
    if (within.size() == 1 && discount(best, one.base) > outside_.window) {
      made.free = std::span(&best, 1);
    } else {
      rules.insert(rules.end(), within.begin(), within.end());
    }
  }
  std::ranges::sort(rules, {}, &Eligible::candidate);
  made.rules = rules;
  return made;
}

// Of the offers that take a unit by itself the best of each discount, down to the window below the
// largest: instead of those further below, that of the largest gains more by more than the window.
std::vector<Eligible> ClassOffers::within_window(const UnitClass& one) const {
  const std::int64_t most = discount(best_of(problem_, one.free, one.base), one.base);
  std::vector<Eligible> within;
  for (const Eligible& each : one.free) {
    const std::int64_t its = discount(each, one.base);
    if (its < most - outside_.window) continue;
    const auto alike = std::ranges::find(
        within, its, [&](const Eligible& other) { return discount(other, one.base); });
    if (alike == within.end()) {
      within.push_back(each);
    } else {
      const Eligible both[] = {*alike, each};
      *alike = best_of(problem_, both, one.base);
    }
  }
  return within;
}

std::int64_t ClassOffers::discount(const Eligible& one, std::int64_t base) const {
  return discount_of(std::get<UnitOffer>(problem_.items[one.candidate].offer->shape).reward, base);
}

}  // namespace cartwright::offers::search
