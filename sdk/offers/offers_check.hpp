#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/time_zone.hpp"
#include "offers/offers_file.hpp"
#include "offers/product_table.hpp"

namespace cartwright::offers {

enum class FindingKind : std::uint8_t {
  refused,               // the offer can not be read
  may_not_be_mandatory,  // it is, and its kind may not be
  never_applies,         // whatever lies in the basket
  contradicts,           // two mandatory offers of one priority want the same unit, or one itself
  always_loses,          // whoever could use it does better with another
  overlaps,              // buy_get whose sets share products, without `lesser`
  idle_step,             // of tiers: one that gives no more than a lower one, or is out of reach
  dearer,                // its price is no less than the cheapest of its products cost without it
  unknown_product,       // it names what the catalog does not have
};

std::string_view name(FindingKind kind);

struct Finding {
  FindingKind kind = FindingKind::refused;
  std::string offer;  // empty for a refused one that names none: the text says where it stands
  std::string text;
};

// What is wrong with the offers, or looks so; by offer. With a catalog the sets are those of its
// products, without one only what the offers say themselves is judged. `zone` is the store's; while
// it is null, days and hours may be those of any zone.
std::vector<Finding> check_offers(const OfferBook& book, const ProductTable* catalog,
                                  const TimeZone* zone = nullptr);

// The same of offers that were left out while the file was read.
std::vector<Finding> findings_of(const std::vector<RefusedOffer>& refused);

}  // namespace cartwright::offers
