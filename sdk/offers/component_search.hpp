#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "offers/sweep.hpp"

namespace cartwright::offers::search {

// A choice for a whole component, as uses of its classes' units.
struct Way {
  Score score;
  std::vector<std::int64_t> outside;  // what Outside asked for, in its order
  std::vector<Placed> placed;         // by class, then position
};

// What a search found out about a component. It names classes and positions and no units.
struct Found {
  std::vector<Way> ways;     // the best first, never empty; kept apart by what was asked
  std::int64_t bound = 0;    // no choice has a larger gain
  std::uint64_t states = 0;  // expanded
  bool is_whole = true;      // every choice that was asked for is there or surpassed
};

// Searches for the choices that gain the most, kept apart by what is asked from outside, those
// within its window of the best. A pure function of the component's classes, its offers and
// `most`; where it is whole with no more states than a fourth of the budget, of no budget either.
Found search_component(const Problem& problem, const Component& component,
                       std::span<const std::int64_t> most, const Outside& outside,
                       std::uint64_t budget);

// A choice put into effect.
struct Effect {
  std::vector<Application> applications;
  std::int64_t gain = 0;  // of all of them
};

// Where offers stack upon bundles a way may gain less in effect than its score says.
Effect effect_of(const Problem& problem, const Component& component,
                 std::span<const std::int64_t> most, const Way& way);

}  // namespace cartwright::offers::search
