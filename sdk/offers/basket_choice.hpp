#pragma once

#include "offers/problem.hpp"

namespace cartwright::offers {

// Adds to a solution whose item offers stand the basket offers that take most off it, and brings
// `goods` and `bound` down by what they take, at least and at most.
void choose_basket_offers(const Problem& problem, Solution& solution);

}  // namespace cartwright::offers
