#pragma once

#include <cstdint>
#include <vector>

#include "offers/component.hpp"

namespace cartwright::offers::search {

// One use of a unit of a component.
struct Placed {
  std::uint32_t candidate = 0;
  std::uint32_t at = 0;        // class
  std::uint32_t position = 0;  // which of its units
  std::uint8_t set = 0;        // which of the candidate's sets it serves
};

// Whether what an application takes off a unit depends on the units beside it.
bool shares_out(const Offer& offer);

// Whether a scope of a basket offer holds some units of the component and not others.
bool is_cut(const Component& component);

// Within a class, the lowest keys go to the uses of the lowest offers. `way`: by class, then
// position; what lies upon one unit stays together.
void take_lowest_keys_first(std::vector<Placed>& way);

// Of two ways that use the same offers equally often: whether the lowest offer that uses other keys
// in one than in the other uses the lower ones in the first. How units are grouped into
// applications is not asked. Both ways are used up.
bool has_lower_keys(const Problem& problem, const Component& component, std::vector<Placed>& one,
                    std::vector<Placed>& other);

}  // namespace cartwright::offers::search
