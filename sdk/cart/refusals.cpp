#include "cart/refusals.hpp"

namespace cartwright::cart {

std::optional<v1::ScanRefused::Why> why_of(Refusal why) {
  switch (why) {
    case Refusal::unknown_product:
      return v1::ScanRefused::UNKNOWN_PRODUCT;
    case Refusal::bad_check_digit:
      return v1::ScanRefused::BAD_CHECK_DIGIT;
    case Refusal::not_a_product_code:
      return v1::ScanRefused::NOT_A_PRODUCT_CODE;
    case Refusal::needs_weight:
      return v1::ScanRefused::NEEDS_WEIGHT;
    case Refusal::not_allowed:
      return v1::ScanRefused::NOT_ALLOWED;
    case Refusal::payment_open:
      return v1::ScanRefused::PAYMENT_OPEN;
    case Refusal::recalled:
      return v1::ScanRefused::RECALLED;
    case Refusal::expired:
      return v1::ScanRefused::EXPIRED;
    case Refusal::no_trip:
    case Refusal::not_stored:
      return std::nullopt;
  }
  return std::nullopt;
}

Refusal refusal_of(offers::NotForSale::Why why) {
  switch (why) {
    case offers::NotForSale::Why::recalled:
      return Refusal::recalled;
    case offers::NotForSale::Why::expired:
      return Refusal::expired;
    case offers::NotForSale::Why::not_priced:
      return Refusal::not_allowed;
  }
  return Refusal::not_allowed;
}

}  // namespace cartwright::cart
