#pragma once

#include <cstdint>
#include <vector>

#include "offers/problem.hpp"

namespace cartwright::judge {

// The same basket said otherwise. Answers to it must come to the same.

// The lines scanned in another order; their keys stay.
offers::Problem scanned_otherwise(const offers::Problem& problem, std::uint64_t seed);

// Each piece on a line of its own, with keys that keep the order of the old ones.
offers::Problem split_lines(const offers::Problem& problem);

// Whether the splitting of lines may change the cents: where a later basket offer sees a part of
// an earlier one's scope, it sees that one's shares, and these are rounded line by line.
bool lines_matter(const offers::Problem& problem);

// Without item offer `index`.
offers::Problem without_item(const offers::Problem& problem, std::size_t index);

}  // namespace cartwright::judge
