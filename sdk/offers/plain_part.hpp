#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "offers/component.hpp"

namespace cartwright::offers::search {

// What the best offer does to a component of which each unit goes by itself: it takes them all. Of
// most baskets most components are so, and need no search.
struct PlainChoice {
  std::uint32_t candidate = 0;
  std::int64_t discount = 0;  // of each unit; 0: nothing takes anything off
  std::size_t units = 0;

  std::int64_t gain() const { return discount * static_cast<std::int64_t>(units); }
};

// The best for a unit of that price, of offers that take it by itself and do not stack: the largest
// discount; of equal ones the lowest priority, then the lowest id. `free`: at least one.
const Eligible& best_of(const Problem& problem, std::span<const Eligible> free, std::int64_t base);

// Nothing where units depend on others, or where offers stack.
std::optional<PlainChoice> plain_choice(const Problem& problem, const Component& component);

// Appends what the choice comes to.
void put_into_effect(const PlainChoice& choice, const Component& component,
                     std::vector<Application>& all);

}  // namespace cartwright::offers::search
