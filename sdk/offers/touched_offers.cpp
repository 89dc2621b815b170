#include "offers/touched_offers.hpp"

#include <algorithm>
#include <utility>

#include "offers/eligibility.hpp"
#include "offers/offer_shapes.hpp"

namespace cartwright::offers {
namespace {

// A set that holds a product of the basket, and the product's number.
struct Hit {
  OfferSet set;
  std::uint32_t product = 0;
  auto operator<=>(const Hit&) const = default;
};

std::vector<Hit> hits_of(const OfferIndex& index, const BasketUnits& all) {
  std::vector<Hit> hits;
  std::vector<OfferSet> found;
  for (std::uint32_t product = 0; product < all.products.size(); ++product) {
    found.clear();
    index.find(*all.products[product].product, found);
    for (const OfferSet& set : found) hits.push_back({set, product});
  }
  std::sort(hits.begin(), hits.end());
  return hits;
}

}  // namespace

std::vector<TouchedOffer> touched_offers(const OfferBook& book, const BasketUnits& all, bool member,
                                         const Facts& facts, Reasons& reasons) {
  std::vector<TouchedOffer> touched;
  const std::vector<Hit> hits = hits_of(book.index(), all);
  for (auto hit = hits.begin(); hit != hits.end();) {
    const std::uint32_t number = hit->set.offer;
    const auto end =
        std::find_if(hit, hits.end(), [&](const Hit& other) { return other.set.offer != number; });
    const Offer& offer = book.offers()[number];
    if (auto why = why_not(offer, member, facts)) {
      reasons[offer.id] = std::move(*why);
      hit = end;
      continue;
    }
    TouchedOffer& use = touched.emplace_back();
    use.offer = &offer;
    use.sets.resize(sets_of(offer.shape).size());
    bool seen = false;
    for (; hit != end; ++hit) {
      std::vector<UnitIndex>& units = use.sets[hit->set.set];
      for (const UnitIndex unit : all.products[hit->product].units) {
        if (sees(offer, all.times[all.units[unit].line])) units.push_back(unit);
      }
      seen = seen || !units.empty();
    }
    if (seen) {
      for (std::vector<UnitIndex>& units : use.sets) std::sort(units.begin(), units.end());
    } else {
      reasons[offer.id] = "none of its products was added within its times";
      touched.pop_back();
    }
  }
  return touched;
}

}  // namespace cartwright::offers
