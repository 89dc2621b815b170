#pragma once

#include <string>
#include <vector>

#include "offers/problem.hpp"

namespace cartwright::judge {

// Every rule of the definition (docs/offers.md) that the answer breaks, one sentence each; empty
// for a feasible answer that adds up. It does not ask whether the answer is the cheapest.
std::vector<std::string> violations(const offers::Problem& problem,
                                    const offers::Solution& solution);

// The violations as lines of text, for messages.
std::string violations_text(const offers::Problem& problem, const offers::Solution& solution);

}  // namespace cartwright::judge
