#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "base/json_object.hpp"
#include "offers/offer.hpp"
#include "offers/product.hpp"

namespace cartwright::offers {

// The kinds of offers, as files write them.
std::span<const std::string_view> kinds();

// Whether offers of this kind may be mandatory: those of single units, and baskets.
bool may_be_mandatory(std::string_view kind);

// What an offer of this kind says beside what all offers may say. The caller calls finish().
Shape read_shape(std::string_view kind, JsonObject& object);

// The sets of a shape in the order of Candidate::sets; null where a basket offer has no scope.
std::vector<const ProductSet*> sets_of(const Shape& shape);
std::size_t count_of_sets(const Shape& shape);

// Whether the product is in the set.
bool holds(const ProductSet& set, const Product& product);

}  // namespace cartwright::offers
