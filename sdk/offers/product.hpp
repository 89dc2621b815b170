#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gs1/gtin.hpp"
#include "offers/money.hpp"
#include "offers/net_content.hpp"
#include "offers/sale_rules.hpp"

namespace cartwright::offers {

enum class SoldBy : std::uint8_t { piece, kg, hundred_grams };

// "piece", "kg", "100g"
std::string_view name(SoldBy sold_by);
// Nothing for any other text.
std::optional<SoldBy> sold_by_of_name(std::string_view text);

inline constexpr std::int64_t kGramsPerKg = 1000;

// How many grams a price is for; of the piece 0.
constexpr std::int64_t grams_of_price(SoldBy sold_by) {
  if (sold_by == SoldBy::piece) return 0;
  return sold_by == SoldBy::kg ? kGramsPerKg : 100;
}

// A row of the catalog.
struct Product {
  std::string id;  // the retailer's own, "milk-1l"
  std::vector<gs1::Gtin14> gtins;
  std::string name;
  SoldBy sold_by = SoldBy::piece;
  Money price;                          // a piece, a kg or 100 g
  std::optional<Money> member_price;    // the same for members, where it differs
  std::string tax;                      // a name among the store's tax classes
  Money deposit;                        // a piece; a weighing counts as one
  std::vector<std::string> categories;  // paths (category_path.hpp)
  bool discountable = true;
  int min_age = 0;                      // years; 0: anybody
  std::string location;                 // "A3-2"
  std::vector<Pack> packs;              // ascending by GTIN
  std::vector<PriceRow> prices;         // ascending (store, from); before the first `price` counts
  std::optional<Money> lowest_30_days;  // where it is said and not to be worked out of `prices`
  std::optional<NetContent> content;
  std::vector<Recall> recalls;
  BestBefore best_before;

  bool operator==(const Product&) const = default;
};

// How many pieces a GTIN of the product stands for: of a pack its units, else one.
std::int64_t units_of(const Product& product, gs1::Gtin14 gtin);

}  // namespace cartwright::offers
