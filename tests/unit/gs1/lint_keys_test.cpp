#include "gs1/lint_keys.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

namespace cartwright::gs1 {
namespace {

TEST(CheckPair, holds_for_model_numbers) {
  for (const char* good : {"22", "!22", "1987654Ad4X4bL5ttr2310c2K", "12345678901234567890123NT",
                           "99999zzzzzzzzzzzzzzzzzzT2", "7907665Bm8v2AB", "62577B8fRG7HJK"}) {
    EXPECT_FALSE(check_pair(good)) << good;
  }
  for (const char* bad :
       {"", "2", "33", "1987654Ad4X4bL5ttr2310c2X", "12345678901234567890123N "}) {
    EXPECT_TRUE(check_pair(bad)) << bad;
  }
  EXPECT_EQ(check_pair("1987654Ad4X4bL5ttr2310c2X")->at, 23U);
  EXPECT_TRUE(check_pair("33")->check_digit);
  EXPECT_TRUE(check_pair(std::string(100, '2')));
}

TEST(Iban, holds_for_accounts_of_all_lengths) {
  for (const char* good :
       {"DE91100000000123456789", "BE71096123456769", "MT90MALT011000012345MTLCAST001SABC",
        "GB98MIDL07009312345678", "CH5604835012345678009"}) {
    EXPECT_FALSE(check_iban(good)) << good;
  }
  for (const char* bad :
       {"", "DE", "DE91", "XX361234567890", "BE71096123456760", "LC14BOSLxx3456789012345678901230",
        "MT90MALT011000012345MTLCAST001SABCD"}) {
    EXPECT_TRUE(check_iban(bad)) << bad;
  }
}

TEST(CompanyPrefix, is_four_digits_at_least) {
  EXPECT_FALSE(check_company_prefix("0123A"));
  EXPECT_EQ(check_company_prefix("012A")->at, 3U);
  EXPECT_TRUE(check_company_prefix("012"));
}

RC_GTEST_PROP(Iban, notices_each_single_wrong_digit, ()) {
  std::string account = "DE91100000000123456789";
  const auto at = *rc::gen::inRange<std::size_t>(2, account.size());
  const char digit = static_cast<char>('0' + *rc::gen::inRange(0, 10));
  RC_PRE(account[at] != digit);
  account[at] = digit;
  RC_ASSERT(check_iban(account).has_value());
}

}  // namespace
}  // namespace cartwright::gs1
