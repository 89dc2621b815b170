#include "offers/basket_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/offers/offer_examples.hpp"

namespace cartwright::offers {
namespace {

using examples::basket;
using examples::refusal;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* kMilk = R"({"key":"1","product":"milk","units":2})";

std::string refused(const std::string& lines, const std::string& more = {}) {
  return refusal([&] { basket(lines, more); });
}

TEST(BasketFile, brings_lines_and_facts) {
  const BasketFile file = basket(
      R"({"key":"1","product":"milk","units":3,"at":"2026-11-23T09:15:00+01:00"},
         {"key":"2","product":"apples","grams":512})",
      R"("store":"9521234000013","member":true,"segments":["staff"],"coupons":["C1","C1"],
         "zones":["north"],"redeem":["C1"],
         "overrides":[{"key":"1","price_minor":99,"by":"staff-7"}])");
  EXPECT_EQ(file.currency.code, "EUR");
  ASSERT_EQ(file.basket.lines().size(), 2u);
  EXPECT_EQ(file.basket.lines()[0].override_price->price, Money(99));
  EXPECT_EQ(std::get<Grams>(file.basket.lines()[1].quantity), Grams(512));
  EXPECT_TRUE(file.basket.member);
  EXPECT_EQ(file.facts.store, "9521234000013");
  EXPECT_THAT(file.facts.coupons, ElementsAre("C1", "C1"));
  EXPECT_THAT(file.facts.zones, ElementsAre("north"));
}

TEST(BasketFile, names_line_key_and_value) {
  EXPECT_EQ(refused(R"({"key":"7","product":"mlik","units":1})"),
            "basket.json: lines[0] \"7\": product: \"mlik\" is not in the catalog");
  EXPECT_THAT(refused(R"({"key":"1","product":"apples","units":1})"),
              HasSubstr("units: \"apples\" is sold by the kg; write \"grams\""));
  EXPECT_THAT(refused(R"({"key":"1","product":"milk","grams":1})"),
              HasSubstr("grams: \"milk\" is sold by the piece; write \"units\""));
  EXPECT_THAT(refused(R"({"key":"1","product":"milk","units":0})"),
              HasSubstr("units: 0 is not from 1"));
  EXPECT_THAT(refused(R"({"key":"1","product":"milk","unit":1})"), HasSubstr("mean \"units\"?"));
  EXPECT_THAT(refused(std::string(kMilk) + "," + kMilk), HasSubstr("key: stands twice"));
  EXPECT_THAT(refused(R"({"key":"1","product":"milk","units":1,"at":"now"})"),
              HasSubstr("at: \"now\" is no time with offset of RFC 3339"));
  EXPECT_THAT(refused(kMilk, R"("overrides":[{"key":"2","price_minor":1,"by":"x"}])"),
              HasSubstr("overrides[0] \"2\": key: line \"2\" is not in the basket"));
  EXPECT_THAT(refused(kMilk, R"("membr":true)"), HasSubstr("did you mean \"member\"?"));
}

TEST(BasketFile, bounds_what_a_basket_holds) {
  EXPECT_THAT(refused(R"({"key":"1","product":"milk","units":100000},
                         {"key":"2","product":"milk","units":1})"),
              HasSubstr("lines[1] \"2\": units: the basket holds more than 100000"));
  std::string lines;
  for (int i = 0; i < 1000; ++i) {
    lines += std::string(i == 0 ? "" : ",") + R"({"key":")" + std::to_string(i) +
             R"(","product":"milk","units":1})";
  }
  EXPECT_EQ(basket(lines).basket.lines().size(), 1000u);
}

TEST(BasketFile, takes_prices_of_the_store_and_of_each_lines_time) {
  auto milk = std::make_shared<Product>(examples::piece("milk", 129));
  milk->prices = {{.store = "", .from = 1'795'420'000, .price = Money(99), .member_price = {}}};
  const auto price = [&](const std::string& at) {
    const BasketFile file = parse_basket(
        R"({"currency":"EUR","store":"s","lines":[{"key":"1","product":"milk","units":1)" + at +
            "}]}",
        "b", [&](std::string_view) { return milk; });
    return file.basket.lines()[0].product->price;
  };
  EXPECT_EQ(price(R"(,"at":"2026-11-23T08:15:00Z")"), Money(99));
  EXPECT_EQ(price(R"(,"at":"2026-11-23T07:00:00Z")"), Money(129));
  EXPECT_EQ(price(""), Money(129));
}

}  // namespace
}  // namespace cartwright::offers
