#include "offers/offers_survey.hpp"

#include <algorithm>
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

bool share_a_word(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return a.empty() || b.empty() || std::any_of(a.begin(), a.end(), [&](const std::string& word) {
           return std::find(b.begin(), b.end(), word) != b.end();
         });
}

bool meet(const Offer& a, const Offer& b) {
  return a.priority == b.priority && (!a.member || !b.member || a.member == b.member) &&
         at_the_same_time(a.when, b.when) && share_a_word(a.stores, b.stores) &&
         share_a_word(a.zones, b.zones) && a.group == b.group && a.coupon == b.coupon;
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
    } else {
      facts.dearest = std::max(facts.dearest, product.price);
    }
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
