#include "support/offers/merit.hpp"

#include <algorithm>

namespace cartwright::judge {

using namespace offers;

namespace {

template <typename AnyCandidate>
void add(Merit& merit, const AnyCandidate& candidate, std::vector<std::uint32_t> keys) {
  const Offer& offer = *candidate.offer;
  if (offer.limit || candidate.coupon) ++merit.limited;
  ++merit.applications;
  merit.priorities.push_back(offer.priority);
  std::sort(keys.begin(), keys.end());
  merit.uses.emplace_back(offer.id, std::move(keys));
}

}  // namespace

Merit merit_of(const Problem& problem, const Solution& solution) {
  Merit merit;
  merit.goods = solution.goods;
  for (const Application& application : solution.items) {
    std::vector<std::uint32_t> keys;
    for (const UnitIndex unit : application.qualify) keys.push_back(problem.units[unit].rank);
    for (const Share& share : application.reward) keys.push_back(problem.units[share.unit].rank);
    add(merit, problem.items[application.candidate], std::move(keys));
  }
  for (const BasketApplication& application : solution.baskets) {
    const bool takes = std::any_of(application.shares.begin(), application.shares.end(),
                                   [](const Share& share) { return share.discount > 0; });
    if (takes) add(merit, problem.baskets[application.candidate], {});
  }
  std::sort(merit.priorities.begin(), merit.priorities.end());
  std::sort(merit.uses.begin(), merit.uses.end());
  return merit;
}

std::string text(const Merit& merit) {
  std::string text = std::to_string(merit.goods) + " cents, " + std::to_string(merit.limited) +
                     " limited, " + std::to_string(merit.applications) +
                     " applications, priorities";
  for (const std::int64_t priority : merit.priorities) text += " " + std::to_string(priority);
  text += ",";
  for (const auto& [offer, keys] : merit.uses) {
    text += " " + offer + "[";
    for (std::size_t i = 0; i < keys.size(); ++i) {
      text += (i == 0 ? "" : " ") + std::to_string(keys[i]);
    }
    text += "]";
  }
  return text;
}

}  // namespace cartwright::judge
