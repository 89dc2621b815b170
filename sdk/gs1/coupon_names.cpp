#include "gs1/coupon.hpp"

namespace cartwright::gs1 {

std::string_view name(CouponUnit unit) {
  switch (unit) {
    case CouponUnit::pieces:
      return "pieces";
    case CouponUnit::cash_of_family:
      return "cash_of_family";
    case CouponUnit::cash_of_total:
      return "cash_of_total";
    case CouponUnit::pounds:
      return "pounds";
    case CouponUnit::kilograms:
      return "kilograms";
    case CouponUnit::cashier_decides:
      return "cashier_decides";
  }
  return "unknown";
}

std::string_view name(CouponRule rule) {
  switch (rule) {
    case CouponRule::any:
      return "any";
    case CouponRule::all:
      return "all";
    case CouponRule::primary_and_other:
      return "primary_and_other";
    case CouponRule::other_family:
      return "other_family";
  }
  return "unknown";
}

std::string_view name(CouponSaving saving) {
  switch (saving) {
    case CouponSaving::cents:
      return "cents";
    case CouponSaving::free_item:
      return "free_item";
    case CouponSaving::free_items:
      return "free_items";
    case CouponSaving::percent:
      return "percent";
    case CouponSaving::cents_of_total:
      return "cents_of_total";
  }
  return "unknown";
}

}  // namespace cartwright::gs1
