#include "offers/priced_basket_json.hpp"

#include <gtest/gtest.h>

#include "unit/offers/offer_examples.hpp"

namespace cartwright::offers {
namespace {

TEST(PricedBasketJson, has_the_keys_of_the_result_in_their_order) {
  const BasketFile file = examples::basket(
      R"({"key":"1","product":"milk","units":3},{"key":"2","product":"apples","grams":512})",
      R"("coupons":["C"])");
  const OfferBook book = examples::book(
      R"({"id":"a","kind":"cheapest_of","set":{"products":["milk"]},"n":3,"k":1,"bps":10000,
          "funding":[{"funder":"acme","bps":6000}]},
         {"id":"b","kind":"basket","threshold_minor":100,"points":5},
         {"id":"c","kind":"percent_off","set":{"products":["bread"]},"bps":1,"coupon":"C"})");
  const PricedBasket priced = price(book, file.basket, file.facts,
                                    {.currency = file.currency, .taxes = {}}, {.suggest = {}});
  PricedBasket fixed = priced;
  fixed.states = 7;
  EXPECT_EQ(
      to_json(fixed, file.currency),
      R"({"currency":"EUR","list_minor":541,"goods_minor":412,"deposit_minor":0,"tax_minor":0,)"
      R"("rounding_minor":0,"total_minor":412,"provisional_minor":0,"proven_best":true,)"
      R"("bound_minor":412,"states":7,"lines":[{"key":"1","product":"milk","units":3,)"
      R"("list_minor":387,"net_minor":258,"shares":[{"offer":"a","application":1,)"
      R"("role":"qualify","units":2,"minor":0,"funder":{}},{"offer":"a","application":1,)"
      R"("role":"reward","units":1,"minor":129,"funder":{"acme":77,"retailer":52}}]},)"
      R"({"key":"2","product":"apples","grams":512,"list_minor":154,"net_minor":154,)"
      R"("shares":[]}],"applied":[{"offer":"a","applications":1,"discount_minor":129},)"
      R"({"offer":"b","applications":1,"discount_minor":0,"points":5}],)"
      R"("declined":[{"offer":"c","why":"the basket has none of its products"}],"nudges":[]})");
}

}  // namespace
}  // namespace cartwright::offers
