#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gs1/gtin.hpp"
#include "offers/money.hpp"

namespace cartwright::offers {

enum class SoldBy : std::uint8_t { piece, kg };

std::string_view name(SoldBy sold_by);

// A row of the catalog.
struct Product {
  std::string id;  // the retailer's own, "milk-1l"
  std::vector<gs1::Gtin14> gtins;
  std::string name;
  SoldBy sold_by = SoldBy::piece;
  Money price;                        // a piece, or a kg
  std::optional<Money> member_price;  // the same for members, where it differs
  std::string tax;                    // a name among the store's tax classes
  Money deposit;                      // a piece; a weighing counts as one
  std::vector<std::string> categories;
  bool discountable = true;
  int min_age = 0;       // years; 0: anybody
  std::string location;  // "A3-2"

  bool operator==(const Product&) const = default;
};

}  // namespace cartwright::offers
