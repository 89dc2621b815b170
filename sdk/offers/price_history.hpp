#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "offers/product.hpp"

namespace cartwright::offers {

// The prices of a product in the course of time. Pure functions: the time is that of the line's
// fact, in Unix seconds.

// The row in force: the latest of the store's own that has begun, else the latest of those for all
// stores; null before the first, when the product's own price counts.
const PriceRow* row_in_force(const Product& product, std::string_view store, std::int64_t at);

// The product at the price of that store and time.
Product at_its_price(const Product& product, std::string_view store, std::int64_t at);
// The same without a copy where there is but one price. Without a time the product's own price
// counts.
std::shared_ptr<const Product> at_its_price(std::shared_ptr<const Product> product,
                                            std::string_view store, std::optional<std::int64_t> at);

// The lowest shelf price of the 30 days before the price in force began (Directive 98/6/EC, article
// 6a): as the product says it, else out of its rows. Nothing where neither tells.
std::optional<Money> lowest_30_days(const Product& product, std::string_view store,
                                    std::int64_t at);

}  // namespace cartwright::offers
