#include <gtest/gtest.h>

#include <set>
#include <string_view>

#include "gs1/coupon.hpp"

namespace cartwright::gs1 {
namespace {

TEST(CouponNames, differ_for_each_digit_that_a_coupon_may_have) {
  std::set<std::string_view> units;
  for (const int digit : {0, 1, 2, 3, 4, 9}) units.insert(name(static_cast<CouponUnit>(digit)));
  EXPECT_EQ(units, (std::set<std::string_view>{"pieces", "cash_of_family", "cash_of_total",
                                               "pounds", "kilograms", "cashier_decides"}));
  std::set<std::string_view> rules;
  for (const int digit : {0, 1, 2, 3}) rules.insert(name(static_cast<CouponRule>(digit)));
  EXPECT_EQ(rules, (std::set<std::string_view>{"any", "all", "primary_and_other", "other_family"}));
  std::set<std::string_view> savings;
  for (const int digit : {0, 1, 2, 5, 6}) savings.insert(name(static_cast<CouponSaving>(digit)));
  EXPECT_EQ(savings, (std::set<std::string_view>{"cents", "free_item", "free_items", "percent",
                                                 "cents_of_total"}));
}

}  // namespace
}  // namespace cartwright::gs1
