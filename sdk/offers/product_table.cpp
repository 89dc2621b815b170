#include "offers/product_table.hpp"

#include <algorithm>
#include <fstream>
#include <utility>

#include "base/error.hpp"
#include "offers/catalog_source.hpp"

namespace cartwright::offers {

ProductTable::ProductTable(std::vector<Product> products) {
  for (Product& product : products) {
    products_.push_back(std::make_shared<const Product>(std::move(product)));
  }
  std::sort(products_.begin(), products_.end(),
            [](const auto& a, const auto& b) { return a->id < b->id; });
  const auto same = std::adjacent_find(products_.begin(), products_.end(),
                                       [](const auto& a, const auto& b) { return a->id == b->id; });
  if (same == products_.end()) return;
  throw Error(ErrorKind::invalid_input, "product \"" + (*same)->id + "\" stands twice");
}

ProductTable ProductTable::read(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw Error(ErrorKind::not_found, "catalog " + file.string() + " can not be read");
  const CatalogFormat format =
      file.extension() == ".csv" ? CatalogFormat::csv : CatalogFormat::json_lines;
  std::vector<Product> products;
  read_catalog(stream, file.string(), format,
               [&](const Product& product, std::int64_t) { products.push_back(product); });
  try {
    return ProductTable(std::move(products));
  } catch (const Error& error) {
    throw Error(error.kind(), file.string() + ": " + error.what());
  }
}

std::shared_ptr<const Product> ProductTable::find(std::string_view id) const {
  const auto found = std::lower_bound(
      products_.begin(), products_.end(), id,
      [](const auto& product, std::string_view wanted) { return product->id < wanted; });
  return found != products_.end() && (*found)->id == id ? *found : nullptr;
}

}  // namespace cartwright::offers
