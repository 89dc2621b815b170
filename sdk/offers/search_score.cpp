#include "offers/search_score.hpp"

#include <algorithm>
#include <bit>

namespace cartwright::offers::search {
namespace {

// Weights for ranks 0 (the best) to `ranks` - 1, each above what `most` of the next can add up to,
// as far as they fit; the last ranks share a weight of 1 where they do not.
std::vector<Wide> falling_weights(std::size_t ranks, std::int64_t most) {
  constexpr std::size_t kMostBits = 120;
  const std::size_t bits = 1 + std::bit_width(static_cast<std::uint64_t>(most));
  const std::size_t apart = std::min(ranks, std::max<std::size_t>(1, kMostBits / bits));
  std::vector<Wide> weights(ranks, 1);
  for (std::size_t i = apart; i-- > 1;) weights[i - 1] = weights[i] * (static_cast<Wide>(most) + 1);
  return weights;
}

}  // namespace

Weights::Weights(const Problem& problem, std::span<const std::uint32_t> candidates,
                 std::int64_t applications) {
  std::vector<std::int64_t> priorities;
  for (const std::uint32_t one : candidates) {
    priorities.push_back(problem.items[one].offer->priority);
    weights_.push_back({.candidate = one,
                        .limited = problem.items[one].offer->limit.has_value() ||
                                   problem.items[one].coupon.has_value(),
                        .priority = 0,
                        .offer = 0});
  }
  std::ranges::sort(priorities);
  priorities.erase(std::ranges::unique(priorities).begin(), priorities.end());
  // Items are in the order of their offers' ids.
  std::ranges::sort(weights_, {}, &Weight::candidate);
  const std::vector<Wide> by_priority = falling_weights(priorities.size(), applications);
  const std::vector<Wide> by_offer = falling_weights(weights_.size(), applications);
  for (std::size_t i = 0; i < weights_.size(); ++i) {
    const std::int64_t priority = problem.items[weights_[i].candidate].offer->priority;
    const auto rank = std::ranges::lower_bound(priorities, priority) - priorities.begin();
    weights_[i].priority = by_priority[static_cast<std::size_t>(rank)];
    weights_[i].offer = by_offer[i];
  }
}

Score Weights::of(std::uint32_t candidate, std::uint32_t starts) const {
  const auto found = std::ranges::lower_bound(weights_, candidate, {}, &Weight::candidate);
  Score score;
  score.applications = static_cast<std::int32_t>(starts);
  score.limited = found->limited ? score.applications : 0;
  score.priorities = found->priority * starts;
  score.offers = found->offer * starts;
  return score;
}

}  // namespace cartwright::offers::search
