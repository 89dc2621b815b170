#pragma once

#include "offers/problem.hpp"

namespace cartwright::judge {

// Two ways in which offers are applied elsewhere. Both take the best single application of an offer
// from the units that are free (its dearest units, of "cheapest" shapes the dearest block), again
// and again; the checker judges them like any answer. Their bound is zero.

// Offers one after the other in ascending (priority, id), each as often as it goes.
offers::Solution by_priority(const offers::Problem& problem);

// Always the application that takes off most on average for each unit that it uses, ties by
// (priority, id).
offers::Solution by_average_value(const offers::Problem& problem);

}  // namespace cartwright::judge
