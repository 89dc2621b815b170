#include "gs1/gtin.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <string>

namespace cartwright::gs1 {
namespace {

std::string random_digits(std::size_t count) {
  std::string digits;
  for (std::size_t i = 0; i < count; ++i) {
    digits += static_cast<char>('0' + *rc::gen::inRange(0, 10));
  }
  return digits;
}

std::string with_check_digit(std::string digits) {
  digits += *check_digit(digits);
  return digits;
}

TEST(CheckDigit, is_that_of_the_general_specifications) {
  // GS1 General Specifications 7.9: an SSCC and a GTIN-13.
  EXPECT_EQ(check_digit("37610425002123456"), '9');
  EXPECT_EQ(check_digit("629104150021"), '3');
  EXPECT_EQ(check_digit("400638133393"), '1');
  EXPECT_EQ(check_digit("9638507"), '4');
  EXPECT_EQ(check_digit("03600029145"), '2');
}

TEST(CheckDigit, is_none_for_no_digits) {
  EXPECT_EQ(check_digit(""), std::nullopt);
  EXPECT_EQ(check_digit("12A4"), std::nullopt);
  EXPECT_FALSE(has_valid_check_digit("0"));
  EXPECT_FALSE(has_valid_check_digit(""));
}

RC_GTEST_PROP(CheckDigit, finds_every_wrong_single_digit, ()) {
  const std::string good = with_check_digit(random_digits(*rc::gen::inRange<std::size_t>(1, 18)));
  RC_ASSERT(has_valid_check_digit(good));
  std::string bad = good;
  const auto at = *rc::gen::inRange<std::size_t>(0, bad.size());
  bad[at] = static_cast<char>('0' + (bad[at] - '0' + *rc::gen::inRange(1, 10)) % 10);
  RC_ASSERT(!has_valid_check_digit(bad));
}

TEST(Gtin14, takes_each_length_of_a_gtin) {
  EXPECT_EQ(Gtin14::parse("96385074")->text(), "00000096385074");
  EXPECT_EQ(Gtin14::parse("036000291452")->text(), "00036000291452");
  EXPECT_EQ(Gtin14::parse("4006381333931")->text(), "04006381333931");
  EXPECT_EQ(Gtin14::parse("14006381333938")->text(), "14006381333938");
}

TEST(Gtin14, refuses_every_other_length) {
  for (std::size_t length = 0; length < 20; ++length) {
    if (length == 8 || (length >= 12 && length <= 14)) continue;
    // Zeros always have the right check digit, so only the length can be wrong.
    EXPECT_FALSE(Gtin14::parse(std::string(length, '0'))) << length;
  }
}

TEST(Gtin14, refuses_a_wrong_check_digit_and_what_is_no_digit) {
  EXPECT_FALSE(Gtin14::parse("4006381333932"));
  EXPECT_FALSE(Gtin14::parse("400638133393X"));
  EXPECT_FALSE(Gtin14::parse(" 4006381333931"));
  EXPECT_FALSE(Gtin14::parse("+006381333931"));
}

TEST(Gtin14, of_a_number_is_checked_too) {
  EXPECT_EQ(Gtin14::from_number(4006381333931)->text(), "04006381333931");
  EXPECT_FALSE(Gtin14::from_number(4006381333930));
  EXPECT_FALSE(Gtin14::from_number(-1));
  EXPECT_FALSE(Gtin14::from_number(100'000'000'000'000));
}

RC_GTEST_PROP(Gtin14, keeps_its_number_through_text_and_integer, ()) {
  const auto length = *rc::gen::elementOf(std::array<std::size_t, 4>{7, 11, 12, 13});
  const std::string digits = with_check_digit(random_digits(length));
  const auto gtin = Gtin14::parse(digits);
  RC_ASSERT(gtin.has_value());
  RC_ASSERT(gtin->text() == std::string(14 - digits.size(), '0') + digits);
  RC_ASSERT(Gtin14::parse(gtin->text()) == gtin);
  RC_ASSERT(Gtin14::from_number(gtin->number()) == gtin);
}

// GS1 General Specifications, table of zero suppression: one row a last digit.
TEST(UpcE, expands_by_the_table) {
  EXPECT_EQ(expand_upce("0123450")->substr(0, 11), "01200000345");
  EXPECT_EQ(expand_upce("0123451")->substr(0, 11), "01210000345");
  EXPECT_EQ(expand_upce("0123452")->substr(0, 11), "01220000345");
  EXPECT_EQ(expand_upce("0123453")->substr(0, 11), "01230000045");
  EXPECT_EQ(expand_upce("0123454")->substr(0, 11), "01234000005");
  EXPECT_EQ(expand_upce("0123455")->substr(0, 11), "01234500005");
  EXPECT_EQ(expand_upce("0123456")->substr(0, 11), "01234500006");
  EXPECT_EQ(expand_upce("0123457")->substr(0, 11), "01234500007");
  EXPECT_EQ(expand_upce("0123458")->substr(0, 11), "01234500008");
  EXPECT_EQ(expand_upce("0123459")->substr(0, 11), "01234500009");
}

TEST(UpcE, has_the_check_digit_of_its_upca) {
  EXPECT_EQ(expand_upce("04252614"), "042100005264");
  EXPECT_EQ(expand_upce("0425261"), "042100005264");
  EXPECT_EQ(expand_upce("425261"), "042100005264");
  EXPECT_EQ(expand_upce("01234565"), "012345000065");
  EXPECT_FALSE(expand_upce("04252615"));
}

TEST(UpcE, knows_number_systems_0_and_1_only) {
  EXPECT_EQ(expand_upce("1425261")->substr(0, 11), "14210000526");
  for (char system = '2'; system <= '9'; ++system) {
    EXPECT_FALSE(expand_upce(std::string(1, system) + "425261"));
  }
}

TEST(UpcE, refuses_other_lengths_and_letters) {
  EXPECT_FALSE(expand_upce(""));
  EXPECT_FALSE(expand_upce("42526"));
  EXPECT_FALSE(expand_upce("042526140"));
  EXPECT_FALSE(expand_upce("04252A14"));
}

RC_GTEST_PROP(UpcE, always_expands_to_a_upca, ()) {
  const auto upca = expand_upce(random_digits(6));
  RC_ASSERT(upca.has_value());
  RC_ASSERT(upca->size() == 12U);
  RC_ASSERT(has_valid_check_digit(*upca));
  RC_ASSERT(Gtin14::parse(*upca).has_value());
}

TEST(CheckDigit, is_only_of_digits) {
  // The characters on either side of the digits, at every place.
  for (const char stranger : {'/', ':', '-', '*', ' ', '\0', '\x7f', '\xff'}) {
    for (std::size_t at = 0; at < 13; ++at) {
      std::string digits = "4006381333931";
      digits[at] = stranger;
      EXPECT_FALSE(has_valid_check_digit(digits)) << digits;
      EXPECT_FALSE(check_digit(digits)) << digits;
      EXPECT_FALSE(Gtin14::parse(digits)) << digits;
    }
  }
}

TEST(CheckDigit, finds_every_single_wrong_digit) {
  const std::string right = "09521234543213";
  ASSERT_TRUE(has_valid_check_digit(right));
  for (std::size_t at = 0; at < right.size(); ++at) {
    for (char digit = '0'; digit <= '9'; ++digit) {
      std::string wrong = right;
      wrong[at] = digit;
      EXPECT_EQ(has_valid_check_digit(wrong), wrong == right) << wrong;
    }
  }
}

}  // namespace
}  // namespace cartwright::gs1
