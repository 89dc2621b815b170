#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "offers/money.hpp"

namespace cartwright::offers {

struct Product;

// How much is in a piece of a product.
struct NetContent {
  enum class Unit : std::uint8_t { g, ml, cm, piece };
  std::int64_t amount = 0;
  Unit unit = Unit::g;

  bool operator==(const NetContent&) const = default;
};

// "g", "ml", "cm", "piece".
std::string_view name(NetContent::Unit unit);

// The unit price that shelves must show (Directive 98/6/EC, article 2b).
struct ComparisonPrice {
  Money price;
  std::string_view per;  // "kg", "l", "m", "piece"
};

// Of the product at its price: price times unit by content, half up; of what is sold by weight the
// price per kg. Nothing where the content of a piece is not known.
std::optional<ComparisonPrice> comparison_price(const Product& product);

}  // namespace cartwright::offers
