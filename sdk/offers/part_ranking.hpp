#pragma once

#include "offers/part_search.hpp"
#include "offers/ranking.hpp"

namespace cartwright::offers::search {

// What a ranking takes of the part, in the part's own numbers: what it takes of one part does not
// hang on the others.
Effect rank_part(const PartView& part, Ranking ranking);

}  // namespace cartwright::offers::search
