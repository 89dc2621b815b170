#pragma once

#include <cstdint>
#include <memory_resource>
#include <span>
#include <vector>

#include "offers/problem.hpp"
#include "offers/wide.hpp"

namespace cartwright::offers::search {

// What is compared between two choices for the same units, first to last: the sum of discounts
// (more is better), redemptions of limited offers and applications (fewer are better), then which
// priorities and which offers are used (weights: a greater sum is the smaller sorted list).
struct Score {
  std::int64_t gain = 0;
  std::int32_t limited = 0;
  std::int32_t applications = 0;
  Wide priorities = 0;
  Wide offers = 0;

  Score& operator+=(const Score& other) {
    gain += other.gain;
    limited += other.limited;
    applications += other.applications;
    priorities += other.priorities;
    offers += other.offers;
    return *this;
  }
  friend Score operator*(Score one, std::int64_t count) {
    one.gain *= count;
    one.limited = static_cast<std::int32_t>(one.limited * count);
    one.applications = static_cast<std::int32_t>(one.applications * count);
    one.priorities *= count;
    one.offers *= count;
    return one;
  }
  bool operator==(const Score&) const = default;
  bool is_better_than(const Score& other) const {
    if (gain != other.gain) return gain > other.gain;
    if (limited != other.limited) return limited < other.limited;
    if (applications != other.applications) return applications < other.applications;
    if (priorities != other.priorities) return priorities > other.priorities;
    return offers > other.offers;
  }
};

// The weights of the candidates of one component.
class Weights {
 public:
  // `candidates`: ascending. `applications`: more than this many never happen at once.
  Weights(const Problem& problem, std::span<const std::uint32_t> candidates,
          std::int64_t applications,
          std::pmr::memory_resource* memory = std::pmr::get_default_resource());

  // The score of `starts` applications of a candidate, without their gain.
  Score of(std::uint32_t candidate, std::uint32_t starts) const;

 private:
  struct Weight {
    std::uint32_t candidate;
    bool limited;
    Wide priority;
    Wide offer;
  };
  std::pmr::vector<Weight> weights_;  // by candidate
};

}  // namespace cartwright::offers::search
