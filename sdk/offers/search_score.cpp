#include "offers/search_score.hpp"

#include <algorithm>
#include <bit>

namespace cartwright::offers::search {
namespace {

// Weights for ranks 0 (the best) to `ranks` - 1, each above what `most` of the next can add up to,
// as far as they fit; the last ranks share a weight of 1 where they do not.
std::pmr::vector<Wide> falling_weights(std::size_t ranks, std::int64_t most,
                                       std::pmr::memory_resource* memory) {
  constexpr std::size_t kMostBits = 120;
  const std::size_t bits = 1 + std::bit_width(static_cast<std::uint64_t>(most));
  const std::size_t apart = std::min(ranks, std::max<std::size_t>(1, kMostBits / bits));
  std::pmr::vector<Wide> weights(ranks, 1, memory);
  for (std::size_t i = apart; i-- > 1;) weights[i - 1] = weights[i] * (static_cast<Wide>(most) + 1);
  return weights;
}

}  // namespace

Weights::Weights(const Problem& problem, std::span<const std::uint32_t> candidates,
                 std::int64_t applications, std::pmr::memory_resource* memory)
    : weights_(memory) {
  std::pmr::vector<std::int64_t> priorities(memory);
  priorities.reserve(candidates.size());
  for (const std::uint32_t one : candidates) {
    priorities.push_back(problem.items[one].offer->priority);
  }
  std::pmr::vector<std::int64_t> ranked(priorities, memory);
  std::ranges::sort(ranked);
  ranked.erase(std::ranges::unique(ranked).begin(), ranked.end());
  const auto by_priority = falling_weights(ranked.size(), applications, memory);
  // Items are in the order of their offers' ids.
  const auto by_offer = falling_weights(candidates.size(), applications, memory);
  weights_.reserve(candidates.size());
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const auto rank = std::ranges::lower_bound(ranked, priorities[i]) - ranked.begin();
    const Candidate& facts = problem.items[candidates[i]];
    weights_.push_back({.candidate = candidates[i],
                        .limited = facts.offer->limit.has_value() || facts.coupon.has_value(),
                        .priority = by_priority[static_cast<std::size_t>(rank)],
                        .offer = by_offer[i]});
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
