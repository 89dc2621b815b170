#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "base/time_zone.hpp"
#include "offers/basket.hpp"
#include "offers/offer.hpp"
#include "offers/problem.hpp"

namespace cartwright::offers {

// A basket's lines as the units that offers may touch: those of discountable products, a piece or
// a weighing each, ascending by their line's key, so that the order of scans leaves no trace.
struct BasketUnits {
  struct OfProduct {
    const std::shared_ptr<const Product>* held = nullptr;  // by a line of the basket
    const Product* product = nullptr;
    // Its part of by_product.
    std::uint32_t first = 0;
    std::uint32_t count = 0;
  };
  // When a line was added; absent where its time is not known.
  struct Time {
    std::int64_t unix_seconds = 0;
    std::int64_t local_seconds = 0;
  };
  // The first and the last of such times.
  struct TimeSpan {
    std::int64_t from = 0;
    std::int64_t to = 0;
  };

  std::vector<Unit> units;
  std::vector<OfProduct> products;  // ascending by id; Unit::product counts these
  std::vector<UnitIndex> by_product;
  std::vector<std::optional<Time>> times;  // by line of the basket
  std::optional<TimeSpan> span;            // of all lines; absent where one has no time
  std::int64_t outside = 0;                // list price of all that offers may not touch

  // Ascending.
  std::span<const UnitIndex> of_product(std::uint32_t number) const {
    return std::span(by_product).subspan(products[number].first, products[number].count);
  }
  // True only where sees() is true of every line.
  bool is_seen_whole_by(const Offer& offer) const;
};

// The units at their list price: override, member or shelf price. `zone` is the store's; without
// one a line's own offset says what its local time was. The basket must outlive the result. Error
// invalid_input for more than kMaxBasketUnits units.
BasketUnits units_of(const Basket& basket, const TimeZone* zone);

// Whether the offer's times let it see what was added at this time; offers without times see all.
bool sees(const Offer& offer, const std::optional<BasketUnits::Time>& time);

}  // namespace cartwright::offers
