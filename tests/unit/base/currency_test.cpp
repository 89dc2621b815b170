#include "base/currency.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "base/error.hpp"

namespace cartwright {
namespace {

TEST(Currency, is_found_by_both_iso_codes) {
  EXPECT_EQ(currency("EUR").numeric, 978);
  EXPECT_EQ(currency("978").code, "EUR");
  EXPECT_EQ(currency("008").code, "ALL");
  ASSERT_NE(find_currency(578), nullptr);
  EXPECT_EQ(find_currency(578)->code, "NOK");
  EXPECT_EQ(find_currency(1), nullptr);
  EXPECT_EQ(find_currency("NOK"), find_currency(578));
  EXPECT_EQ(find_currency("nok"), nullptr);
}

TEST(Currency, has_the_digits_of_iso_4217_behind_its_point) {
  EXPECT_EQ(currency("EUR").exponent, 2);
  EXPECT_EQ(currency("HUF").exponent, 2);
  EXPECT_EQ(currency("JPY").exponent, 0);
  EXPECT_EQ(currency("ISK").exponent, 0);
  EXPECT_EQ(currency("KWD").exponent, 3);
  EXPECT_EQ(currency("CLF").exponent, 4);
}

TEST(Currency, has_codes_of_its_own) {
  std::set<std::string_view> codes;
  std::set<int> numbers;
  for (const Currency& each : currencies()) {
    EXPECT_EQ(each.code.size(), 3U);
    EXPECT_TRUE(codes.insert(each.code).second) << each.code;
    EXPECT_TRUE(numbers.insert(each.numeric).second) << each.code;
  }
  EXPECT_GE(codes.size(), 170U);
}

TEST(Currency, that_is_unknown_names_the_nearest) {
  try {
    currency("EURO");
    FAIL() << "accepted";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("did you mean \"EUR\""));
  }
  for (const char* code : {"eur", "8", "", "999", "963"}) EXPECT_THROW(currency(code), Error);
}

}  // namespace
}  // namespace cartwright
