#include "offers/price_memory.hpp"

namespace cartwright::offers {

search::SearchMemory& PriceMemory::searches(const OfferBook& book) {
  take(book);
  return searches_;
}

SetsMemory& PriceMemory::sets(const OfferBook& book) {
  take(book);
  return sets_;
}

void PriceMemory::take(const OfferBook& book) {
  if (book_ == book.identity()) return;
  book_ = book.identity();
  searches_ = search::SearchMemory(book.offers());
  sets_ = {};
}

}  // namespace cartwright::offers
