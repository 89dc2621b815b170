#pragma once

#include <span>
#include <vector>

#include "offers/lowest_keys.hpp"
#include "offers/search_rule.hpp"

namespace cartwright::offers::search {

// The units that one offer takes, made into its applications: of all groupings that gain as much as
// the rule's own `runs`, the one whose sorted list of keys is the smallest; where very many would
// have to be tried, what is left stays in runs. `uses`: of that candidate alone, by class, then
// position. Which units of a class serve which set is settled anew.
std::vector<Application> group_lowest_keys_first(const Problem& problem, const Component& component,
                                                 const Rule& rule, std::span<const Placed> uses,
                                                 std::vector<Application> runs);

}  // namespace cartwright::offers::search
