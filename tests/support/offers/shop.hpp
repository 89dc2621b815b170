#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "offers/problem.hpp"

namespace cartwright::judge {

// Products, offers and baskets as a retailer has them, to be written in the JSON forms of
// docs/offers.md, or turned into a problem by the shortest way: so the engine's readers and its
// builder of problems are judged too.

struct ShopProduct {
  std::string id;
  std::string gtin;  // 13 digits of GS1's demonstration range
  std::string name;
  std::int64_t price = 0;
  std::vector<std::string> categories;
};

struct ShopLine {
  std::string key;  // as many digits as every other key
  std::size_t product = 0;
  std::int64_t units = 0;
  std::int64_t price = 0;  // a piece; an override where it is not the product's
};

struct ShopBasket {
  std::string store;  // a GLN
  std::string at;
  std::vector<ShopLine> lines;
  std::vector<std::string> coupons;  // an id as often as it was presented
};

struct Shop {
  std::string currency = "EUR";
  std::vector<ShopProduct> products;
  std::vector<std::unique_ptr<offers::Offer>> offers;  // ids ascending
  std::vector<ShopBasket> baskets;
};

std::string catalog_lines(const Shop& shop);
std::string offers_text(const Shop& shop);
std::string basket_text(const Shop& shop, const ShopBasket& basket);  // one line

// Every offer whose coupon was presented and that could take something by its sets. Offers are
// looked at one by one, products compared by name: slow and plain.
offers::Problem problem_of(const Shop& shop, const ShopBasket& basket);

// "952", the number in nine digits and the check digit.
std::string demonstration_number(std::int64_t number);

}  // namespace cartwright::judge
