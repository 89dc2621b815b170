#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "offers/product.hpp"

namespace cartwright::offers {

// Rows of a catalog as text, strictly. Each Error is invalid_input and names the key or column,
// the value, and what is expected; the caller knows the file and the line.

// One line of the JSON form.
Product product_of_json(std::string_view line);

// The header row of the CSV form: which key each column holds.
class CsvColumns {
 public:
  explicit CsvColumns(const std::vector<std::string>& header);
  Product product_of(const std::vector<std::string>& fields) const;

 private:
  std::vector<std::size_t> keys_;  // by column, an index into the list of keys
};

// The one JSON text of a product, for digests, which product_of_json reads back: every key in the
// order of the format, no member price where there is none, GTINs of 14 digits and categories in
// ascending order.
std::string canonical_row(const Product& product);

}  // namespace cartwright::offers
