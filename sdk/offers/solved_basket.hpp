#pragma once

#include <cstdint>
#include <vector>

#include "offers/priced_basket.hpp"
#include "offers/problem_builder.hpp"

namespace cartwright::offers {

// A basket's problem and its answer, gifts with net thresholds checked.
struct SolvedBasket {
  BuiltProblem built;
  Solution solution;
  std::int64_t bound = 0;  // no feasible answer leaves less
  std::uint64_t states = 0;
  std::vector<std::int64_t> net;  // by unit, after item offers

  // What mandatory and chosen offers take off together.
  Money saved() const;
  // What this offer takes of it.
  Money saved_by(const Offer& offer) const;
};

// Of the options it reads budget, zone, explain and memory. Errors as of price().
SolvedBasket solve_basket(const OfferBook& book, const Basket& basket, const Facts& facts,
                          const PriceOptions& options);

// What the units of a scope come to.
Money sum_of_net(std::span<const UnitIndex> scope, const std::vector<std::int64_t>& net);

}  // namespace cartwright::offers
