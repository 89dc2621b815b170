#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "offers/basket.hpp"
#include "offers/facts.hpp"
#include "offers/money.hpp"

namespace cartwright::offers {

// The product of that id, or null.
using ProductLookup = std::function<std::shared_ptr<const Product>(std::string_view id)>;

// A basket and its facts as one JSON object brings them.
struct BasketFile {
  Currency currency;
  Basket basket;
  Facts facts;
};

// Pieces and weighings that a basket may hold together.
inline constexpr std::int64_t kMaxBasketUnits = 100'000;

// Reads {"currency","store","lines","member","segments","coupons","overrides"}, strictly; beside
// these `zones`, `redeem`, `accepted` and `refused` of Facts. A line's product is taken at the
// price of that store and the line's time (price_history.hpp). `currency` and `lines` are required.
// Error invalid_input `NAME: lines[2] "3": key: ...` for anything else, a product that the catalog
// does not have, and an override of a line that is not there.
BasketFile parse_basket(std::string_view text, const std::string& name,
                        const ProductLookup& product);

}  // namespace cartwright::offers
