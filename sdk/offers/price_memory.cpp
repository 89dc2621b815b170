#include "offers/price_memory.hpp"

#include <numeric>

namespace cartwright::offers {

search::SearchMemory& PriceMemory::searches(const OfferBook& book) {
  take(book);
  return searches_;
}

SetsMemory& PriceMemory::sets(const OfferBook& book) {
  take(book);
  return sets_;
}

const OfferBook& PriceMemory::joined(const OfferBook& book, const std::vector<Offer>& more) {
  if (!joined_ || joined_->of != book.identity() || joined_->more != more) {
    std::vector<std::uint32_t> all(book.offers().size());
    std::iota(all.begin(), all.end(), 0U);
    joined_.emplace(Joined{book.identity(), more, book.part(all, more)});
  }
  return joined_->book;
}

void PriceMemory::take(const OfferBook& book) {
  if (book_ == book.identity()) return;
  book_ = book.identity();
  searches_ = search::SearchMemory(book.offers());
  sets_ = {};
}

}  // namespace cartwright::offers
