#include "trip/facts.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "base/hex.hpp"
#include "unit/trip/small_store.hpp"

namespace cartwright::trip {
namespace {

TEST(Clean, cuts_between_characters) {
  EXPECT_EQ(clean("süß", 2), "s");
  EXPECT_EQ(clean("süß", 3), "sü");
  EXPECT_EQ(clean("süß"), "süß");
}

TEST(Clean, makes_text_of_what_is_no_utf8) {
  EXPECT_EQ(clean("gr\xfc\xdf"), "gr??");
  EXPECT_TRUE(is_utf8(as_bytes(clean(std::string(300, '\xe2')))));
}

TEST(Masked, leaves_the_last_four_digits) {
  EXPECT_EQ(masked("4111111111111234"), "************1234");
  EXPECT_EQ(masked("411111******1234"), "************1234");
  EXPECT_EQ(masked("1234"), "1234");
  EXPECT_EQ(masked(""), "");
}

TEST(ItemFacts, go_to_the_log_and_back) {
  offers::Product product = testing::water();
  product.gtins.push_back(*gs1::Gtin14::parse("4006381333931"));
  product.categories = {"drinks", "water"};
  product.discountable = false;
  product.min_age = 16;
  product.member_price = offers::Money(0);
  EXPECT_EQ(*product_of(item_of(product, "04006381333931")), product);
}

TEST(RuleFacts, go_to_the_log_and_back) {
  offers::PriceRules rules = testing::rules();
  rules.round_total_to = offers::Money(5);
  rules.taxes["state"] = {.bps = 625, .placement = offers::TaxPlacement::on_top};
  v1::TripHeader header;
  put_rules(header, rules);
  const offers::PriceRules back = rules_of(header);
  EXPECT_EQ(back.currency, rules.currency);
  EXPECT_EQ(back.round_total_to, offers::Money(5));
  ASSERT_EQ(back.taxes.size(), 3U);
  EXPECT_EQ(back.taxes.at("state").bps, 625);
  EXPECT_EQ(back.taxes.at("state").placement, offers::TaxPlacement::on_top);
  *header.add_taxes() = header.taxes(0);
  EXPECT_THROW(rules_of(header), Error);
}

TEST(TimeFacts, are_written_as_rfc_3339) {
  Time time = testing::morning();
  time.utc_ms += 250;
  EXPECT_EQ(rfc3339(fact_time(time, 0)), "2026-03-01T08:15:00.250+01:00");
  time.offset_minutes = -210;
  EXPECT_EQ(rfc3339(fact_time(time, 0)), "2026-03-01T03:45:00.250-03:30");
}

TEST(TimeFacts, are_read_back_to_the_millisecond) {
  for (const std::int64_t utc_ms :
       {std::int64_t{0}, std::int64_t{999}, std::int64_t{1'772'349'300'250},
        std::int64_t{253'402'214'399'999}}) {
    for (const std::int32_t minutes : {0, -210, 345, -1439, 1439}) {
      Time time = testing::morning();
      time.utc_ms = utc_ms;
      time.offset_minutes = minutes;
      const std::string text = rfc3339(fact_time(time, 0));
      EXPECT_EQ(utc_ms_of(text), utc_ms) << text;
    }
  }
  EXPECT_THROW(utc_ms_of("2026-03-01T08:15:00.250"), Error);
  EXPECT_THROW(utc_ms_of("2026-02-30T08:15:00.250+01:00"), Error);
  EXPECT_THROW(utc_ms_of("2026-03-01T08:15:00.250+01:00x"), Error);
}

TEST(TimeFacts, outside_the_calendar_are_refused) {
  v1::Time time = fact_time(testing::morning(), 0);
  time.set_utc_ms(-1);
  EXPECT_THROW(check_time(time), Error);
  time.set_utc_ms(253'402'300'800'000);
  EXPECT_THROW(check_time(time), Error);
  time.set_utc_ms(0);
  time.set_offset_minutes(1440);
  EXPECT_THROW(check_time(time), Error);
}

}  // namespace
}  // namespace cartwright::trip
