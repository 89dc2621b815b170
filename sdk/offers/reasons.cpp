#include "offers/reasons.hpp"

namespace cartwright::offers {
namespace {

using Case = Why::Case;

std::string count(std::int64_t units) {
  return std::to_string(units) + (units == 1 ? " unit" : " units");
}

std::string too_few(const Why& why, const std::string& of) {
  return "it needs " + count(why.needed) + of + ", the basket has " + std::to_string(why.there);
}

std::string missing(const Why& why, const char* what, const Currency& currency) {
  return format_with_code(Money(why.needed - why.there), currency) + " are missing to " + what +
         " of " + format_with_code(Money(why.needed), currency);
}

std::string gift_of(const Offer& offer) {
  return std::get<Gift>(std::get<BasketOffer>(offer.shape).reward).product;
}

}  // namespace

std::string text(const Reason& reason, const Facts& facts, const Currency& currency) {
  const Offer& offer = *reason.offer;
  const Why& why = reason.why;
  switch (why.what) {
    case Case::no_store:
      return "the basket names no store";
    case Case::other_store:
      return "not in store " + facts.store;
    case Case::other_zone:
      return "not in a zone of this store";
    case Case::members_only:
      return "for members only";
    case Case::not_members:
      return "not for members";
    case Case::other_segment:
      return "for another segment of shoppers";
    case Case::coupon_missing:
      return "coupon " + offer.coupon + " was not presented";
    case Case::coupon_waits:
      return "coupon " + offer.coupon + " is redeemed only when the shopper asks for it";
    case Case::coupon_used:
      return "coupon " + offer.coupon + " is used already";
    case Case::group_used:
      return "offer " + why.other->id + " of its group is used";
    case Case::group_or_coupon_used:
      return "its group or coupon is used by another offer";
    case Case::outside_times:
      return "none of its products was added within its times";
    case Case::no_product:
      return "the basket has none of its products";
    case Case::takes_nothing:
      return "it takes nothing off what is in the basket";
    case Case::too_few:
      return too_few(why, "");
    case Case::too_few_to_buy:
      return too_few(why, " to buy");
    case Case::too_few_to_get:
      return too_few(why, " to get");
    case Case::too_few_in_slot:
      return too_few(why, " in slot " + std::to_string(why.slot));
    case Case::not_below_price:
      return "its price of " + format_with_code(Money(why.needed), currency) +
             " is not below what its units cost, " + format_with_code(Money(why.there), currency);
    case Case::step_missing:
      return missing(why, "its first step", currency);
    case Case::threshold_missing:
      return missing(why, "its threshold", currency);
    case Case::threshold_lost:
      return "its threshold is not reached after the other offers";
    case Case::no_gift:
      return "its gift " + gift_of(offer) + " is not in the basket";
    case Case::priced_already:
      return "each of its units has another price already, or costs no more";
    case Case::nothing_left:
      return "nothing of its scope is left to discount";
    case Case::not_better:
      return "another choice of offers is better";
  }
  return {};
}

}  // namespace cartwright::offers
