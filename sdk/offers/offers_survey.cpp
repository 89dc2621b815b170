#include "offers/offers_survey.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <string>

#include "offers/offer_shapes.hpp"
#include "offers/stage_zero.hpp"

namespace cartwright::offers {
namespace {

// Stands for the words of the offers where no catalog is at hand.
std::vector<Product> named_products(const OfferBook& book) {
  std::set<std::string_view> ids;
  std::set<std::string_view> categories;
  for (const Offer& offer : book.offers()) {
    for (const ProductSet* set : sets_of(offer.shape)) {
      if (set == nullptr) continue;
      ids.insert(set->products.begin(), set->products.end());
      categories.insert(set->categories.begin(), set->categories.end());
    }
  }
  std::vector<Product> products;
  for (const std::string_view id : ids) products.emplace_back().id = id;
  for (const std::string_view category : categories) {
    products.emplace_back().categories = {std::string(category)};
  }
  return products;
}

bool at_the_same_time(const When& a, const When& b) {
  constexpr auto kEver = std::numeric_limits<std::int64_t>::max();
  return std::max(a.from.value_or(0), b.from.value_or(0)) <
         std::min(a.to.value_or(kEver), b.to.value_or(kEver));
}

// Whether some entry of one list fits some entry of the other; an empty list is all.
template <typename Entry, typename Fits>
bool share(const std::vector<Entry>& a, const std::vector<Entry>& b, const Fits& fits) {
  return a.empty() || b.empty() || std::any_of(a.begin(), a.end(), [&](const Entry& one) {
           return std::any_of(b.begin(), b.end(),
                              [&](const Entry& other) { return fits(one, other); });
         });
}

bool share(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return share(a, b, std::equal_to<>());
}

bool at_the_same_hours(const When& a, const When& b) {
  return share(a.days, b.days, std::equal_to<>()) &&
         share(a.hours, b.hours, [](const Hours& one, const Hours& other) {
           return one.from < other.to && other.from < one.to;
         });
}

bool meet(const Offer& a, const Offer& b) {
  return a.priority == b.priority && (!a.member || !b.member || a.member == b.member) &&
         at_the_same_time(a.when, b.when) && at_the_same_hours(a.when, b.when) &&
         share(a.stores, b.stores) && share(a.zones, b.zones) && a.coupon == b.coupon;
}

class Walk {
 public:
  explicit Walk(const OfferBook& book) : book_(book) {
    for (const Offer& offer : book.offers()) {
      result_.sets.emplace_back(sets_of(offer.shape).size());
    }
  }

  void visit(const Product& product) {
    if (!product.discountable) return;
    found_.clear();
    book_.index().find(product, found_);
    mandatory_.clear();
    for (const OfferSet& each : found_) {
      note(result_.sets[each.offer][each.set], product);
      if (is_stage_zero(book_.offers()[each.offer])) mandatory_.push_back(each.offer);
      if (each.set == 1 && std::holds_alternative<BuyGet>(book_.offers()[each.offer].shape) &&
          std::binary_search(found_.begin(), found_.end(), OfferSet{each.offer, 0})) {
        result_.overlapping.insert(each.offer);
      }
    }
    for (std::size_t i = 0; i < mandatory_.size(); ++i) {
      for (std::size_t j = i + 1; j < mandatory_.size(); ++j) {
        if (meet(book_.offers()[mandatory_[i]], book_.offers()[mandatory_[j]])) {
          result_.contradictions.emplace(mandatory_[i], mandatory_[j]);
        }
      }
    }
  }

  Survey take() { return std::move(result_); }

 private:
  static void note(SetFacts& facts, const Product& product) {
    ++facts.products;
    if (product.sold_by != SoldBy::piece) {
      facts.weighed = true;
      return;
    }
    facts.dearest = std::max(facts.dearest, product.price);
    if (facts.cheapest && *facts.cheapest <= product.price) return;
    facts.cheapest = product.price;
    facts.cheapest_product = product.id;
  }

  const OfferBook& book_;
  Survey result_;
  std::vector<OfferSet> found_;
  std::vector<std::uint32_t> mandatory_;
};

}  // namespace

Survey survey(const OfferBook& book, const ProductTable* catalog) {
  Walk walk(book);
  if (catalog != nullptr) {
    for (const auto& product : catalog->products()) walk.visit(*product);
  } else {
    for (const Product& product : named_products(book)) walk.visit(product);
  }
  return walk.take();
}

}  // namespace cartwright::offers
