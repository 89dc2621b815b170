#include "support/offers/basket_shares.hpp"

#include <algorithm>

#include "support/offers/arithmetic.hpp"

namespace cartwright::judge {

using namespace offers;

std::int64_t reached(const Problem& problem, const BasketCandidate& candidate,
                     const std::vector<std::int64_t>& net) {
  const bool list = std::get<BasketOffer>(candidate.offer->shape).base == ThresholdBase::list;
  std::int64_t sum = 0;
  for (const UnitIndex unit : candidate.scope) sum += list ? problem.units[unit].base : net[unit];
  return sum;
}

std::int64_t threshold_of(const BasketCandidate& candidate) {
  return std::get<BasketOffer>(candidate.offer->shape).threshold.minor();
}

std::map<std::uint32_t, std::int64_t> basket_shares(const Problem& problem,
                                                    const BasketCandidate& candidate,
                                                    const std::vector<std::int64_t>& left) {
  std::map<std::uint32_t, Weight> lines;
  std::int64_t remains = 0;
  for (const UnitIndex unit : candidate.scope) {
    Weight& line = lines[problem.units[unit].line];
    line.weight += left[unit];
    line.rank = problem.units[unit].rank;
    remains += left[unit];
  }
  std::vector<std::uint32_t> names;
  std::vector<Weight> weights;
  for (const auto& [line, weight] : lines) {
    names.push_back(line);
    weights.push_back(weight);
  }
  const auto& reward = std::get<BasketOffer>(candidate.offer->shape).reward;
  std::int64_t discount = 0;
  if (const auto* amount = std::get_if<Money>(&reward)) {
    discount = std::min(amount->minor(), remains);
  } else if (const auto* percent = std::get_if<PercentReward>(&reward)) {
    discount = percent_half_up(remains, percent->bps);
  }
  const std::vector<std::int64_t> shares = largest_remainder(discount, weights);
  std::map<std::uint32_t, std::int64_t> by_line;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (shares[i] > 0) by_line[names[i]] = shares[i];
  }
  return by_line;
}

}  // namespace cartwright::judge
