#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "offers/offers_file.hpp"
#include "offers/product_table.hpp"

namespace cartwright::offers {

// What one walk over all products tells about the sets of offers.
struct SetFacts {
  std::int64_t products = 0;  // that offers may touch
  Money dearest;              // shelf price of those sold by the piece
  std::optional<Money> cheapest;
  std::string cheapest_product;
  bool weighed = false;  // some are sold by the kg
};

struct Survey {
  using Pair = std::pair<std::uint32_t, std::uint32_t>;

  std::vector<std::vector<SetFacts>> sets;  // by offer, then set
  std::set<Pair> contradictions;            // mandatory offers that want the same unit, i < j
  std::set<std::uint32_t> overlapping;      // buy_get offers of which a product is in both sets
};

// Without a catalog each product and each category that an offer names counts as a product of its
// own, without a price.
Survey survey(const OfferBook& book, const ProductTable* catalog);

}  // namespace cartwright::offers
