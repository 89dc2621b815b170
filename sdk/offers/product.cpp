#include "offers/product.hpp"

#include <algorithm>
#include <array>

namespace cartwright::offers {
namespace {

// In the order of SoldBy.
constexpr std::array<std::string_view, 3> kNames = {"piece", "kg", "100g"};

}  // namespace

std::string_view name(SoldBy sold_by) {
  return kNames[static_cast<std::size_t>(sold_by)];
}

std::optional<SoldBy> sold_by_of_name(std::string_view text) {
  const auto* const found = std::find(kNames.begin(), kNames.end(), text);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<SoldBy>(found - kNames.begin());
}

std::int64_t units_of(const Product& product, gs1::Gtin14 gtin) {
  for (const Pack& pack : product.packs) {
    if (pack.gtin == gtin) return pack.units;
  }
  return 1;
}

}  // namespace cartwright::offers
