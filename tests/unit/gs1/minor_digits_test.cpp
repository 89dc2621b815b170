#include "gs1/minor_digits.hpp"

#include <gtest/gtest.h>

namespace cartwright::gs1 {
namespace {

TEST(MinorDigits, are_those_of_iso_4217) {
  for (const char* code : {"EUR", "NOK", "SEK", "DKK", "GBP", "USD", "HUF"}) {
    EXPECT_EQ(minor_digits(code), 2) << code;
  }
  for (const char* code : {"JPY", "ISK", "KRW"}) EXPECT_EQ(minor_digits(code), 0) << code;
  for (const char* code : {"KWD", "TND", "BHD"}) EXPECT_EQ(minor_digits(code), 3) << code;
  EXPECT_EQ(minor_digits("CLF"), 4);
}

TEST(MinorDigits, are_none_for_what_is_no_code) {
  for (const char* code : {"", "EU", "EURO", "eur", "E1R"}) {
    EXPECT_EQ(minor_digits(code), std::nullopt) << code;
  }
}

}  // namespace
}  // namespace cartwright::gs1
