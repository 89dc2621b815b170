#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "support/offers/shop.hpp"

namespace cartwright::bench {

// What a shop sells and what is bought there, one basket after the other. Each product has its
// department, category and type among its categories, where they are known.
struct Assortment {
  std::string source;  // for people: where it comes from
  std::vector<judge::ShopProduct> products;
  std::vector<judge::ShopLine> purchases;  // of all baskets, in order; keys are left out
};

// Real products and purchases where their data lies beside the tree
// (support/offers/real_baskets.hpp says which), else the built-in assortment.
Assortment any_assortment();

// 20,000 products of 20 departments, and purchases: a few products are bought often and most of
// them seldom, and a basket comes back to the same categories. The same on every machine.
Assortment built_in_assortment();

// A basket of so many lines, the one with this number: purchases that follow each other, so that
// baskets are joined where they are smaller.
judge::ShopBasket basket_of(const Assortment& assortment, std::size_t lines, std::size_t number);

// How many such baskets there are before purchases come again.
std::size_t baskets_of(const Assortment& assortment, std::size_t lines);

}  // namespace cartwright::bench
