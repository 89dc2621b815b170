#pragma once

#include "offers/sweep_plan.hpp"

namespace cartwright::offers::search {

// The bound of a component: each unit has a rent that whatever uses it pays, so that offers no
// longer compete for units, and each can be taken at its best alone. What units are worth at these
// rents, and what offers gain above them, is never below what can be gained together; rents that
// make it small are found by raising those of units that more offers want than there are, and
// lowering those that none wants. (A Lagrange relaxation of "each unit serves one offer", and its
// dual by subgradient steps.)
//
// Sets the rents, the worth of each class and the bound of a plan whose rules and classes stand;
// every machine has paid them.
void find_rents(Plan& plan);

}  // namespace cartwright::offers::search
