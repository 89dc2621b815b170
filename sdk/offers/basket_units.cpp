#include "offers/basket_units.hpp"

#include <algorithm>
#include <numeric>
#include <string>

#include "base/error.hpp"
#include "base/rfc3339.hpp"
#include "offers/basket_file.hpp"
#include "offers/offer_when.hpp"
#include "offers/rounding.hpp"

namespace cartwright::offers {
namespace {

std::optional<BasketUnits::Time> time_of(const Line& line, const TimeZone* zone) {
  const auto at = parse_rfc3339(line.at);
  if (!at) return std::nullopt;
  const std::int32_t offset = zone != nullptr ? zone->offset_at(at->seconds) : at->offset_seconds;
  return BasketUnits::Time{at->seconds, at->seconds + offset};
}

// Lines by key.
std::vector<std::uint32_t> ranked(const std::vector<Line>& lines) {
  std::vector<std::uint32_t> order(lines.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return lines[a].key < lines[b].key; });
  return order;
}

std::vector<const Product*> products_of(const std::vector<Line>& lines) {
  std::vector<const Product*> products;
  for (const Line& line : lines) {
    if (line.product->discountable) products.push_back(line.product.get());
  }
  std::sort(products.begin(), products.end(),
            [](const Product* a, const Product* b) { return a->id < b->id; });
  const auto same = [](const Product* a, const Product* b) { return a->id == b->id; };
  products.erase(std::unique(products.begin(), products.end(), same), products.end());
  return products;
}

std::uint32_t number_of(const Product& product, const std::vector<const Product*>& products) {
  const auto found =
      std::lower_bound(products.begin(), products.end(), &product,
                       [](const Product* a, const Product* b) { return a->id < b->id; });
  return static_cast<std::uint32_t>(found - products.begin());
}

// How many units a line has, and what one costs.
struct Priced {
  std::int64_t units = 1;
  Money base;
};

Priced priced(const Line& line, bool member) {
  const Money price = unit_price(line, member);
  if (const auto* pieces = std::get_if<Units>(&line.quantity)) return {pieces->count, price};
  return {1, price_of_weight(price, std::get<Grams>(line.quantity))};
}

void check_room(std::size_t held, std::int64_t more) {
  if (static_cast<std::int64_t>(held) + more <= kMaxBasketUnits) return;
  throw Error(ErrorKind::invalid_input, "the basket holds more than " +
                                            std::to_string(kMaxBasketUnits) +
                                            " pieces and weighings; that many can not be priced");
}

}  // namespace

BasketUnits units_of(const Basket& basket, const TimeZone* zone) {
  BasketUnits all;
  const std::vector<Line>& lines = basket.lines();
  for (const Line& line : lines) all.times.push_back(time_of(line, zone));
  const std::vector<const Product*> products = products_of(lines);
  for (const Product* product : products) all.products.push_back({product, {}});
  std::uint32_t rank = 0;
  Money outside;
  for (const std::uint32_t at : ranked(lines)) {
    const Line& line = lines[at];
    const Priced price = priced(line, basket.member);
    if (!line.product->discountable) {
      outside += price.base * price.units;
    } else {
      check_room(all.units.size(), price.units);
      const std::uint32_t number = number_of(*line.product, products);
      for (std::int64_t i = 0; i < price.units; ++i) {
        all.products[number].units.push_back(static_cast<UnitIndex>(all.units.size()));
        all.units.push_back(
            {.line = at, .rank = rank, .product = number, .base = price.base.minor()});
      }
    }
    ++rank;
  }
  all.outside = outside.minor();
  return all;
}

bool sees(const Offer& offer, const std::optional<BasketUnits::Time>& time) {
  const When& when = offer.when;
  if (!when.from && !when.to && when.days.empty() && when.hours.empty()) return true;
  return time && within(when, time->unix_seconds, time->local_seconds);
}

}  // namespace cartwright::offers
