#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "gs1/date.hpp"
#include "gs1/facts.hpp"
#include "gs1/gtin.hpp"
#include "offers/basket.hpp"
#include "offers/product.hpp"

namespace cartwright::offers {

// What a code told of the one item that was scanned.
struct ItemLabel {
  std::optional<gs1::Gtin14> gtin;  // of the item; absent where the product was named by its id
  // True for a restricted-circulation number: its measure is the store's own word.
  bool restricted = false;
  gs1::Facts facts;
};

// Where and when something is sold: of the fact that is written, never of a clock.
struct Occasion {
  std::string store;           // its GLN
  std::int64_t at = 0;         // Unix seconds
  gs1::Date today;             // the store's
  bool today_is_sure = true;   // whether the cart's clock may be believed
  std::uint16_t currency = 0;  // the store's, ISO 4217 numeric
};

// An item as it becomes a line.
struct ItemSale {
  Product product;                   // at the price that counts
  std::optional<Quantity> quantity;  // absent: sold by weight, and the code tells none
  gs1::Facts label;
  bool price_of_code = false;          // it stood on the package, not in the catalog
  std::int64_t markdown_bps = 0;       // what the best-before rule took off the price
  std::optional<Money> regular_price;  // before that
  std::string notice;                  // for the shopper, mostly empty
  // What must be shown beside a price: per kg, l, m or piece, and what it was at its lowest before
  // it was reduced.
  std::optional<ComparisonPrice> unit_price;
  std::optional<Money> lowest_30_days;
};

struct NotForSale {
  enum class Why : std::uint8_t {
    recalled,
    expired,
    not_priced,  // the code's price or count can not be used
  };
  Why why = Why::not_priced;
  std::string text;  // one sentence for the shopper
};

// Judges an item by its product's rules and by what its code told. A pure function.
//
// Recalls come first; then the days: past its use-by (17) or sell-by date (16) nothing is sold,
// past its best-before date (15) what the product's rule says. While the day is not sure they only
// warn, and nothing is marked down.
//
// The price is that of the store and the time. A pack is as many pieces as its GTIN stands for.
//
// A price in the code counts for restricted numbers, for variable measure (GTINs that begin with 9)
// and for products sold by weight, which are then one piece at that price; a count for the first
// two. A net weight counts for products sold by weight.
std::variant<ItemSale, NotForSale> sell(const Product& product, const ItemLabel& label,
                                        const Occasion& occasion);

// The recall that forbids the item, or null.
const Recall* recall_of(const Product& product, const gs1::Facts& label);
// "Milk is recalled (R-17: glass): ..."
std::string recall_text(const Product& product, const Recall& recall, const gs1::Facts& label);

}  // namespace cartwright::offers
