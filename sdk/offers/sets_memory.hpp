#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <unordered_map>
#include <vector>

#include "offers/offer_index.hpp"

namespace cartwright::offers {

// The sets of offers that products of a basket stand in, for the baskets that come after it. Of one
// index only. Not for two threads at once.
class SetsMemory {
 public:
  // A basket is about to be asked for. What the last kKept did not ask for may be forgotten.
  void begin();

  // As OfferIndex::find(); stays until begin().
  std::span<const OfferSet> of(const OfferIndex& index,
                               const std::shared_ptr<const Product>& product);

  static constexpr std::uint64_t kKept = 32;

 private:
  struct Known {
    std::shared_ptr<const Product> product;  // its place is not given to another
    std::vector<OfferSet> sets;
    std::uint64_t asked = 0;
  };
  std::unordered_map<const Product*, Known> known_;
  std::uint64_t baskets_ = 0;
};

}  // namespace cartwright::offers
