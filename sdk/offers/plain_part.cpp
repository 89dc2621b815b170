#include "offers/plain_part.hpp"

#include <algorithm>
#include <utility>

#include "offers/discount.hpp"

namespace cartwright::offers::search {

const Eligible& best_of(const Problem& problem, std::span<const Eligible> free, std::int64_t base) {
  const auto rank = [&](const Eligible& one) {
    const Offer& offer = *problem.items[one.candidate].offer;
    return std::pair(discount_of(std::get<UnitOffer>(offer.shape).reward, base),
                     -std::int64_t{offer.priority});
  };
  return *std::ranges::max_element(free, {}, rank);  // by id: of equal ones the first
}

std::optional<PlainChoice> plain_choice(const Problem& problem, const Component& component) {
  const UnitClass& one = component.classes.front();
  if (component.classes.size() > 1 || !one.bound.empty() || !one.local.empty()) return {};
  const auto offer = [&](const Eligible& each) -> const Offer& {
    return *problem.items[each.candidate].offer;
  };
  if (!std::ranges::all_of(one.free, [&](const Eligible& each) { return offer(each).exclusive; })) {
    return {};
  }
  const Eligible& best = best_of(problem, one.free, one.base);
  const UnitReward& reward = std::get<UnitOffer>(offer(best).shape).reward;
  return PlainChoice{.candidate = best.candidate,
                     .discount = discount_of(reward, one.base),
                     .units = one.units.size()};
}

void put_into_effect(const PlainChoice& choice, const Component& component,
                     std::vector<Application>& all) {
  if (choice.discount == 0) return;
  for (const UnitIndex unit : component.classes.front().units) {
    all.push_back(
        {.candidate = choice.candidate, .qualify = {}, .reward = {{unit, choice.discount}}});
  }
}

}  // namespace cartwright::offers::search
