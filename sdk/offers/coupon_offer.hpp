#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/time_zone.hpp"
#include "gs1/coupon.hpp"
#include "offers/basket.hpp"
#include "offers/offer.hpp"

namespace cartwright::offers {

// Where a coupon of AI (8110) is presented.
struct CouponPlace {
  const Basket& basket;
  std::string store;               // GLN
  const TimeZone* zone = nullptr;  // the store's; without one days are those of UTC
  int reference_year = 0;          // for years of two digits
};

// Why no offer says what a coupon says.
struct NotMapped {
  std::string why;
};

// The offers that say what the coupon says (North American Coupon Application Guideline, R2.0):
// more than one where it takes either of two purchases, but each asks for the coupon `id`, so that
// one presentation uses one of them. A purchase takes the basket's products that bear the company's
// GTINs and, in the catalog, the category "family-NNN" of a family code that the coupon's fits: a 0
// at its end stands for any digit, 000 for all of the company. What is bought includes what is
// free. A manufacturer's coupon is paid for by "company-PREFIX" and leaves the tax base alone.
// Offers discount prices, never weights: what asks for these, or for a person, is not mapped.
std::variant<std::vector<Offer>, NotMapped> offers_of_coupon(const gs1::Coupon8110& coupon,
                                                             const std::string& id,
                                                             const CouponPlace& place);

// Whether a family code of a coupon takes a product's.
bool family_fits(std::string_view coupon, std::string_view product);

}  // namespace cartwright::offers
