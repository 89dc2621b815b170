#include "offers/basket.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "offers/rounding.hpp"

namespace cartwright::offers {
namespace {

void check_quantity(const Product& product, const Quantity& quantity) {
  const bool pieces = std::holds_alternative<Units>(quantity);
  if (pieces != (product.sold_by == SoldBy::piece)) {
    throw Error(ErrorKind::invalid_input,
                product.id + " is sold by the " + std::string(name(product.sold_by)) +
                    (pieces ? "; weigh it instead of counting" : "; count it instead of weighing"));
  }
  const std::int64_t amount =
      pieces ? std::get<Units>(quantity).count : std::get<Grams>(quantity).value();
  if (amount <= 0) {
    throw Error(ErrorKind::invalid_input, "the quantity of " + product.id + " is " +
                                              std::to_string(amount) + "; it must be above zero");
  }
}

}  // namespace

void Basket::add(Line line) {
  if (line.key.empty() || line.product == nullptr) {
    throw Error(ErrorKind::invalid_input, "a basket line needs a key and a product");
  }
  if (find(line.key) != nullptr) {
    throw Error(ErrorKind::conflict, "line " + line.key + " is in the basket already");
  }
  check_quantity(*line.product, line.quantity);
  if (line.override_price) check_override(*line.override_price);
  lines_.push_back(std::move(line));
}

void Basket::set_quantity(std::string_view key, Quantity quantity) {
  const auto line = at_key(key);
  check_quantity(*line->product, quantity);
  line->quantity = quantity;
}

void Basket::remove(std::string_view key) {
  lines_.erase(at_key(key));
}

void Basket::take_off(std::string_view key, Units units) {
  const auto line = at_key(key);
  check_quantity(*line->product, units);
  Units& held = std::get<Units>(line->quantity);
  if (units > held) {
    throw Error(ErrorKind::invalid_input, "line " + line->key + " has " +
                                              std::to_string(held.count) + " pieces; " +
                                              std::to_string(units.count) + " can not go back");
  }
  held.count -= units.count;
  if (held.count == 0) lines_.erase(line);
}

void Basket::override_price(std::string_view key, PriceOverride price) {
  const auto line = at_key(key);
  check_override(price);
  line->override_price = std::move(price);
}

const Line* Basket::find(std::string_view key) const {
  const auto line = std::find_if(lines_.begin(), lines_.end(),
                                 [&](const Line& candidate) { return candidate.key == key; });
  return line == lines_.end() ? nullptr : &*line;
}

const Line* Basket::last_of(std::string_view product) const {
  const auto line = std::find_if(lines_.rbegin(), lines_.rend(), [&](const Line& candidate) {
    return candidate.product->id == product;
  });
  return line == lines_.rend() ? nullptr : &*line;
}

std::vector<Line>::iterator Basket::at_key(std::string_view key) {
  const auto line = std::find_if(lines_.begin(), lines_.end(),
                                 [&](const Line& candidate) { return candidate.key == key; });
  if (line == lines_.end()) {
    throw Error(ErrorKind::not_found, "line " + std::string(key) + " is not in the basket");
  }
  return line;
}

void Basket::check_override(const PriceOverride& price) {
  if (price.price < Money(0) || price.by.empty()) {
    throw Error(ErrorKind::invalid_input,
                "an override needs a price of zero or more and who allowed it");
  }
}

Money amount_of(Money price, SoldBy sold_by, const Quantity& quantity) {
  if (const auto* units = std::get_if<Units>(&quantity)) return price * units->count;
  return price_of_weight(price, std::get<Grams>(quantity), grams_of_price(sold_by));
}

Money unit_price(const Line& line, bool member) {
  if (line.override_price) return line.override_price->price;
  if (member && line.product->member_price) return *line.product->member_price;
  return line.product->price;
}

}  // namespace cartwright::offers
