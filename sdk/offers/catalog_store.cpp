#include "base/error.hpp"
#include "offers/catalog.hpp"

namespace cartwright::offers {

CatalogStore::CatalogStore(std::filesystem::path folder)
    : folder_(std::move(folder), ".catalog", "the catalog",
              "import it with: cartwright catalog import FILE") {}

Catalog CatalogStore::open_current() const {
  if (const auto digest = current()) return open(*digest);
  throw Error(ErrorKind::not_found,
              "no catalog in " + folder_.path().string() + "; " + folder_.remedy());
}

Catalog CatalogStore::open(std::string_view digest) const {
  const std::filesystem::path file = folder_.find(digest);
  Catalog catalog(file);
  if (catalog.digest() == digest) return catalog;
  throw Error(ErrorKind::corrupt,
              file.string() + " holds version " + catalog.digest() + "; " + folder_.remedy());
}

}  // namespace cartwright::offers
