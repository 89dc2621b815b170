#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "gs1/date.hpp"
#include "gs1/elements.hpp"

namespace cartwright::gs1 {

// What elements say about the one item that was scanned, for a basket.
struct Facts {
  std::optional<std::int64_t> price_minor;   // in the currency below, or the local one
  std::optional<std::int64_t> weight_grams;  // net
  std::optional<std::int64_t> count;         // pieces in the item
  std::optional<std::string> batch;
  std::optional<std::string> serial;
  std::optional<Date> expiry;  // not to be sold or used from the day after
  std::optional<Date> best_before;
  std::optional<Date> sell_by;
  std::optional<std::uint16_t> currency;  // ISO 4217, numeric, where the code names one
};

// How elements are read whose meaning depends on where and when they are.
struct Surroundings {
  unsigned current_year = 0;      // for two-digit years; 0: no dates are told
  std::uint8_t minor_digits = 2;  // of the local currency, for a price that names none
};

// Reads (10), (15), (16), (17) or (7003), (21), (30) or (37), (310n), (320n) or (356n), (392n) and
// (393n). Weights that are no whole grams are rounded half up. A price that is no whole minor unit
// or beyond 64 bits is not told.
Facts facts_of(std::span<const Element> elements, const Surroundings& surroundings);

}  // namespace cartwright::gs1
