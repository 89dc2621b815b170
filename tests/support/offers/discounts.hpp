#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "offers/problem.hpp"

namespace cartwright::judge {

using UnitList = offers::UnitSet;
// The discount of each rewarded unit, or the rule of the offer's shape that these units break.
using Discounts = std::variant<std::vector<std::int64_t>, std::string>;

// What an application of the candidate takes off its rewarded units. Judges the application by
// itself: counts, sets, disjointness, which are the cheapest, price of a bundle. What depends on
// other applications (limits, exclusive units, "overall") is the checker's.
Discounts discounts_of(const offers::Problem& problem, const offers::Candidate& candidate,
                       const UnitList& qualify, const UnitList& reward);

// Whether units can be dealt to the slots of a meal deal, each slot getting just its number.
bool fill_slots(const offers::MealDeal& deal, const offers::UnitLists& sets, const UnitList& units);

}  // namespace cartwright::judge
