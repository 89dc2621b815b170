#include "gs1/coupon.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace cartwright::gs1 {
namespace {

using ::testing::HasSubstr;

Coupon8110 read(std::string_view value) {
  const auto result = read_coupon_8110(value);
  if (const auto* refusal = std::get_if<Refusal>(&result)) {
    ADD_FAILURE() << value << ": " << refusal->text;
    return {};
  }
  return std::get<Coupon8110>(result);
}

struct Bad {
  const char* value;
  std::size_t at;
};

TEST(Coupon8110, splits_the_guidelines_example) {
  // Five dollars off the transaction, until the end of 2010.
  const Coupon8110 coupon = read("106141416543213500110000310123196000");
  EXPECT_EQ(coupon.primary.company, "0614141");
  EXPECT_EQ(coupon.offer_code, "654321");
  EXPECT_EQ(coupon.save_value, 500);
  EXPECT_EQ(coupon.primary.amount, 1);
  EXPECT_EQ(coupon.primary.unit, CouponUnit::pieces);
  EXPECT_EQ(coupon.primary.family, "000");
  EXPECT_EQ(coupon.rule, std::nullopt);
  EXPECT_EQ(coupon.expires, "101231");
  EXPECT_EQ(coupon.starts, "");
  EXPECT_EQ(coupon.saving, CouponSaving::cents_of_total);
  EXPECT_EQ(coupon.applies_to, 0);
  EXPECT_EQ(coupon.store_coupon, 0);
  EXPECT_FALSE(coupon.dont_multiply);
}

TEST(Coupon8110, without_optional_fields_takes_cents_off) {
  const Coupon8110 coupon = read("012345612345611110123");
  EXPECT_EQ(coupon.primary.company, "123456");
  EXPECT_EQ(coupon.offer_code, "123456");
  EXPECT_EQ(coupon.save_value, 1);
  EXPECT_EQ(coupon.primary.family, "123");
  EXPECT_EQ(coupon.saving, CouponSaving::cents);
  EXPECT_FALSE(coupon.second || coupon.third);
}

TEST(Coupon8110, knows_further_purchases_of_the_same_and_of_another_company) {
  const Coupon8110 coupon = read(
      "0123456"
      "123456"
      "250"
      "2120123"
      "11130200"
      "9"
      "22113300"
      "17654321");
  EXPECT_EQ(coupon.primary.amount, 12);
  EXPECT_EQ(coupon.rule, CouponRule::all);
  ASSERT_TRUE(coupon.second && coupon.third);
  EXPECT_EQ(coupon.second->amount, 3);
  EXPECT_EQ(coupon.second->company, "123456");
  EXPECT_EQ(coupon.third->amount, 11);
  EXPECT_EQ(coupon.third->unit, CouponUnit::pounds);
  EXPECT_EQ(coupon.third->family, "300");
  EXPECT_EQ(coupon.third->company, "7654321");
}

// The inputs that the GS1 Syntax Dictionary's linter refuses in the GS1 engine's tests, with the
// offset of the field that is wrong.
TEST(Coupon8110, refuses_what_the_dictionary_refuses) {
  const std::vector<Bad> cases = {
      {"", 0},
      {"a12345612345611110123", 0},
      {"01234561234561111012a", 20},
      {"71234567890123", 0},
      {"012345", 1},
      {"1123456", 1},
      {"0123456", 7},
      {"012345612345", 7},
      {"0123456123456", 13},
      {"01234561234560", 13},
      {"01234561234566123456", 13},
      {"01234561234561", 14},
      {"012345612345621", 14},
      {"012345612345611", 15},
      {"0123456123456110", 15},
      {"0123456123456116123456", 15},
      {"0123456123456111", 16},
      {"01234561234561111", 17},
      {"012345612345611115", 17},
      {"012345612345611118", 17},
      {"012345612345611119", 18},
      {"01234561234561111012", 18},
      {"0123456123456111101230", 21},
      {"0123456123456111101237", 21},
      {"0123456123456111101238", 21},
      {"0123456123456111101231", 22},
      {"01234561234561111012314", 22},
      {"01234561234561111012310", 23},
      {"012345612345611110123106123456", 23},
      {"012345612345611110123101", 24},
      {"0123456123456111101231011", 25},
      {"01234561234561111012310115", 25},
      {"01234561234561111012310119", 26},
      {"01234561234561111012310110123", 29},
      {"0123456123456111101231011012371234567890123", 29},
      {"012345612345611110123101101230", 30},
      {"0123456123456111101231011012391", 30},
      {"0123456123456111101232", 22},
      {"01234561234561111012320", 22},
      {"01234561234561111012321", 23},
      {"012345612345611110123211", 24},
      {"0123456123456111101232115", 24},
      {"0123456123456111101232110", 25},
      {"0123456123456111101232110123", 28},
      {"012345612345611110123211012371234567890123", 28},
      {"01234561234561111012321101230", 29},
      {"0123456123456111101233", 22},
      {"0123456123456111101233200010", 22},
      {"0123456123456111101234", 22},
      {"0123456123456111101234200010", 22},
      {"01234561234561111012335006064500607", 29},
      {"0123456123456111101235", 22},
      {"0123456123456111101236", 22},
      {"01234561234561111012360", 22},
      {"01234561234561111012361", 23},
      {"0123456123456111101239", 22},
      {"01234561234561111012393", 22},
      {"01234561234561111012390", 23},
      {"012345612345611110123903", 23},
      {"012345612345611110123900", 24},
      {"0123456123456111101239000", 25},
      {"01234561234561111012390002", 25},
      {"012345612345611110123900000", 26},
  };
  for (const Bad& bad : cases) {
    const auto result = read_coupon_8110(bad.value);
    ASSERT_TRUE(std::holds_alternative<Refusal>(result)) << bad.value;
    EXPECT_EQ(std::get<Refusal>(result).at, bad.at)
        << bad.value << ": " << std::get<Refusal>(result).text;
  }
}

TEST(Coupon8110, takes_what_the_dictionary_takes) {
  for (const char* value :
       {"012345612345611110123", "012345612345611110123101101230123456",
        "012345612345611110123101101236123456789012", "012345612345611110123101101239",
        "01234561234561111012321101239", "01234561234561111012350123456",
        "01234561234561111012335006064500606", "01234561234561111012390000"}) {
    const auto result = read_coupon_8110(value);
    EXPECT_TRUE(std::holds_alternative<Coupon8110>(result)) << value;
  }
}

TEST(Coupon8110, says_what_is_wrong) {
  const auto text = [](std::string_view value) {
    return std::get<Refusal>(read_coupon_8110(value)).text;
  };
  EXPECT_EQ(text("0123456123456611111"),
            "the length of the save value at position 14 is 6; it can be 1, 2, 3, 4 or 5");
  EXPECT_EQ(text("01234561234561111012"),
            "the coupon ends within the primary family code at position 19: 3 digits are due, 2 "
            "are there");
  EXPECT_THAT(text("0123456123456111101233260230"),
              HasSubstr("the expiration date at position 23 is 260230, which is no date YYMMDD"));
  EXPECT_THAT(
      text("01234561234561111012335006064500607"),
      HasSubstr("the start date at position 30 is 500607, after the expiration date 500606"));
}

TEST(Coupon8110, has_at_most_seventy_digits) {
  const std::string company = "6123456789012";
  const std::string purchase =
      "512345"
      "0"
      "123";
  const std::string longest = company +
                              "123456"
                              "512345" +
                              purchase + "11" + purchase + company + "2" + purchase + company;
  ASSERT_GT(longest.size(), 70U);
  EXPECT_EQ(std::get<Refusal>(read_coupon_8110(longest)).at, 70U);
}

TEST(CouponDate, is_in_the_century_near_the_reference_year) {
  EXPECT_EQ(coupon_date("270131", 2026), "2027-01-31");
  EXPECT_EQ(coupon_date("761231", 2026), "2076-12-31");  // 50 years ahead
  EXPECT_EQ(coupon_date("771231", 2026), "1977-12-31");
  EXPECT_EQ(coupon_date("991231", 2049), "2099-12-31");
  EXPECT_EQ(coupon_date("000101", 2051), "2100-01-01");  // 49 years ahead, 51 back
  EXPECT_EQ(coupon_date("000101", 1999), "2000-01-01");
}

TEST(CouponDate, is_none_where_there_is_no_such_day) {
  for (const char* text :
       {"", "26013", "2601311", "26013a", "261301", "260001", "260100", "260230", "270229"}) {
    EXPECT_EQ(coupon_date(text, 2026), std::nullopt) << text;
  }
  EXPECT_EQ(coupon_date("280229", 2026), "2028-02-29");
  EXPECT_EQ(coupon_date("000229", 2060), std::nullopt);  // 2100 is no leap year
  EXPECT_EQ(coupon_date("260101", -5), std::nullopt);
}

}  // namespace
}  // namespace cartwright::gs1
