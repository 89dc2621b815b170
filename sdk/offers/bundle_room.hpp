#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "offers/search_rule.hpp"

namespace cartwright::offers::search {

// What a bundle takes off a unit hangs on what its units cost together: the more, the more is taken
// off each, and the less room is left for what stacks upon it. This lists the sums up to which
// something still fits, its caps, and the sums that some units of an application can have.
class BundleRoom {
 public:
  // Some units of an application.
  struct Partial {
    std::int64_t units = 0;
    std::int64_t sum = 0;
    auto operator<=>(const Partial&) const = default;
  };

  BundleRoom() = default;
  // `stops`: the dearest first, each with all that stacks upon its units. `most`: applications;
  // 0: nothing is asked. Empty too where it would be too much to remember.
  BundleRoom(const NForPrice& offer, std::int64_t most, std::span<const Stop> stops);

  bool empty() const { return caps_.empty(); }
  std::size_t caps() const { return caps_.size(); }  // ascending
  std::int64_t cap(std::size_t at) const { return caps_[at]; }
  // What an application costs at least that keeps to no lower cap; `caps()`: to none at all.
  std::int64_t least_sum(std::size_t cap) const { return cap == 0 ? 0 : caps_[cap - 1] + 1; }
  // No more applications need keep to a cap.
  std::size_t applications() const { return applications_; }

  std::size_t partials() const { return partials_.size(); }
  const Partial& partial(std::size_t at) const { return partials_[at]; }
  std::size_t place_of(const Partial& partial) const;
  // What so many units cost at least.
  std::int64_t cheapest(std::int64_t units) const {
    return cheapest_[static_cast<std::size_t>(units)];
  }

 private:
  bool list_caps(std::span<const Stop> stops);
  void add_caps(const Stop& stop, std::int64_t least, std::int64_t most);
  bool list_partials(std::span<const Stop> stops);

  std::int64_t n_ = 0;
  std::int64_t price_ = 0;
  std::vector<std::int64_t> caps_;
  std::vector<Partial> partials_;       // ascending
  std::vector<std::int64_t> cheapest_;  // by number of units
  std::size_t applications_ = 0;
};

}  // namespace cartwright::offers::search
