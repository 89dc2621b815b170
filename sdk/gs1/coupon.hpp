#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "gs1/refusal.hpp"

namespace cartwright::gs1 {

// Coupons of North America in GS1 element strings. AI (8110) says itself what it is worth and what
// must be bought (North American Coupon Application Guideline, R2.0); AI (8112) is a ticket number
// that a server, the positive offer file, knows the offer of. Every field is checked here; what a
// coupon is worth in a basket is not the matter of this room.

// What a purchase requirement counts. The value is the digit that stands in the coupon.
enum class CouponUnit : std::uint8_t {
  pieces = 0,           // of the family's products
  cash_of_family = 1,   // cents spent on the family's products
  cash_of_total = 2,    // cents of the whole transaction
  pounds = 3,           // hundredths of a pound of the family's products
  kilograms = 4,        // grams of the family's products
  cashier_decides = 9,  // no till can check it
};

// One of the up to three purchases that a coupon asks for.
struct CouponPurchase {
  std::int64_t amount = 0;  // in the unit above
  CouponUnit unit = CouponUnit::pieces;
  std::string family;   // three digits, the family code of the company's products
  std::string company;  // GS1 Company Prefix, 6 to 12 digits; the primary one's if not its own
};

// How the purchases combine. The value is the digit that stands in the coupon.
enum class CouponRule : std::uint8_t {
  any = 0,                // one of the purchases is enough
  all = 1,                // all of them
  primary_and_other = 2,  // the primary, and the second or the third
  other_family = 3,       // a second or third family or company can validate it as well
};

// What the save value means. The value is the digit that stands in the coupon.
enum class CouponSaving : std::uint8_t {
  cents = 0,           // cents off the items bought
  free_item = 1,       // one item free, up to the save value in cents where that is not 0
  free_items = 2,      // as many items free as the save value says
  percent = 5,         // percent off the items bought
  cents_of_total = 6,  // cents off the whole transaction
};

// "pieces", "primary_and_other", "cents_of_total": the names above, for people and records.
std::string_view name(CouponUnit unit);
std::string_view name(CouponRule rule);
std::string_view name(CouponSaving saving);

// AI (8110).
struct Coupon8110 {
  std::string offer_code;  // six digits
  std::int64_t save_value = 0;
  CouponPurchase primary;
  std::optional<CouponRule> rule;  // there if and only if a second purchase is
  std::optional<CouponPurchase> second;
  std::optional<CouponPurchase> third;
  std::string expires;   // YYMMDD as it stands, the last day; empty where none
  std::string starts;    // the same, the first day
  std::string serial;    // 6 to 15 digits or empty
  std::string retailer;  // GS1 Company Prefix or GLN of the one retailer that takes it, or empty
  CouponSaving saving = CouponSaving::cents;
  int applies_to = 0;          // the purchase that the saving applies to: 0, 1 or 2
  int store_coupon = 0;        // the store coupon flag, 0 to 9; 0: a manufacturer's coupon
  bool dont_multiply = false;  // no store may multiply what it is worth
};

// AI (8112).
struct Coupon8112 {
  int format = 0;          // 0 or 1
  std::string funder;      // Coupon Funder ID, 6 to 12 digits
  std::string offer_code;  // six digits
  std::string serial;      // 6 to 15 digits
};

// Splits the value of AI (8110), without the AI itself; as strict as the GS1 Syntax Dictionary's
// linter `couponcode`. A Refusal holds the offset, in `value`, of the field that is wrong or cut
// off.
std::variant<Coupon8110, Refusal> read_coupon_8110(std::string_view value);

// The same for AI (8112); the dictionary's linter is `couponposoffer`.
std::variant<Coupon8112, Refusal> read_coupon_8112(std::string_view value);

// "2027-01-31" for a date YYMMDD of a coupon, in the century that GS1 General Specifications 7.12
// chooses: that within 49 years before and 50 years after `reference_year`. Nothing if it is no
// date there; day 00 is none.
std::optional<std::string> coupon_date(std::string_view yymmdd, int reference_year);

}  // namespace cartwright::gs1
