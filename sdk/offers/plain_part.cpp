#include "offers/plain_part.hpp"

#include "offers/discount.hpp"

namespace cartwright::offers::search {

std::optional<PlainChoice> plain_choice(const Problem& problem, const Component& component) {
  const UnitClass& one = component.classes.front();
  if (component.classes.size() > 1 || !one.bound.empty() || !one.local.empty()) return {};
  PlainChoice best{.candidate = 0, .discount = 0, .units = one.units.size()};
  const Offer* best_offer = nullptr;
  for (const Eligible& each : one.free) {
    const Offer& offer = *problem.items[each.candidate].offer;
    if (!offer.exclusive) return {};
    const std::int64_t discount = discount_of(std::get<UnitOffer>(offer.shape).reward, one.base);
    // Of equal ones the lowest priority, then the lowest id, which comes first.
    const bool is_better =
        discount > best.discount || (best_offer != nullptr && discount == best.discount &&
                                     offer.priority < best_offer->priority);
    if (!is_better) continue;
    best.candidate = each.candidate;
    best.discount = discount;
    best_offer = &offer;
  }
  return best;
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
