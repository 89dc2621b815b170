// Amounts at the end of 64 bits, currencies with other minor units than cents, and clocks that
// change while an offer is on.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "offers/priced_basket_json.hpp"
#include "unit/offers/offer_examples.hpp"

namespace cartwright::offers {
namespace {

using testing::HasSubstr;

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

// One product "gold" at this price.
PricedBasket priced(const std::string& offers, std::int64_t price, const std::string& quantity,
                    const std::string& code = "EUR", SoldBy sold_by = SoldBy::piece) {
  Product gold = examples::piece("gold", price);
  gold.sold_by = sold_by;
  const ProductTable products({gold});
  const OfferBook book = OfferBook::parse(
      R"({"currency":")" + code + R"(","offers":[)" + offers + "]}", "offers.json");
  const BasketFile file = parse_basket(
      R"({"currency":")" + code + R"(","lines":[{"key":"1","product":"gold",)" + quantity + "}]}",
      "basket.json", [&](std::string_view id) { return products.find(id); });
  return cartwright::offers::price(book, file.basket, file.facts,
                                   {.currency = file.currency, .taxes = {}});
}

constexpr const char* kTenPercent =
    R"({"id":"a","kind":"percent_off","set":{"products":["gold"]},"bps":1000})";

std::string refusal_of(std::int64_t price, const std::string& quantity,
                       SoldBy sold_by = SoldBy::piece) {
  return examples::refusal([&] { priced(kTenPercent, price, quantity, "EUR", sold_by); });
}

TEST(HostileAmounts, beyond_64_bits_are_refused_and_never_wrap) {
  EXPECT_NE(refusal_of(kMost, R"("units":1)"), "");
  EXPECT_NE(refusal_of(kMost, R"("units":2)"), "");
  EXPECT_NE(refusal_of(kMost / 50'000, R"("units":99999)"), "");
  EXPECT_NE(refusal_of(kMost, R"("grams":1001)", SoldBy::kg), "");
  EXPECT_NE(refusal_of(kMost, R"("grams":9223372036854775807)", SoldBy::kg), "");
  EXPECT_THAT(refusal_of(kMost / 4, R"("units":3)"), HasSubstr("more than"));
}

TEST(HostileAmounts, as_large_as_a_search_takes_are_exact) {
  constexpr std::int64_t kLarge = std::int64_t{1} << 49;
  const PricedBasket result = priced(kTenPercent, kLarge, R"("units":1)");
  EXPECT_EQ(result.totals.goods, Money(kLarge - (kLarge + 5) / 10));
  EXPECT_TRUE(result.proven_best);
}

TEST(HostileAmounts, of_offers_are_bounded_and_may_be_the_largest_there_are) {
  EXPECT_THAT(
      examples::refusal([] {
        priced(
            R"({"id":"a","kind":"amount_off","set":{"products":["gold"]},"amount_minor":1000000000001})",
            1, R"("units":1)");
      }),
      HasSubstr("amount_minor: 1000000000001 is not from 0 to 1000000000000"));
  const std::string most = "1000000000000";
  const std::string gold = R"("set":{"products":["gold"]},)";
  const auto goods = [&](const std::string& kind, const std::string& rest) {
    return priced(R"({"id":"a","kind":")" + kind + "\"," + rest + "}", 500, R"("units":6)")
        .totals.goods.minor();
  };
  EXPECT_EQ(goods("amount_off", gold + R"("amount_minor":)" + most), 0);
  EXPECT_EQ(goods("fixed_price", gold + R"("price_minor":)" + most), 3'000);
  EXPECT_EQ(goods("n_for_price", gold + R"("n":2,"price_minor":)" + most), 3'000);
  EXPECT_EQ(goods("n_for_price", gold + R"("n":10000,"price_minor":1)"), 3'000);
  EXPECT_EQ(goods("tiers", gold + R"("by":"spend","steps":[{"at":)" + most + R"(,"bps":10000}])"),
            3'000);
  EXPECT_EQ(
      goods("tiers", gold + R"("by":"quantity","steps":[{"at":2,"amount_minor":)" + most + "}]"),
      0);
  EXPECT_EQ(goods("basket", R"("threshold_minor":1,"amount_minor":)" + most), 0);
  EXPECT_EQ(goods("basket", R"("threshold_minor":)" + most + R"(,"bps":10000)"), 3'000);
}

// ISO 4217: JPY has no minor unit, KWD has three digits of it, HUF has two.
TEST(HostileAmounts, have_the_digits_of_their_currency) {
  const std::string offers =
      std::string(kTenPercent) + R"(,{"id":"b","kind":"basket","threshold_minor":2000,"bps":500})";
  for (const auto& [code, missing] : {std::pair{"JPY", "1001 JPY"}, std::pair{"KWD", "1.001 KWD"},
                                      std::pair{"HUF", "10.01 HUF"}}) {
    const PricedBasket result = priced(offers, 999, R"("units":1)", code);
    EXPECT_EQ(result.totals.goods, Money(899)) << code;  // 99.9 is 100
    ASSERT_EQ(result.declined.size(), 1U) << code;
    EXPECT_THAT(result.declined[0].why, HasSubstr(std::string(missing) + " are missing"));
    EXPECT_THAT(to_json(result, currency(code)), HasSubstr(R"("goods_minor":899)")) << code;
  }
}

// Gold at 100, of which an offer takes half between two and three in the morning, in Berlin.
std::int64_t goods_at(const std::string& at, const std::string& when) {
  const TimeZone berlin = TimeZone::load("Europe/Berlin");
  const ProductTable products({examples::piece("gold", 100)});
  const OfferBook book = examples::book(
      R"({"id":"a","kind":"percent_off","set":{"products":["gold"]},"bps":5000,"when":)" + when +
      "}");
  const BasketFile file = parse_basket(
      R"({"currency":"EUR","lines":[{"key":"1","product":"gold","units":1,"at":")" + at + "\"}]}",
      "basket.json", [&](std::string_view id) { return products.find(id); });
  return price(book, file.basket, file.facts, {.currency = file.currency, .taxes = {}},
               {.zone = &berlin, .suggest = {}})
      .totals.goods.minor();
}

constexpr const char* kSmallHours = R"({"hours":["02:00-03:00"]})";

TEST(HostileClock, an_hour_that_comes_twice_counts_twice) {
  EXPECT_EQ(goods_at("2026-10-24T23:59:59Z", kSmallHours), 100);  // 01:59:59 in summer time
  EXPECT_EQ(goods_at("2026-10-25T00:00:00Z", kSmallHours), 50);
  EXPECT_EQ(goods_at("2026-10-25T00:59:59Z", kSmallHours), 50);
  EXPECT_EQ(goods_at("2026-10-25T01:00:00Z", kSmallHours), 50);  // 02:00 again, in winter time
  EXPECT_EQ(goods_at("2026-10-25T01:59:59Z", kSmallHours), 50);
  EXPECT_EQ(goods_at("2026-10-25T02:00:00Z", kSmallHours), 100);
}

TEST(HostileClock, an_hour_that_is_left_out_never_comes) {
  EXPECT_EQ(goods_at("2026-03-29T00:59:59Z", kSmallHours), 100);  // 01:59:59, then 03:00:00
  EXPECT_EQ(goods_at("2026-03-29T01:00:00Z", kSmallHours), 100);
  EXPECT_EQ(goods_at("2026-03-30T00:00:00Z", kSmallHours), 50);  // 02:00 the day after
}

TEST(HostileClock, a_window_over_the_change_is_as_long_as_the_clock_shows) {
  const char* const night = R"({"hours":["23:00-04:00"]})";
  EXPECT_EQ(goods_at("2026-10-25T02:59:59Z", night), 50);  // 03:59:59 in winter time
  EXPECT_EQ(goods_at("2026-10-25T03:00:00Z", night), 100);
  EXPECT_EQ(goods_at("2026-03-29T01:59:59Z", night), 50);  // 03:59:59 in summer time
  EXPECT_EQ(goods_at("2026-03-29T02:00:00Z", night), 100);
  const char* const sunday = R"({"days":["sun"]})";
  EXPECT_EQ(goods_at("2026-10-24T21:59:59Z", sunday), 100);
  EXPECT_EQ(goods_at("2026-10-24T22:00:00Z", sunday), 50);  // 25 hours
  EXPECT_EQ(goods_at("2026-10-25T22:59:59Z", sunday), 50);
  EXPECT_EQ(goods_at("2026-10-25T23:00:00Z", sunday), 100);
}

// An instant is an instant, however it is written and whatever the clocks show.
TEST(HostileClock, instants_hold_in_the_hour_that_comes_twice) {
  const char* const first =
      R"({"from":"2026-10-25T02:30:00+02:00","to":"2026-10-25T02:30:00+01:00"})";
  EXPECT_EQ(goods_at("2026-10-25T02:29:59+02:00", first), 100);
  EXPECT_EQ(goods_at("2026-10-25T02:30:00+02:00", first), 50);
  EXPECT_EQ(goods_at("2026-10-25T02:29:59+01:00", first), 50);
  EXPECT_EQ(goods_at("2026-10-25T02:30:00+01:00", first), 100);
}

}  // namespace
}  // namespace cartwright::offers
