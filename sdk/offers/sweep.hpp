#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "offers/sweep_plan.hpp"

namespace cartwright::offers::search {

// What the search chose for a component.
struct Swept {
  std::vector<std::vector<Taken>> taken;                  // by rule of the plan, dearest first
  std::vector<std::pair<std::uint32_t, UnitIndex>> free;  // candidate and unit
  Score score;
  std::int64_t bound = 0;    // no choice has a larger sum of discounts
  std::uint64_t states = 0;  // expanded
};

// A bundle's discount is shared out over its units only when it is complete.
enum class Bundles : std::uint8_t {
  stacked,  // stacked offers may lie on its units: together they can come to more than a price
  alone     // nothing lies on its units
};

// Dynamic programming over the units of a component, dearest first: of all ways to come to the
// same joint state only the best is kept, and none whose bound is below what is known to be
// possible. Where more than `budget` states would be expanded, those of the least bound are given
// up, and the bound says so.
Swept sweep(const Plan& plan, std::uint64_t budget, Bundles bundles);

}  // namespace cartwright::offers::search
