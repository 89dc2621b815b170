#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "offers/offer.hpp"
#include "offers/product.hpp"
#include "offers/word_table.hpp"

namespace cartwright::offers {

// A set of an offer: an index into the book's offers, and the set's number in Candidate::sets.
struct OfferSet {
  std::uint32_t offer = 0;
  std::uint32_t set = 0;
  auto operator<=>(const OfferSet&) const = default;
};

// What is asked first of an offer that touches a basket. Offers are large and lie far apart in
// memory; these lie together.
struct OfferBrief {
  std::uint32_t sets = 0;
  bool asks_facts = false;  // store, zone, segment, member or coupon
  bool asks_times = false;
  bool is_bound = false;  // has a group or a coupon
  bool is_mandatory = false;
};

// From a product to the sets of offers that it is in. It holds the words that offers use and, by
// word, compact numbers of sets, so a set with 50,000 products costs 50,000 numbers once, and a
// look-up costs what it finds, however many offers there are. A product brings its categories
// along, so that no catalog is needed and none can be out of date.
class OfferIndex {
 public:
  OfferIndex() = default;
  explicit OfferIndex(std::span<const Offer> offers);

  const OfferBrief& brief(std::uint32_t offer) const { return briefs_[offer]; }
  // Appends the sets that hold the product, each once, ascending.
  void find(const Product& product, std::vector<OfferSet>& found) const;
  // The offers that ask for the coupon, ascending.
  std::span<const std::uint32_t> asking_for(std::string_view coupon) const {
    return coupons_.of(coupon);
  }

 private:
  std::vector<OfferSet> sets_;
  std::vector<OfferBrief> briefs_;  // by offer
  WordTable products_;
  WordTable categories_;
  WordTable excluded_;
  WordTable coupons_;                      // of offers, not of sets
  std::vector<std::uint32_t> everything_;  // sets of every product
};

}  // namespace cartwright::offers
