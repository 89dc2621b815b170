#include "offers/cash_rounding.hpp"

#include <gtest/gtest.h>

namespace cartwright::offers {
namespace {

TEST(CashStep, is_what_the_currency_has_coins_for) {
  EXPECT_EQ(cash_step(currency("EUR")), Money(1));
  EXPECT_EQ(cash_step(currency("CHF")), Money(5));
  EXPECT_EQ(cash_step(currency("DKK")), Money(50));
  EXPECT_EQ(cash_step(currency("SEK")), Money(100));
  EXPECT_EQ(cash_step(currency("NOK")), Money(100));
  EXPECT_EQ(cash_step(currency("CZK")), Money(100));
  EXPECT_EQ(cash_step(currency("HUF")), Money(500)) << "amounts have two digits, coins go by five";
  EXPECT_EQ(cash_step(currency("JPY")), Money(1));
  EXPECT_EQ(cash_step(currency("IQD")), Money(1000));
}

TEST(CashTotal, is_the_nearest_that_coins_can_pay) {
  EXPECT_EQ(cash_total(Money(1002), currency("CHF")), Money(1000));
  EXPECT_EQ(cash_total(Money(1003), currency("CHF")), Money(1005));
  EXPECT_EQ(cash_total(Money(1050), currency("SEK")), Money(1100));
  EXPECT_EQ(cash_total(Money(1025), currency("DKK")), Money(1050));
  EXPECT_EQ(cash_total(Money(100'249), currency("HUF")), Money(100'000));
  EXPECT_EQ(cash_total(Money(100'250), currency("HUF")), Money(100'500));
  EXPECT_EQ(cash_total(Money(1003), currency("EUR")), Money(1003));
}

}  // namespace
}  // namespace cartwright::offers
