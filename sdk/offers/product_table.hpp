#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "offers/product.hpp"

namespace cartwright::offers {

// The products of a catalog's file in memory, for a command that prices and ends. A cart uses
// Catalog, which reads what it needs.
class ProductTable {
 public:
  ProductTable() = default;
  // Error invalid_input where two products have one id.
  explicit ProductTable(std::vector<Product> products);
  // A file of JSON lines or CSV (".csv"), as `cartwright catalog import` reads it, with its errors.
  static ProductTable read(const std::filesystem::path& file);

  // Null where there is none.
  std::shared_ptr<const Product> find(std::string_view id) const;
  // Ascending by id.
  std::span<const std::shared_ptr<const Product>> products() const { return products_; }

 private:
  std::vector<std::shared_ptr<const Product>> products_;
};

}  // namespace cartwright::offers
