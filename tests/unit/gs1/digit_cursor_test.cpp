#include "gs1/digit_cursor.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cartwright::gs1 {
namespace {

using ::testing::HasSubstr;

TEST(DigitCursor, takes_field_after_field) {
  DigitCursor cursor("0123456712", 70);
  EXPECT_EQ(cursor.one_of("the flag", "01"), '0');
  EXPECT_EQ(cursor.digits("the code", 2), "12");
  EXPECT_EQ(cursor.sized("the prefix", "123", 1), "4567");
  EXPECT_FALSE(cursor.skip('9'));
  EXPECT_TRUE(cursor.skip('1'));
  EXPECT_EQ(cursor.position(), 9U);
  EXPECT_EQ(cursor.digits("the rest", 1), "2");
  EXPECT_EQ(cursor.refusal(), std::nullopt);
}

TEST(DigitCursor, refuses_what_is_no_digit_before_anything_else) {
  const auto refusal = DigitCursor(
                           "12\x1D"
                           "4",
                           2)
                           .refusal();
  ASSERT_TRUE(refusal);
  EXPECT_EQ(refusal->at, 2U);
  EXPECT_EQ(refusal->text, "the character at position 3 is no digit; a coupon has digits alone");
}

TEST(DigitCursor, refuses_more_digits_than_may_be) {
  const auto refusal = DigitCursor("12345", 4).refusal();
  ASSERT_TRUE(refusal);
  EXPECT_EQ(refusal->at, 4U);
  EXPECT_EQ(refusal->text, "5 digits; a coupon has at most 4");
}

TEST(DigitCursor, says_which_field_is_cut_off) {
  DigitCursor cursor("123", 70);
  EXPECT_EQ(cursor.digits("the first", 1), "1");
  EXPECT_EQ(cursor.digits("the second", 4), "");
  EXPECT_TRUE(cursor.ended());
  EXPECT_EQ(cursor.refusal()->text,
            "the coupon ends within the second at position 2: 4 digits are due, 2 are there");
  EXPECT_EQ(cursor.refusal()->at, 1U);
}

TEST(DigitCursor, says_what_a_digit_can_be) {
  DigitCursor cursor("7", 70);
  EXPECT_EQ(cursor.one_of("the flag", "019"), '0');
  EXPECT_EQ(cursor.refusal()->text, "the flag at position 1 is 7; it can be 0, 1 or 9");
}

TEST(DigitCursor, keeps_the_first_refusal) {
  DigitCursor cursor("7", 70);
  cursor.refuse("first", 0);
  cursor.refuse("second", 1);
  EXPECT_EQ(cursor.digits("more", 1), "");
  EXPECT_FALSE(cursor.skip('7'));
  EXPECT_EQ(cursor.refusal()->text, "first");
}

TEST(DigitCursor, refuses_digits_left_over) {
  DigitCursor cursor("178", 70);
  EXPECT_TRUE(cursor.skip('1'));
  EXPECT_EQ(cursor.refusal()->at, 1U);
  EXPECT_THAT(cursor.refusal()->text,
              HasSubstr("2 digits too many at position 2: no field of the coupon begins with 7"));
}

}  // namespace
}  // namespace cartwright::gs1
