#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "offers/problem.hpp"
#include "support/offers/shop.hpp"

namespace cartwright::judge {

// What a result object of docs/offers.md says, held against the basket it was made for.
struct Receipt {
  offers::Solution solution;  // the choice that its shares describe
  std::string faults;  // where its sums, shares and applications do not agree; then the checker's
};

// Reads the shares of each line back into applications: pieces of a line are alike, so that units
// can be chosen for them. For baskets without stacked offers and without points or gifts.
Receipt read_receipt(const nlohmann::json& result, const ShopBasket& basket,
                     const offers::Problem& problem);

}  // namespace cartwright::judge
