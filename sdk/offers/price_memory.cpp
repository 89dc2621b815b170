#include "offers/price_memory.hpp"

namespace cartwright::offers {

search::SearchMemory& PriceMemory::searches(const OfferBook& book) {
  if (book_ != book.identity()) {
    book_ = book.identity();
    searches_ = search::SearchMemory(book.offers());
  }
  return searches_;
}

}  // namespace cartwright::offers
