#include "offers/offer_index.hpp"

#include <algorithm>

#include "offers/category_path.hpp"
#include "offers/offer_shapes.hpp"

namespace cartwright::offers {

namespace {

OfferBrief brief_of(const Offer& offer) {
  const When& when = offer.when;
  return {.sets = static_cast<std::uint32_t>(count_of_sets(offer.shape)),
          .asks_facts = !offer.stores.empty() || !offer.zones.empty() || !offer.segments.empty() ||
                        offer.member || !offer.coupon.empty(),
          .asks_times = when.from || when.to || !when.days.empty() || !when.hours.empty(),
          .is_bound = !offer.group.empty() || !offer.coupon.empty(),
          .is_mandatory = offer.mandatory};
}

void add_all(const std::vector<std::string>& words, std::uint32_t set, WordTable::Builder& table) {
  for (const std::string& word : words) table.add(word, set);
}

}  // namespace

OfferIndex::OfferIndex(std::span<const Offer> offers) {
  WordTable::Builder products;
  WordTable::Builder categories;
  WordTable::Builder excluded;
  WordTable::Builder coupons;
  for (std::uint32_t offer = 0; offer < offers.size(); ++offer) {
    std::uint32_t number = 0;
    briefs_.push_back(brief_of(offers[offer]));
    if (!offers[offer].coupon.empty()) coupons.add(offers[offer].coupon, offer);
    for (const ProductSet* set : sets_of(offers[offer].shape)) {
      const auto id = static_cast<std::uint32_t>(sets_.size());
      sets_.push_back({offer, number++});
      if (set == nullptr || (set->products.empty() && set->categories.empty())) {
        everything_.push_back(id);
      }
      if (set == nullptr) continue;
      add_all(set->products, id, products);
      add_all(set->categories, id, categories);
      add_all(set->not_products, id, excluded);
    }
  }
  products_ = WordTable(products);
  categories_ = WordTable(categories);
  excluded_ = WordTable(excluded);
  coupons_ = WordTable(coupons);
}

void OfferIndex::find(const Product& product, std::vector<OfferSet>& found) const {
  const auto first = static_cast<std::ptrdiff_t>(found.size());
  int lists = 0;
  const auto take = [&](std::span<const std::uint32_t> sets) {
    for (const std::uint32_t set : sets) found.push_back(sets_[set]);
    lists += sets.empty() ? 0 : 1;
  };
  take(everything_);
  take(products_.of(product.id));
  for (const std::string& category : product.categories) {
    for (std::string_view path = category; !path.empty(); path = parent_of(path)) {
      take(categories_.of(path));
    }
  }
  if (lists > 1) {
    std::sort(found.begin() + first, found.end());
    found.erase(std::unique(found.begin() + first, found.end()), found.end());
  }
  const std::span<const std::uint32_t> out = excluded_.of(product.id);
  if (out.empty()) return;
  const auto is_out = [&](const OfferSet& each) {
    const auto at = std::lower_bound(
        out.begin(), out.end(), each,
        [&](std::uint32_t set, const OfferSet& wanted) { return sets_[set] < wanted; });
    return at != out.end() && sets_[*at] == each;
  };
  found.erase(std::remove_if(found.begin() + first, found.end(), is_out), found.end());
}

}  // namespace cartwright::offers
