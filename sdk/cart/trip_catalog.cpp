#include "cart/trip_catalog.hpp"

#include <utility>

#include "base/error.hpp"

namespace cartwright::cart {

void TripCatalog::pin(offers::Catalog catalog) {
  newer_.reset();
  pinned_ = std::move(catalog);
}

void TripCatalog::pin(std::string_view digest) {
  pinned_.reset();
  pin(store_.open(digest));
}

std::optional<offers::Product> TripCatalog::find(gs1::Gtin14 gtin) const {
  return with_recalls(pinned_->find(gtin));
}

std::optional<offers::Product> TripCatalog::find(std::string_view product_or_gtin) const {
  if (auto product = pinned_->find(product_or_gtin)) return with_recalls(std::move(product));
  const auto gtin = gs1::Gtin14::parse(product_or_gtin);
  return gtin ? find(*gtin) : std::nullopt;
}

std::optional<offers::Product> TripCatalog::find_with_recalls(std::string_view product) const {
  auto found = pinned_ ? pinned_->find(product) : std::nullopt;
  return found ? with_recalls(std::move(found)) : find_newer(product);
}

std::optional<offers::Product> TripCatalog::find_newer(std::string_view product) const {
  try {
    const std::optional<std::string> current = store_.current();
    if (!current || (pinned_ && current == pinned_->digest())) return std::nullopt;
    if (!newer_ || newer_->digest() != *current) newer_ = store_.open(*current);
    return newer_->find(product);
  } catch (const Error&) {
    return std::nullopt;
  }
}

std::optional<offers::Product> TripCatalog::with_recalls(
    std::optional<offers::Product> product) const {
  if (!product) return product;
  if (auto newer = find_newer(product->id)) product->recalls = std::move(newer->recalls);
  return product;
}

}  // namespace cartwright::cart
