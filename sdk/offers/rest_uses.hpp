#pragma once

#include <cstdint>
#include <vector>

#include "offers/lowest_keys.hpp"
#include "offers/sweep_plan.hpp"

namespace cartwright::offers::search {

// Appends what takes the units of class `at` from the one numbered `used` on, which no rule of the
// plan uses: by position.
void append_rest(const PlannedClass& planned, std::uint32_t at, std::uint32_t used,
                 std::vector<Placed>& way);

}  // namespace cartwright::offers::search
