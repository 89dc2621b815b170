#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "offers/offer.hpp"
#include "offers/product.hpp"

namespace cartwright::offers {

// A set of an offer: an index into the book's offers, and the set's number in Candidate::sets.
struct OfferSet {
  std::uint32_t offer = 0;
  std::uint32_t set = 0;
  auto operator<=>(const OfferSet&) const = default;
};

// From a product to the sets of offers that it is in. It holds the words that offers use and, by
// word, compact numbers of sets, so a set with 50,000 products costs 50,000 numbers once, and a
// look-up costs what it finds, however many offers there are. A product brings its categories
// along, so that no catalog is needed and none can be out of date.
class OfferIndex {
 public:
  OfferIndex() = default;
  // Keeps views of the offers' texts: they must outlive the index and stay where they are.
  explicit OfferIndex(std::span<const Offer> offers);

  // Appends the sets that hold the product, each once, ascending.
  void find(const Product& product, std::vector<OfferSet>& found) const;

 private:
  // Numbers by word, flat: those of word w are numbers[starts[w] .. starts[w + 1]).
  struct Postings {
    std::unordered_map<std::string_view, std::uint32_t> words;
    std::vector<std::uint32_t> starts;
    std::vector<std::uint32_t> numbers;

    std::span<const std::uint32_t> of(std::string_view word) const;
  };
  class Builder;

  std::vector<OfferSet> sets_;
  Postings products_;
  Postings categories_;
  Postings excluded_;
  std::vector<std::uint32_t> everything_;  // sets of every product
};

}  // namespace cartwright::offers
