#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "offers/part_search.hpp"

namespace cartwright::offers::search {

// The views of all components of a problem, and what they look at.
class PartViews {
 public:
  // All arguments must outlive it.
  PartViews(const Problem& problem, std::span<const std::int64_t> most,
            std::span<const Component> components);
  PartViews(const PartViews&) = delete;
  PartViews& operator=(const PartViews&) = delete;

  // In the order of the components.
  std::span<const PartView> views() const { return views_; }

 private:
  void list_candidates(const Component& component);
  void tell_order(const Problem& problem);

  // By component, one after the other.
  std::vector<PartView> views_;
  std::vector<std::uint32_t> candidates_;
  std::vector<UnitIndex> units_;
  std::vector<std::uint32_t> order_;
};

}  // namespace cartwright::offers::search
