#include "gs1/code_lists.hpp"

#include <gtest/gtest.h>

namespace cartwright::gs1 {
namespace {

TEST(CodeLists, know_countries_by_number_and_letters) {
  for (const char* code : {"004", "276", "578", "752", "894"}) EXPECT_TRUE(is_country_number(code));
  for (const char* code : {"000", "001", "4", "0578", "999", "57A", ""}) {
    EXPECT_FALSE(is_country_number(code)) << code;
  }
  for (const char* code : {"AD", "DE", "NO", "ZW"}) EXPECT_TRUE(is_country(code)) << code;
  for (const char* code : {"DA", "EW", "no", "N", "NOR", "XX", ""}) {
    EXPECT_FALSE(is_country(code)) << code;
  }
}

TEST(CodeLists, know_currencies_by_number) {
  for (const char* code : {"008", "578", "978", "963", "999"})
    EXPECT_TRUE(is_currency_number(code));
  for (const char* code : {"000", "8", "1000", "EUR", ""}) {
    EXPECT_FALSE(is_currency_number(code)) << code;
  }
}

TEST(CodeLists, know_packages_and_media) {
  for (const char* code : {"1A", "8", "200", "ZZ", "X3", "9"}) EXPECT_TRUE(is_package_type(code));
  for (const char* code : {"0", "A", "1A ", "9 A", "", " "})
    EXPECT_FALSE(is_package_type(code)) << code;
  for (const char* code : {"01", "10", "80", "99"}) EXPECT_TRUE(is_media_type(code));
  for (const char* code : {"00", "11", "79", "1", ""}) EXPECT_FALSE(is_media_type(code)) << code;
}

}  // namespace
}  // namespace cartwright::gs1
