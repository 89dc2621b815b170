#pragma once

#include <nlohmann/json.hpp>

#include "offers/basket.hpp"

namespace cartwright::offers {

// Adds "units" or "grams", as the formats of baskets and results have it.
inline void add_quantity(nlohmann::ordered_json& json, const Quantity& quantity) {
  if (const auto* units = std::get_if<Units>(&quantity)) {
    json["units"] = units->count;
  } else {
    json["grams"] = std::get<Grams>(quantity).value();
  }
}

}  // namespace cartwright::offers
