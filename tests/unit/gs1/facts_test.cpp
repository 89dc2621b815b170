#include "gs1/facts.hpp"

#include <gtest/gtest.h>

#include <string>

namespace cartwright::gs1 {
namespace {

Facts facts(const std::string& data, Surroundings surroundings = {.current_year = 2026}) {
  const auto read =
      read_bracketed_elements(data, {.permit_unknown_ai = true, .require_companions = false});
  return facts_of(std::get<std::vector<Element>>(read), surroundings);
}

TEST(Facts, are_batch_serial_and_dates) {
  const Facts all = facts("(10)A1(21)S1(15)270200(16)270101(17)270131");
  EXPECT_EQ(all.batch, "A1");
  EXPECT_EQ(all.serial, "S1");
  EXPECT_EQ(all.best_before->text(), "2027-02-28");
  EXPECT_EQ(all.sell_by->text(), "2027-01-01");
  EXPECT_EQ(all.expiry->text(), "2027-01-31");
  EXPECT_EQ(facts("(7003)2701312359").expiry->text(), "2027-01-31");
  EXPECT_EQ(facts("(17)270130(7003)2701312359").expiry->text(), "2027-01-30");
}

TEST(Facts, have_no_dates_where_the_year_is_not_told) {
  EXPECT_FALSE(facts("(17)270131", {}).expiry);
}

TEST(Facts, are_net_weights_in_whole_grams) {
  EXPECT_EQ(facts("(3103)000195").weight_grams, 195);
  EXPECT_EQ(facts("(3100)000002").weight_grams, 2000);
  EXPECT_EQ(facts("(3105)012345").weight_grams, 123);
  EXPECT_EQ(facts("(3105)000050").weight_grams, 1);
  EXPECT_EQ(facts("(3105)000049").weight_grams, 0);
  EXPECT_EQ(facts("(3100)999999").weight_grams, 999'999'000);
  EXPECT_EQ(facts("(3201)000010").weight_grams, 454);
  EXPECT_EQ(facts("(3200)000100").weight_grams, 45'359);
  EXPECT_EQ(facts("(3560)000010").weight_grams, 311);
  EXPECT_FALSE(facts("(3303)000195").weight_grams);  // gross
}

TEST(Facts, are_counts) {
  EXPECT_EQ(facts("(30)12").count, 12);
  EXPECT_EQ(facts("(37)00000005").count, 5);
}

TEST(Facts, are_prices_in_minor_units) {
  EXPECT_EQ(facts("(3922)0299").price_minor, 299);
  EXPECT_EQ(facts("(3920)3").price_minor, 300);
  EXPECT_EQ(facts("(3920)300", {.current_year = 0, .minor_digits = 0}).price_minor, 300);
  EXPECT_FALSE(facts("(3923)2995").price_minor);
  EXPECT_EQ(facts("(3923)2990").price_minor, 299);
  EXPECT_FALSE(facts("(3922)0299").currency);
}

TEST(Facts, are_prices_in_the_currency_that_the_code_names) {
  const Facts crowns = facts("(3932)5780299");
  EXPECT_EQ(crowns.price_minor, 299);
  EXPECT_EQ(crowns.currency, 578);
  EXPECT_EQ(facts("(3930)392300").price_minor, 300);
  EXPECT_EQ(facts("(3933)4142990").price_minor, 2990);
  EXPECT_FALSE(facts("(3930)990999999999999999").price_minor);  // beyond 64 bits
}

TEST(Facts, are_not_taken_from_ais_to_come) {
  EXPECT_FALSE(facts("(3106)ABCDEF").weight_grams);
}

}  // namespace
}  // namespace cartwright::gs1
