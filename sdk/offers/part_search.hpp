#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "offers/component_search.hpp"

namespace cartwright::offers::search {

// A component of a problem, with its candidates and units numbered from 0: what is found of it can
// then be said without the numbers that they have in this problem, which the next scan changes.
struct PartView {
  const Problem* problem = nullptr;
  const Component* component = nullptr;
  std::span<const std::int64_t> most;
  std::span<const std::uint32_t> candidates;  // bound, local and free; ascending
  std::span<const UnitIndex> units;           // class by class
  // By unit: 2 x its place in the order of keys, and 1 more where its key is that of the one
  // before.
  std::span<const std::uint32_t> order;
};

// What was found of a part, in its own numbers.
struct Searched {
  Found found;
  std::vector<Effect> effects;  // of the ways, where they were asked for
};

enum class Effects : std::uint8_t { no, yes };

// search_component() and effect_of() in the part's own numbers.
Searched search_part(const PartView& part, const Outside& outside, std::uint64_t budget,
                     Effects effects);

// Back into the numbers of the problem.
Way way_of(const PartView& part, const Way& own);
void append(const PartView& part, const std::vector<Application>& own,
            std::vector<Application>& all);

}  // namespace cartwright::offers::search
