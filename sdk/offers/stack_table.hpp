#pragma once

#include <boost/container/small_vector.hpp>
#include <cstdint>
#include <memory_resource>
#include <vector>

#include "offers/search_score.hpp"

namespace cartwright::offers::search {

// Offers that use a unit by itself, and what that is worth.
struct FreePick {
  Score score;
  std::int64_t discount = 0;
  boost::container::small_vector<std::uint32_t, 2> candidates;

  void add(const FreePick& other);
};

// What stackable offers that use a unit by themselves come to upon one unit, by the room that its
// price leaves them. Takes its memory from where it is told to.
class StackTable {
 public:
  explicit StackTable(std::pmr::memory_resource* memory) : best_({FreePick()}, memory) {}

  // `all`: one offer each, each with a discount above 0. `base`: the unit's price, the most room
  // that there can be. Of many offers not all ways to combine them are looked at.
  StackTable(const std::pmr::vector<FreePick>& all, std::int64_t base);

  bool empty() const { return best_.size() == 1; }

  // The best of those that fit. Stays until the table goes.
  const FreePick& within(std::int64_t room) const;

 private:
  std::pmr::vector<FreePick> best_;  // by discount, each better than those before; first none
};

}  // namespace cartwright::offers::search
