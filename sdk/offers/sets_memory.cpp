#include "offers/sets_memory.hpp"

namespace cartwright::offers {

void SetsMemory::begin() {
  if (++baskets_ % kKept != 0) return;
  std::erase_if(known_, [&](const auto& one) { return one.second.asked + kKept < baskets_; });
}

std::span<const OfferSet> SetsMemory::of(const OfferIndex& index,
                                         const std::shared_ptr<const Product>& product) {
  Known& known = known_[product.get()];
  if (known.product == nullptr) {
    known.product = product;
    index.find(*product, known.sets);
  }
  known.asked = baskets_;
  return known.sets;
}

}  // namespace cartwright::offers
