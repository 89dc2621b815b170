#pragma once

#include "offers/search_rule.hpp"

namespace cartwright::offers::search {

// What the machines of cheapest_of share: what a unit is worth, and how those taken are grouped.
// Units are taken dearest first, set 0 to qualify and 1 for the reward: the i-th runs of both are
// an application.
class AnyCheapestRule : public Rule {
 public:
  // The k cheapest of n get at most k / n of what all n would.
  std::int64_t worth(std::int64_t base, std::uint32_t mask) const final;
  std::vector<Application> assemble(std::span<const Taken> taken,
                                    const Problem& problem) const final;

 protected:
  explicit AnyCheapestRule(const CheapestOf& offer) : offer_(offer) {}

  const CheapestOf& offer_;
};

}  // namespace cartwright::offers::search
