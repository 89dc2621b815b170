#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gs1/date.hpp"
#include "gs1/gtin.hpp"
#include "offers/money.hpp"

namespace cartwright::offers {

// A price from a moment on, in one store or in all.
struct PriceRow {
  std::string store;      // GLN; empty: every store
  std::int64_t from = 0;  // Unix seconds
  Money price;
  std::optional<Money> member_price;

  bool operator==(const PriceRow&) const = default;
};

// A GTIN that stands for several pieces of a product: a case of six.
struct Pack {
  gs1::Gtin14 gtin;
  std::int64_t units = 2;

  bool operator==(const Pack&) const = default;
};

// Goods that must not be sold any more: those with one of the batches, a serial number of the range
// or a best-before (or use-by) date of the range, each where it is given; the whole product where
// none is.
struct Recall {
  // First and last belong to it. Serial numbers are compared by their length, then by their bytes,
  // so that numbers go by their value.
  struct Serials {
    std::string first;
    std::string last;
    bool operator==(const Serials&) const = default;
  };
  struct Days {
    gs1::Date first;
    gs1::Date last;
    bool operator==(const Days&) const = default;
  };

  std::string id;                    // "R-2026-17"
  std::string reason;                // for the shopper, may be empty
  std::vector<std::string> batches;  // ascending
  std::optional<Serials> serials;
  std::optional<Days> best_before;
  // Whether goods are sold whose code does not tell what the recall goes by.
  bool sells_untold = false;

  bool operator==(const Recall&) const = default;
};

// What becomes of goods near their best-before date and past it.
struct BestBefore {
  enum class Past : std::uint8_t { warn, refuse, sell };
  Past past = Past::warn;
  // From so many days before the date on (0: on its last day), the price is lower by this rate.
  int markdown_days = 0;
  std::int64_t markdown_bps = 0;  // 0: never

  bool operator==(const BestBefore&) const = default;
};

}  // namespace cartwright::offers
