#pragma once

#include <nlohmann/json.hpp>

#include "offers/product.hpp"

namespace cartwright::offers {

// The terms of a product: those keys of a catalog's row of which most products have none.
// docs/formats/catalog.md says what each means.

// Takes the terms out of a row that has been read. Error invalid_input `key: recalls[0].id: ...`
// (`what` is "key" or "column") that names the value and what is expected.
void read_terms(const nlohmann::json& row, const char* what, Product& product);

// Adds the terms that are not what a product has without them, in the order of the format. A
// product without terms has the canonical row, and the digest, that it had before there were any.
void write_terms(const Product& product, nlohmann::ordered_json& row);

}  // namespace cartwright::offers
