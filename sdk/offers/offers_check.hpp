#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "offers/offers_file.hpp"
#include "offers/product_table.hpp"

namespace cartwright::offers {

enum class FindingKind : std::uint8_t {
  refused,          // the offer can not be read, or may not be as it is
  never_applies,    // whatever lies in the basket
  contradicts,      // two mandatory offers of one priority want the same unit
  always_loses,     // whoever could use it does better with another
  overlaps,         // buy_get whose sets share products, without `lesser`
  unknown_product,  // it names what the catalog does not have
};

std::string_view name(FindingKind kind);

struct Finding {
  FindingKind kind = FindingKind::refused;
  std::string offer;  // empty for a refused one: the text says where it stands
  std::string text;
};

// What is wrong with the offers, or looks so; by offer. With a catalog the sets are those of its
// products, without one only what the offers say themselves is judged.
std::vector<Finding> check_offers(const OfferBook& book, const ProductTable* catalog);

}  // namespace cartwright::offers
