#include "gs1/measure_check.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

namespace cartwright::gs1 {
namespace {

TEST(MeasureCheckDigit, is_that_of_the_general_specifications) {
  EXPECT_EQ(measure_check_digit("2875"), '9');   // 7.9.3
  EXPECT_EQ(measure_check_digit("14685"), '6');  // 7.9.4
}

TEST(MeasureCheckDigit, is_that_of_published_labels) {
  EXPECT_EQ(measure_check_digit("1234"), '9');
  EXPECT_EQ(measure_check_digit("00239"), '4');
  EXPECT_EQ(measure_check_digit("00012"), '9');
  EXPECT_EQ(measure_check_digit("06870"), '1');
}

TEST(MeasureCheckDigit, of_nothing_is_zero) {
  EXPECT_EQ(measure_check_digit("0000"), '0');
  EXPECT_EQ(measure_check_digit("00000"), '0');
}

TEST(MeasureCheckDigit, is_none_for_other_lengths_and_characters) {
  for (const char* text : {"", "1", "123", "123456", "12a4", "1234 "}) {
    EXPECT_EQ(measure_check_digit(text), std::nullopt) << text;
  }
}

RC_GTEST_PROP(MeasureCheckDigit, finds_every_wrong_single_digit, ()) {
  const auto length = *rc::gen::element<std::size_t>(4, 5);
  std::string digits;
  while (digits.size() < length) digits += static_cast<char>('0' + *rc::gen::inRange(0, 10));
  const auto right = measure_check_digit(digits);
  const auto at = *rc::gen::inRange<std::size_t>(0, length);
  digits[at] = static_cast<char>('0' + (digits[at] - '0' + *rc::gen::inRange(1, 10)) % 10);
  RC_ASSERT(measure_check_digit(digits) != right);
}

}  // namespace
}  // namespace cartwright::gs1
