#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "offers/money.hpp"
#include "offers/product.hpp"

namespace cartwright::offers {

struct Units {
  std::int64_t count = 0;
  auto operator<=>(const Units&) const = default;
};

// Pieces of a product sold by the piece, or the net weight of one weighing.
using Quantity = std::variant<Units, Grams>;

// A price that a person with authority set: a piece, a kg or 100 g.
struct PriceOverride {
  Money price;
  std::string by;  // "staff-7"
};

struct Line {
  std::string key;                         // unique in the basket, never used again
  std::shared_ptr<const Product> product;  // never null; the facts of the pinned catalog
  Quantity quantity;
  std::string at;  // RFC 3339 with offset, when it was added; offers judge their hours by it
  std::optional<PriceOverride> override_price;
};

// What lies in the cart: a value, without clock, catalog or log. Every change keeps the rules (a
// quantity above zero of the kind that the product is sold by, keys unique) or throws Error
// (invalid_input, conflict, not_found) and changes nothing.
class Basket {
 public:
  void add(Line line);
  void set_quantity(std::string_view key, Quantity quantity);
  void remove(std::string_view key);
  // Takes `count` pieces off the line; at zero the line goes. Error invalid_input for a weighed
  // line or for more than there are.
  void take_off(std::string_view key, Units count);
  void override_price(std::string_view key, PriceOverride price);

  const Line* find(std::string_view key) const;
  // The line of this product that was added last, which is the one that a put-back takes from.
  const Line* last_of(std::string_view product) const;
  // In the order in which they were added.
  const std::vector<Line>& lines() const { return lines_; }
  bool empty() const { return lines_.empty(); }

  // Facts about the shopper that decide prices; set by the trip.
  bool member = false;

 private:
  static void check_override(const PriceOverride& price);
  std::vector<Line>::iterator at_key(std::string_view key);
  std::vector<Line> lines_;
};

// What so much costs at the price of a piece, a kg or 100 g. A quantity of the kind that the
// product is sold by is required.
Money amount_of(Money price, SoldBy sold_by, const Quantity& quantity);

// The price in force for the line, a piece, a kg or 100 g: the override, else the member price for
// members, else the shelf price.
Money unit_price(const Line& line, bool member);

}  // namespace cartwright::offers
