#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "offers/product.hpp"

namespace cartwright::offers {

// The header row of the CSV form: which key each column holds.
class CsvColumns {
 public:
  explicit CsvColumns(const std::vector<std::string>& header);
  Product product_of(const std::vector<std::string>& fields) const;

 private:
  std::vector<std::size_t> keys_;  // by column, an index into the list of keys
};

}  // namespace cartwright::offers
