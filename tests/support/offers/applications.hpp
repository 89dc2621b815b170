#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "offers/problem.hpp"

namespace cartwright::judge {

// Every application of item offer `candidate` that its shape allows and that takes something off;
// none where there would be more than `most`. (One that takes nothing off never is in a best
// answer: without it the answer stays feasible and has fewer applications.)
std::optional<std::vector<offers::Application>> all_applications(const offers::Problem& problem,
                                                                 std::uint32_t candidate,
                                                                 std::size_t most);

}  // namespace cartwright::judge
