// Coupons of AI (8110) built from fields are read back, and may be cut off at fields alone.
#include "gs1/coupon.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>
#include <string>

namespace cartwright::gs1 {
namespace {

// A coupon as digits, and where it could end: after the required fields and after each optional
// one.
struct Built {
  Coupon8110 coupon;
  std::string value;
  std::set<std::size_t> ends;
};

std::string digits(std::size_t count) {
  std::string text;
  while (text.size() < count) text += static_cast<char>('0' + *rc::gen::inRange(0, 10));
  return text;
}

// Length indicator and digits.
std::string sized(const std::string& text, std::size_t less) {
  return std::to_string(text.size() - less) + text;
}

std::string random_sized(std::string& field, std::size_t least, std::size_t most) {
  field = digits(*rc::gen::inRange(least, most + 1));
  return sized(field, least == 1 ? 0 : 6);
}

std::string build_purchase(CouponPurchase& purchase) {
  std::string amount;
  const std::string start = random_sized(amount, 1, 5);
  purchase.amount = std::stoll(amount);
  purchase.unit =
      *rc::gen::element(CouponUnit::pieces, CouponUnit::cash_of_family, CouponUnit::cash_of_total,
                        CouponUnit::pounds, CouponUnit::kilograms, CouponUnit::cashier_decides);
  purchase.family = digits(3);
  return start + std::to_string(static_cast<int>(purchase.unit)) + purchase.family;
}

std::string build_other(CouponPurchase& purchase, const std::string& primary) {
  const std::string start = build_purchase(purchase);
  if (*rc::gen::arbitrary<bool>()) {
    purchase.company = primary;
    return start + "9";
  }
  return start + random_sized(purchase.company, 6, 12);
}

std::string build_date(int first_month) {
  const int month = *rc::gen::inRange(first_month, first_month + 6);
  const int day = *rc::gen::inRange(1, 29);
  return "26" + std::string(month < 10 ? "0" : "") + std::to_string(month) +
         std::string(day < 10 ? "0" : "") + std::to_string(day);
}

void add(Built& built, const std::string& field) {
  built.value += field;
  built.ends.insert(built.value.size());
}

void build_optional(Built& built) {
  Coupon8110& coupon = built.coupon;
  const auto wanted = [] { return *rc::gen::arbitrary<bool>(); };
  if (wanted()) {
    coupon.rule = static_cast<CouponRule>(*rc::gen::inRange(0, 4));
    coupon.second.emplace();
    const std::string rule = std::to_string(static_cast<int>(*coupon.rule));
    add(built, "1" + rule + build_other(*coupon.second, coupon.primary.company));
  }
  if (wanted()) {
    coupon.third.emplace();
    add(built, "2" + build_other(*coupon.third, coupon.primary.company));
  }
  if (wanted()) add(built, "3" + (coupon.expires = build_date(7)));
  if (wanted()) add(built, "4" + (coupon.starts = build_date(1)));
  if (wanted()) add(built, "5" + random_sized(coupon.serial, 6, 15));
  if (wanted()) add(built, "6" + random_sized(coupon.retailer, 7, 13));
  if (wanted()) {
    coupon.saving =
        *rc::gen::element(CouponSaving::cents, CouponSaving::free_item, CouponSaving::free_items,
                          CouponSaving::percent, CouponSaving::cents_of_total);
    coupon.applies_to = *rc::gen::inRange(0, 3);
    coupon.store_coupon = *rc::gen::inRange(0, 10);
    coupon.dont_multiply = wanted();
    add(built, "9" + std::to_string(static_cast<int>(coupon.saving)) +
                   std::to_string(coupon.applies_to) + std::to_string(coupon.store_coupon) +
                   (coupon.dont_multiply ? "1" : "0"));
  }
}

Built build() {
  Built built;
  Coupon8110& coupon = built.coupon;
  built.value = random_sized(coupon.primary.company, 6, 12);
  built.value += coupon.offer_code = digits(6);
  std::string saving;
  built.value += random_sized(saving, 1, 5);
  coupon.save_value = std::stoll(saving);
  add(built, build_purchase(coupon.primary));
  build_optional(built);
  return built;
}

bool same(const CouponPurchase& a, const CouponPurchase& b) {
  return a.amount == b.amount && a.unit == b.unit && a.family == b.family && a.company == b.company;
}

bool same(const std::optional<CouponPurchase>& a, const std::optional<CouponPurchase>& b) {
  return a.has_value() == b.has_value() && (!a || same(*a, *b));
}

bool same(const Coupon8110& a, const Coupon8110& b) {
  return a.offer_code == b.offer_code && a.save_value == b.save_value &&
         same(a.primary, b.primary) && a.rule == b.rule && same(a.second, b.second) &&
         same(a.third, b.third) && a.expires == b.expires && a.starts == b.starts &&
         a.serial == b.serial && a.retailer == b.retailer && a.saving == b.saving &&
         a.applies_to == b.applies_to && a.store_coupon == b.store_coupon &&
         a.dont_multiply == b.dont_multiply;
}

RC_GTEST_PROP(Coupon8110, reads_back_what_was_built, ()) {
  const Built built = build();
  const auto result = read_coupon_8110(built.value);
  if (built.value.size() > 70) {
    RC_ASSERT(std::get<Refusal>(result).at == 70U);
  } else {
    RC_ASSERT(std::holds_alternative<Coupon8110>(result));
    RC_ASSERT(same(std::get<Coupon8110>(result), built.coupon));
  }
}

RC_GTEST_PROP(Coupon8110, may_end_behind_a_field_and_nowhere_else, ()) {
  const Built built = build();
  for (std::size_t size = 0; size <= std::min<std::size_t>(built.value.size(), 70); ++size) {
    const std::string start = built.value.substr(0, size);
    const auto result = read_coupon_8110(start);
    RC_ASSERT(std::holds_alternative<Coupon8110>(result) == built.ends.contains(size));
    if (const auto* refusal = std::get_if<Refusal>(&result)) RC_ASSERT(refusal->at <= size);
  }
}

}  // namespace
}  // namespace cartwright::gs1
