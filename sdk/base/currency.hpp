#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace cartwright {

// A currency of ISO 4217.
struct Currency {
  std::string_view code;      // "EUR"
  std::uint16_t numeric = 0;  // 978, as terminals and barcodes name it
  std::uint8_t exponent = 0;  // digits behind the point: EUR 2, JPY 0
  bool operator==(const Currency& other) const { return code == other.code; }
};

// The currency of an alphabetic or three-digit numeric code. Error (not_found) names the nearest.
const Currency& currency(std::string_view code);

// The currency of a numeric or alphabetic code ("EUR"), or null where ISO 4217 has none.
const Currency* find_currency(std::uint16_t numeric);
const Currency* find_currency(std::string_view code);

// All of ISO 4217's list one, by code; without the codes that stand for no currency and for tests
// (999 and 963), in which no price can be.
std::span<const Currency> currencies();

}  // namespace cartwright
