#include "cart/coupon_scan.hpp"

#include <gtest/gtest.h>

namespace cartwright::cart {
namespace {

std::optional<std::string> coupon(std::string_view data, std::string_view aim = {}) {
  return coupon_of(gs1::read_scan(data, aim));
}

TEST(CouponScan, finds_the_coupon_in_a_symbol_and_in_what_was_typed) {
  EXPECT_EQ(coupon("8110106141416543213150110000", "]e0"), "(8110)106141416543213150110000");
  EXPECT_EQ(coupon("(8110)106141416543213150110000"), "(8110)106141416543213150110000");
  EXPECT_EQ(coupon("81120106141416543210123456", "]d2"), "(8112)0106141416543210123456");
}

TEST(CouponScan, finds_none_in_an_article_nor_in_what_can_not_be_read) {
  EXPECT_FALSE(coupon("4006381333931"));
  EXPECT_FALSE(coupon("0104006381333931", "]C1"));
  EXPECT_FALSE(coupon("(8110)12"));
}

}  // namespace
}  // namespace cartwright::cart
