#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "bench/assortment.hpp"
#include "offers/priced_basket.hpp"
#include "offers/product_table.hpp"

namespace cartwright::bench {

// A basket as the engine takes it.
struct MarketBasket {
  offers::Basket basket;
  offers::Facts facts;
};

// A shop with so many live offers, as the engine has it and as the rivals get it.
class Market {
 public:
  // `unsold`: so many more offers, on products that are in no basket. The assortment must outlive
  // the market.
  Market(const Assortment& assortment, std::size_t offers, std::uint64_t seed,
         std::size_t unsold = 0);

  const Assortment& assortment() const { return assortment_; }
  const judge::Shop& shop() const { return shop_; }
  const offers::OfferBook& book() const { return book_; }
  const offers::PriceRules& rules() const { return rules_; }
  // The book of these offers alone, by their ids.
  offers::OfferBook book_of(const std::set<std::string>& offers) const;

  // Baskets of so many lines, the first of them numbered `first`; each presents a few coupons.
  std::vector<judge::ShopBasket> baskets(std::size_t lines, std::size_t first,
                                         std::size_t count) const;
  MarketBasket basket(const judge::ShopBasket& basket) const;
  // With its product read anew, as a cart reads it from the catalog at each scan.
  offers::Line line(const judge::ShopLine& line, const std::string& at) const;

 private:
  const Assortment& assortment_;
  judge::Shop shop_;  // without products and baskets
  offers::OfferBook book_;
  std::vector<std::string> coupons_;
  offers::PriceRules rules_;
};

}  // namespace cartwright::bench
