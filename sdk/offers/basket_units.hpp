#pragma once

#include <cstdint>
#include <optional>
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
    const Product* product = nullptr;
    std::vector<UnitIndex> units;  // ascending
  };
  // When a line was added; absent where its time is not known.
  struct Time {
    std::int64_t unix_seconds = 0;
    std::int64_t local_seconds = 0;
  };

  std::vector<Unit> units;
  std::vector<OfProduct> products;         // ascending by id; Unit::product counts these
  std::vector<std::optional<Time>> times;  // by line of the basket
  std::int64_t outside = 0;                // list price of all that offers may not touch
};

// The units at their list price: override, member or shelf price. `zone` is the store's; without
// one a line's own offset says what its local time was. The basket must outlive the result. Error
// invalid_input for more than kMaxBasketUnits units.
BasketUnits units_of(const Basket& basket, const TimeZone* zone);

// Whether the offer's times let it see what was added at this time; offers without times see all.
bool sees(const Offer& offer, const std::optional<BasketUnits::Time>& time);

}  // namespace cartwright::offers
