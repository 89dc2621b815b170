#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "offers/problem.hpp"

namespace cartwright::judge {

// What the halves of the checker hand on: the sentences so far and what is left of each unit.
struct Findings {
  std::vector<std::string> violations;
  std::vector<std::int64_t> left;  // base less the item discounts, then less basket shares

  void say(const offers::Offer& offer, const std::string& what) {
    violations.push_back("offer " + offer.id + " " + what);
  }
};

// Shapes, discounts, exclusive and stackable use, "overall", and that no unit gives more than it
// costs.
void check_items(const offers::Problem& problem, const offers::Solution& solution,
                 Findings& findings);
// Thresholds, order, shares over lines; what must apply does. Takes the shares off findings.left.
void check_baskets(const offers::Problem& problem, const offers::Solution& solution,
                   Findings& findings);

}  // namespace cartwright::judge
