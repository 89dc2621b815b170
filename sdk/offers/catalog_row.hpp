#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "offers/product.hpp"

namespace cartwright::offers {

// Rows of a catalog as text, strictly. Each Error is invalid_input and names the key or column,
// the value, and what is expected; the caller knows the file and the line.

// One line of the JSON form.
Product product_of_json(std::string_view line);

// The same of a row as JSON values by key; `what` is what messages call a key, "key" or "column".
Product product_of_object(const nlohmann::json& row, const char* what);

// The one JSON text of a product, for digests, which product_of_json reads back: every key in the
// order of the format, no member price and no terms where there are none, GTINs of 14 digits and
// categories in ascending order.
std::string canonical_row(const Product& product);

}  // namespace cartwright::offers
