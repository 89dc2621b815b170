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
  rules.tax_halves = offers::Halves::even;
  rules.tax_per = offers::TaxPer::line;
  rules.taxes["state"] = {.bps = 625, .placement = offers::TaxPlacement::on_top};
  v1::TripHeader header;
  put_rules(header, rules);
  const offers::PriceRules back = rules_of(header);
  EXPECT_EQ(back.currency, rules.currency);
  EXPECT_EQ(back.round_total_to, offers::Money(5));
  EXPECT_EQ(back.tax_halves, offers::Halves::even);
  EXPECT_EQ(back.tax_per, offers::TaxPer::line);
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

TEST(ItemOfASale, holds_what_the_code_told_and_gives_it_back) {
  offers::ItemSale sale;
  sale.product = testing::milk();
  sale.label.batch = "A1";
  sale.label.serial = "S7";
  sale.label.expiry = gs1::Date{2027, 1, 31};
  sale.label.sell_by = gs1::Date{2027, 1, 20};
  sale.label.best_before = gs1::Date{2027, 1, 10};
  sale.label.weight_grams = 512;
  sale.markdown_bps = 3000;
  sale.regular_price = offers::Money(129);
  sale.notice = "30 % off";
  const v1::Item item = item_of(sale, "");
  EXPECT_EQ(item.batch(), "A1");
  EXPECT_EQ(item.use_by(), "2027-01-31");
  EXPECT_EQ(item.net_grams(), 512U);
  EXPECT_EQ(item.markdown_bps(), 3000U);
  EXPECT_EQ(item.regular_price_minor(), 129);
  EXPECT_EQ(item.notice(), "30 % off");
  const gs1::Facts label = label_of(item);
  EXPECT_EQ(label.batch, sale.label.batch);
  EXPECT_EQ(label.serial, sale.label.serial);
  EXPECT_EQ(label.expiry, sale.label.expiry);
  EXPECT_EQ(label.sell_by, sale.label.sell_by);
  EXPECT_EQ(label.best_before, sale.label.best_before);
  EXPECT_FALSE(label_of(item_of(testing::milk(), "")).batch);
}

TEST(ItemFacts, of_prices_per_100_g_go_to_the_log_and_back) {
  offers::Product ham = testing::apples();
  ham.sold_by = offers::SoldBy::hundred_grams;
  v1::Item item = item_of(ham, "");
  EXPECT_EQ(item.price_grams(), 100U);
  EXPECT_EQ(*product_of(item), ham);
  EXPECT_EQ(item_of(testing::apples(), "").price_grams(), 0U);
  item.set_price_grams(500);
  EXPECT_THROW(product_of(item), Error);
}

}  // namespace
}  // namespace cartwright::trip
