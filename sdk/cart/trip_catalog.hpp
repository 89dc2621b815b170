#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "offers/catalog.hpp"

namespace cartwright::cart {

// The catalog of a trip: the version that was current when the trip started, however many came
// after it. Recalls alone count at once: products bear those of the store's newest version. One
// thread, the cart loop.
class TripCatalog {
 public:
  explicit TripCatalog(const std::filesystem::path& folder) : store_(folder) {}

  // The version that a trip which starts now would have. Error not_found before the first import.
  offers::Catalog newest() const { return store_.open_current(); }
  void pin(offers::Catalog catalog);
  // Error not_found where that version is gone; then nothing is pinned.
  void pin(std::string_view digest);
  bool is_pinned() const { return pinned_.has_value(); }

  // A pinned version is required. Nothing where it has no such product.
  std::optional<offers::Product> find(gs1::Gtin14 gtin) const;
  std::optional<offers::Product> find(std::string_view product_or_gtin) const;

  // The product with the recalls that count now, to judge what was sold already: pinned or not, and
  // whichever version is the newest, also an older one that a store went back to. Nothing where no
  // version that can be read has it.
  std::optional<offers::Product> find_with_recalls(std::string_view product) const;

  // As the store's newest version has it; nothing while that is the pinned one, and where it can
  // not be read, which the next trip's start tells.
  std::optional<offers::Product> find_newer(std::string_view product) const;

 private:
  std::optional<offers::Product> with_recalls(std::optional<offers::Product> product) const;

  offers::CatalogStore store_;
  std::optional<offers::Catalog> pinned_;
  mutable std::optional<offers::Catalog> newer_;  // opened when first asked
};

}  // namespace cartwright::cart
