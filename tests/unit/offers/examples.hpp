#pragma once

#include <memory>
#include <string>
#include <utility>

#include "offers/basket.hpp"
#include "offers/price_rules.hpp"

namespace cartwright::offers::examples {

inline Product piece(std::string id, std::int64_t price, std::string tax = "reduced",
                     std::int64_t deposit = 0) {
  Product product;
  product.name = id;
  product.id = std::move(id);
  product.price = Money(price);
  product.tax = std::move(tax);
  product.deposit = Money(deposit);
  return product;
}

inline Product weighed(std::string id, std::int64_t per_kg, std::string tax = "reduced") {
  Product product = piece(std::move(id), per_kg, std::move(tax));
  product.sold_by = SoldBy::kg;
  return product;
}

inline Line line(std::string key, Product product, Quantity quantity) {
  return {.key = std::move(key),
          .product = std::make_shared<const Product>(std::move(product)),
          .quantity = quantity,
          .at = {},
          .override_price = {}};
}

inline PriceRules rules(TaxPlacement placement = TaxPlacement::included) {
  return {.currency = currency("EUR"),
          .taxes = {{"standard", {1900, placement}}, {"reduced", {700, placement}}}};
}

}  // namespace cartwright::offers::examples
