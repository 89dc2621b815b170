#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "offers/offers_file.hpp"
#include "offers/search_memory.hpp"
#include "offers/sets_memory.hpp"

namespace cartwright::offers {

// What pricing a basket found out, kept by whoever prices one that changes little by little, as a
// trip does after each scan: price() with it gives the same answer in every part, sooner. It holds
// nothing that a log would need, is bounded, and may be thrown away at any time. Whatever basket,
// facts or offers come next, it is asked only for what is as it was. Not for two threads at once.
class PriceMemory {
 public:
  PriceMemory() = default;
  PriceMemory(const PriceMemory&) = delete;
  PriceMemory& operator=(const PriceMemory&) = delete;

  // Of offers of this book; what belongs to another book is forgotten.
  search::SearchMemory& searches(const OfferBook& book);
  SetsMemory& sets(const OfferBook& book);

  // A book of all offers of this one and of `more`, whose ids it does not have; the one that was
  // made last where both are as they were. Stays until the next call.
  const OfferBook& joined(const OfferBook& book, const std::vector<Offer>& more);

 private:
  struct Joined {
    std::shared_ptr<const void> of;  // the identity of the book that the others joined
    std::vector<Offer> more;
    OfferBook book;
  };

  void take(const OfferBook& book);

  std::optional<Joined> joined_;
  std::shared_ptr<const void> book_;  // its identity
  search::SearchMemory searches_;
  SetsMemory sets_;
};

}  // namespace cartwright::offers
