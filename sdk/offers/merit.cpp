#include "offers/merit.hpp"

#include <algorithm>

namespace cartwright::offers::search {
namespace {

template <typename AnyCandidate>
void add(Merit& merit, const AnyCandidate& candidate, std::vector<std::uint32_t> ranks) {
  const Offer& offer = *candidate.offer;
  if (offer.limit || candidate.coupon) ++merit.limited;
  ++merit.applications;
  merit.priorities.push_back(offer.priority);
  std::ranges::sort(ranks);
  merit.uses.emplace_back(offer.id, std::move(ranks));
}

}  // namespace

Merit merit_of(const Problem& problem, const Solution& solution) {
  Merit merit;
  merit.goods = solution.goods;
  for (const Application& one : solution.items) {
    std::vector<std::uint32_t> ranks;
    for (const UnitIndex unit : one.qualify) ranks.push_back(problem.units[unit].rank);
    for (const Share& share : one.reward) ranks.push_back(problem.units[share.unit].rank);
    add(merit, problem.items[one.candidate], std::move(ranks));
  }
  for (const BasketApplication& one : solution.baskets) {
    if (!one.shares.empty()) add(merit, problem.baskets[one.candidate], {});
  }
  std::ranges::sort(merit.priorities);
  std::ranges::sort(merit.uses);
  return merit;
}

}  // namespace cartwright::offers::search
