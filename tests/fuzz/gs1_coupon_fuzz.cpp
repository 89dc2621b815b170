// Any bytes as a coupon of AI (8110) or (8112): fields of the lengths they may have, or a refusal
// that points into the value or behind it.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "gs1/coupon.hpp"

namespace {

using namespace cartwright::gs1;

void require(bool holds) {
  if (!holds) std::abort();
}

bool within(const std::string& text, std::size_t least, std::size_t most) {
  return text.size() >= least && text.size() <= most;
}

void check(const CouponPurchase& purchase) {
  require(purchase.amount >= 0 && purchase.amount <= 99999);
  require(purchase.family.size() == 3 && within(purchase.company, 6, 12));
}

void check(const Refusal& refusal, std::size_t size) {
  require(!refusal.text.empty() && refusal.at <= size);
}

void check_8110(std::string_view value) {
  const auto result = read_coupon_8110(value);
  if (const auto* refusal = std::get_if<Refusal>(&result)) return check(*refusal, value.size());
  const auto& coupon = std::get<Coupon8110>(result);
  require(value.size() <= 70 && coupon.offer_code.size() == 6);
  check(coupon.primary);
  if (coupon.second) check(*coupon.second);
  if (coupon.third) check(*coupon.third);
  require(coupon.rule.has_value() == coupon.second.has_value());
  require(coupon.expires.empty() || coupon_date(coupon.expires, 2026));
  require(coupon.starts.empty() || coupon_date(coupon.starts, 2026));
  require(coupon.serial.empty() || within(coupon.serial, 6, 15));
  require(coupon.retailer.empty() || within(coupon.retailer, 7, 13));
}

void check_8112(std::string_view value) {
  const auto result = read_coupon_8112(value);
  if (const auto* refusal = std::get_if<Refusal>(&result)) return check(*refusal, value.size());
  const auto& coupon = std::get<Coupon8112>(result);
  require(within(coupon.funder, 6, 12) && within(coupon.serial, 6, 15));
  require(value.size() == 2 + coupon.funder.size() + 6 + 1 + coupon.serial.size());
}

}  // namespace

// The first byte chooses: even is AI (8110), odd AI (8112).
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view value(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (data[0] % 2 == 0) {
    check_8110(value);
  } else {
    check_8112(value);
  }
  return 0;
}
