#include "offers/basket_units.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/rfc3339.hpp"
#include "offers/basket_file.hpp"
#include "offers/offer_when.hpp"

namespace cartwright::offers {
namespace {

std::optional<BasketUnits::Time> time_of(const Line& line, const TimeZone* zone) {
  const auto at = parse_rfc3339(line.at);
  if (!at) return std::nullopt;
  const std::int32_t offset = zone != nullptr ? zone->offset_at(at->seconds) : at->offset_seconds;
  return BasketUnits::Time{at->seconds, at->seconds + offset};
}

// A text that is sorted by its first eight bytes, and by all of them only where these are equal.
struct Sortable {
  std::uint64_t head = 0;
  std::string_view text;
  std::uint32_t line = 0;

  Sortable(std::string_view all, std::size_t number)
      : text(all), line(static_cast<std::uint32_t>(number)) {
    for (std::size_t i = 0; i < 8; ++i) {
      head = head << 8 | (i < all.size() ? static_cast<unsigned char>(all[i]) : 0U);
    }
  }
  bool operator<(const Sortable& other) const {
    return head != other.head ? head < other.head : text < other.text;
  }
};

// Lines by key.
std::vector<Sortable> ranked(const std::vector<Line>& lines) {
  std::vector<Sortable> order;
  order.reserve(lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) order.emplace_back(lines[i].key, i);
  std::sort(order.begin(), order.end());
  return order;
}

// Finds the products that offers may touch, by id, and tells the number of each line's product.
std::vector<std::uint32_t> number_products(const std::vector<Line>& lines, BasketUnits& all) {
  std::vector<Sortable> order;
  order.reserve(lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].product->discountable) order.emplace_back(lines[i].product->id, i);
  }
  std::sort(order.begin(), order.end());
  std::vector<std::uint32_t> numbers(lines.size());
  const Sortable* before = nullptr;
  for (const Sortable& each : order) {
    if (before == nullptr || before->text != each.text) {
      const std::shared_ptr<const Product>& held = lines[each.line].product;
      all.products.push_back({.held = &held, .product = held.get()});
    }
    before = &each;
    numbers[each.line] = static_cast<std::uint32_t>(all.products.size() - 1);
  }
  return numbers;
}

// How many units a line has, and what one costs.
struct Priced {
  std::int64_t units = 1;
  Money base;
};

Priced priced(const Line& line, bool member) {
  const Money price = unit_price(line, member);
  if (const auto* pieces = std::get_if<Units>(&line.quantity)) return {pieces->count, price};
  return {1, amount_of(price, line.product->sold_by, line.quantity)};
}

void check_room(std::size_t held, std::int64_t more) {
  if (static_cast<std::int64_t>(held) + more <= kMaxBasketUnits) return;
  throw Error(ErrorKind::invalid_input, "the basket holds more than " +
                                            std::to_string(kMaxBasketUnits) +
                                            " pieces and weighings; that many can not be priced");
}

void add_times(const std::vector<Line>& lines, const TimeZone* zone, BasketUnits& all) {
  all.times.reserve(lines.size());
  bool is_known = !lines.empty();
  BasketUnits::TimeSpan span{std::numeric_limits<std::int64_t>::max(), 0};
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const bool same = i > 0 && lines[i].at == lines[i - 1].at;
    all.times.push_back(same ? all.times.back() : time_of(lines[i], zone));
    is_known = is_known && all.times.back();
    if (!is_known) continue;
    span.from = std::min(span.from, all.times.back()->unix_seconds);
    span.to = std::max(span.to, all.times.back()->unix_seconds);
  }
  if (is_known) all.span = span;
}

// Lays the units of each product side by side.
void group_by_product(BasketUnits& all) {
  for (const Unit& unit : all.units) ++all.products[unit.product].count;
  std::uint32_t next = 0;
  for (BasketUnits::OfProduct& product : all.products) {
    product.first = next;
    next += product.count;
    product.count = 0;
  }
  all.by_product.resize(next);
  for (UnitIndex unit = 0; unit < all.units.size(); ++unit) {
    BasketUnits::OfProduct& product = all.products[all.units[unit].product];
    all.by_product[product.first + product.count++] = unit;
  }
}

}  // namespace

BasketUnits units_of(const Basket& basket, const TimeZone* zone) {
  BasketUnits all;
  const std::vector<Line>& lines = basket.lines();
  add_times(lines, zone, all);
  const std::vector<std::uint32_t> numbers = number_products(lines, all);
  all.units.reserve(lines.size() * 2);
  std::uint32_t rank = 0;
  Money outside;
  for (const Sortable& each : ranked(lines)) {
    const Line& line = lines[each.line];
    const Priced price = priced(line, basket.member);
    if (!line.product->discountable) {
      outside += price.base * price.units;
    } else {
      check_room(all.units.size(), price.units);
      all.units.insert(all.units.end(), static_cast<std::size_t>(price.units),
                       {.line = each.line,
                        .rank = rank,
                        .product = numbers[each.line],
                        .base = price.base.minor()});
    }
    ++rank;
  }
  group_by_product(all);
  all.outside = outside.minor();
  return all;
}

bool BasketUnits::is_seen_whole_by(const Offer& offer) const {
  const When& when = offer.when;
  if (!when.days.empty() || !when.hours.empty()) return false;
  if (!when.from && !when.to) return true;
  return span && (!when.from || *when.from <= span->from) && (!when.to || span->to < *when.to);
}

bool sees(const Offer& offer, const std::optional<BasketUnits::Time>& time) {
  const When& when = offer.when;
  if (!when.from && !when.to && when.days.empty() && when.hours.empty()) return true;
  return time && within(when, time->unix_seconds, time->local_seconds);
}

}  // namespace cartwright::offers
