#include "offers/priced_basket.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>

#include "unit/offers/offer_examples.hpp"

namespace cartwright::offers {
namespace {

using examples::basket;
using examples::book;
using examples::refusal;
using testing::HasSubstr;
using testing::IsEmpty;

PriceRules untaxed() {
  return {.currency = currency("EUR"), .taxes = {}};
}

PricedBasket priced(const std::string& offers, const std::string& lines,
                    const std::string& more = {}, const PriceRules& rules = untaxed(),
                    const PriceOptions& options = {}) {
  const BasketFile file = basket(lines, more);
  return price(book(offers), file.basket, file.facts, rules, options);
}

std::string why(const PricedBasket& result, const std::string& offer) {
  for (const DeclinedOffer& declined : result.declined) {
    if (declined.offer == offer) return declined.why;
  }
  return {};
}

constexpr const char* kThreeMilk = R"({"key":"1","product":"milk","units":3})";
constexpr const char* kThreeForTwo =
    R"({"id":"a","kind":"cheapest_of","set":{"products":["milk"]},"n":3,"k":1,"bps":10000})";

TEST(PricedBasket, tells_shares_by_line_application_and_role) {
  const PricedBasket result = priced(
      R"({"id":"a","kind":"buy_get","buy":{"set":{"products":["milk"]},"n":2},
          "get":{"set":{"products":["bread"]},"m":1},"bps":5000,
          "funding":[{"funder":"acme","bps":6000}]})",
      R"({"key":"1","product":"milk","units":3},{"key":"2","product":"bread","units":1})");
  EXPECT_EQ(result.totals.list, Money(637));
  EXPECT_EQ(result.totals.goods, Money(512));
  EXPECT_TRUE(result.proven_best);
  ASSERT_EQ(result.shares[0].size(), 1u);
  EXPECT_EQ(result.shares[0][0].role, Role::qualify);
  EXPECT_EQ(result.shares[0][0].units, 2);
  EXPECT_EQ(result.shares[0][0].amount, Money(0));
  EXPECT_THAT(result.shares[0][0].funders, IsEmpty());
  ASSERT_EQ(result.shares[1].size(), 1u);
  EXPECT_EQ(result.shares[1][0].role, Role::reward);
  EXPECT_EQ(result.shares[1][0].application, 1);
  EXPECT_EQ(result.shares[1][0].amount, Money(125));
  ASSERT_EQ(result.shares[1][0].funders.size(), 2u);
  EXPECT_EQ(result.shares[1][0].funders[0].minor, 75);
  EXPECT_EQ(result.shares[1][0].funders[1].minor, 50);
  ASSERT_EQ(result.applied.size(), 1u);
  EXPECT_EQ(result.applied[0].applications, 1);
  EXPECT_EQ(result.applied[0].discount, Money(125));
}

TEST(PricedBasket, counts_mandatory_offers_among_the_applied) {
  const PricedBasket result = priced(
      R"({"id":"m","kind":"percent_off","set":{"products":["milk"]},"bps":1000,"mandatory":true})",
      kThreeMilk);
  EXPECT_EQ(result.totals.list, Money(387));
  EXPECT_EQ(result.totals.goods, Money(348));  // 13 off each
  EXPECT_EQ(result.applied[0].applications, 3);
  EXPECT_TRUE(result.proven_best);
  EXPECT_EQ(result.bound, Money(348));
}

TEST(PricedBasket, pays_what_is_not_discountable_and_bounds_it_too) {
  const PricedBasket result =
      priced(R"({"id":"a","kind":"percent_off","set":{"not_products":["x"]},"bps":5000})",
             R"({"key":"1","product":"milk","units":2},{"key":"2","product":"wine","units":1})");
  EXPECT_EQ(result.totals.goods, Money(728));
  EXPECT_EQ(result.bound, Money(728));
  EXPECT_TRUE(result.proven_best);
}

TEST(PricedBasket, says_why_offers_are_not_used) {
  const PricedBasket result =
      priced(std::string(kThreeForTwo) +
                 R"(,{"id":"b","kind":"percent_off","set":{"products":["milk"]},"bps":1000},
              {"id":"c","kind":"amount_off","set":{"products":["milk"]},"amount_minor":1,
               "member":true})",
             kThreeMilk);
  EXPECT_EQ(result.totals.goods, Money(258));
  EXPECT_EQ(why(result, "b"), "another choice of offers is better");
  EXPECT_EQ(why(result, "c"), "for members only");
  EXPECT_EQ(why(result, "a"), "");
}

TEST(PricedBasket, does_not_name_a_basket_offer_that_found_nothing_left) {
  const PricedBasket result = priced(
      R"({"id":"a","kind":"amount_off","set":{"products":["milk"]},"amount_minor":500},
         {"id":"b","kind":"basket","threshold_minor":100,"bps":5000,"mandatory":true})",
      kThreeMilk);
  EXPECT_EQ(result.totals.goods, Money(0));
  ASSERT_EQ(result.applied.size(), 1u);
  EXPECT_EQ(result.applied[0].offer, "a");
  EXPECT_EQ(why(result, "b"), "nothing of its scope is left to discount");
}

TEST(PricedBasket, lowers_the_tax_base_unless_the_offer_keeps_it) {
  const PriceRules rules = examples::rules();
  const std::string half =
      R"({"id":"a","kind":"percent_off","set":{"products":["milk"]},"bps":5000)";
  EXPECT_EQ(priced(half + "}", kThreeMilk, {}, rules).totals.tax, Money(13));  // 192 x 7 / 107
  EXPECT_EQ(priced(half + R"(,"tax_base":"keep"})", kThreeMilk, {}, rules).totals.tax,
            Money(25));  // 387 x 7 / 107
}

TEST(PricedBasket, gives_a_gift_that_is_in_the_basket) {
  const std::string gift = R"({"id":"a","kind":"basket","threshold_minor":500,"gift":"milk"})";
  const PricedBasket result = priced(gift, R"({"key":"1","product":"milk","units":2},
                      {"key":"2","product":"bread","units":1})");
  EXPECT_EQ(result.totals.goods, Money(379));
  ASSERT_EQ(result.applied.size(), 1u);
  EXPECT_EQ(result.applied[0].discount, Money(129));
}

TEST(PricedBasket, takes_a_gift_on_a_net_threshold_only_where_it_holds) {
  const auto gift = [](const char* threshold) {
    return std::string(R"({"id":"a","kind":"basket","base":"net","gift":"milk",)") +
           R"("threshold_minor":)" + threshold + "}";
  };
  const std::string lines =
      R"({"key":"1","product":"milk","units":1},{"key":"2","product":"bread","units":2})";
  EXPECT_EQ(priced(gift("500"), lines).totals.goods, Money(500));
  const PricedBasket missed = priced(gift("501"), lines);
  EXPECT_EQ(missed.totals.goods, Money(629));
  EXPECT_EQ(missed.bound, Money(500));
  EXPECT_FALSE(missed.proven_best);
  EXPECT_EQ(why(missed, "a"), "its threshold is not reached after the other offers");
}

TEST(PricedBasket, earns_points_beside_the_objective) {
  const std::string points =
      R"({"id":"a","kind":"basket","threshold_minor":380,"points":10},
         {"id":"b","kind":"basket","threshold_minor":380,"points":20,"base":"net"},)";
  const std::string three =
      R"({"id":"3","kind":"cheapest_of","set":{"products":["milk"]},"n":3,"k":1,"bps":10000})";
  const PricedBasket result = priced(points + three, kThreeMilk);
  EXPECT_EQ(result.totals.goods, Money(258));
  std::map<std::string, std::int64_t> earned;
  for (const AppliedOffer& applied : result.applied) earned[applied.offer] = applied.points;
  EXPECT_EQ(earned, (std::map<std::string, std::int64_t>{{"3", 0}, {"a", 10}}));
  EXPECT_EQ(why(result, "b"), "its threshold is not reached after the other offers");
}

TEST(PricedBasket, refuses_two_currencies) {
  EXPECT_THAT(
      refusal([] { priced("", kThreeMilk, {}, {.currency = currency("SEK"), .taxes = {}}); }),
      HasSubstr("the offers are in EUR, the basket in SEK"));
}

TEST(PricedBasket, refuses_sums_beyond_64_bits) {
  const auto million = std::make_shared<const Product>(examples::piece("x", 1'000'000'000'000'000));
  Basket large;
  large.add(
      {.key = "1", .product = million, .quantity = Units{100'000}, .at = {}, .override_price = {}});
  EXPECT_THAT(refusal([&] { price(book(""), large, {}, untaxed()); }), HasSubstr("price"));
}

// Lines of milk, bread and juice.
std::vector<std::string> some_lines() {
  static const std::vector<std::string> names = {"milk", "bread", "juice"};
  std::vector<std::string> lines;
  const auto counts = *rc::gen::container<std::vector<int>>(3, rc::gen::inRange(1, 4));
  for (std::size_t i = 0; i < counts.size(); ++i) {
    lines.push_back(R"({"key":")" + std::to_string(i) + R"(","product":")" + names[i] +
                    R"(","units":)" + std::to_string(counts[i]) + "}");
  }
  return lines;
}

constexpr const char* kMixed =
    R"({"id":"a","kind":"cheapest_of","set":{"products":["milk","juice"]},"n":3,"k":1,
        "bps":10000,"funding":[{"funder":"acme","bps":3333},{"funder":"bolt","bps":3333}]},
       {"id":"b","kind":"percent_off","set":{"products":["bread","juice"]},"bps":1500},
       {"id":"c","kind":"n_for_price","set":{"products":["bread","milk"]},"n":2,
        "price_minor":300},
       {"id":"d","kind":"basket","threshold_minor":800,"amount_minor":77,
        "funding":[{"funder":"acme","bps":5000}]})";

RC_GTEST_PROP(PricedBasket, adds_up_on_every_side, ()) {
  std::string lines;
  for (const std::string& line : some_lines()) lines += (lines.empty() ? "" : ",") + line;
  const PricedBasket result = priced(kMixed, lines);
  Money discounts;
  std::map<std::string, Money> by_offer;
  for (std::size_t i = 0; i < result.shares.size(); ++i) {
    Money of_line;
    for (const LineShare& share : result.shares[i]) {
      std::int64_t funded = 0;
      for (const FunderShare& part : share.funders) funded += part.minor;
      RC_ASSERT(funded == share.amount.minor());
      of_line += share.amount;
      by_offer[share.offer] += share.amount;
    }
    RC_ASSERT(result.totals.lines[i].net == result.totals.lines[i].list - of_line);
    RC_ASSERT(result.totals.lines[i].net >= Money(0));
    discounts += of_line;
  }
  RC_ASSERT(result.totals.goods == result.totals.list - discounts);
  RC_ASSERT(result.bound <= result.totals.goods);
  for (const AppliedOffer& applied : result.applied) {
    RC_ASSERT(by_offer[applied.offer] == applied.discount);
  }
}

RC_GTEST_PROP(PricedBasket, is_the_same_in_whatever_order_and_parts_it_was_scanned, ()) {
  std::vector<std::string> lines = some_lines();
  std::string forward;
  std::string backward;
  for (const std::string& line : lines) {
    forward += (forward.empty() ? "" : ",") + line;
    backward = line + (backward.empty() ? "" : ",") + backward;
  }
  const PricedBasket a = priced(kMixed, forward);
  const PricedBasket b = priced(kMixed, backward);
  RC_ASSERT(a.totals.goods == b.totals.goods);
  RC_ASSERT(a.applied.size() == b.applied.size());
  for (std::size_t i = 0; i < a.shares.size(); ++i) {
    RC_ASSERT(a.totals.lines[i].net == b.totals.lines[a.shares.size() - 1 - i].net);
  }
}

}  // namespace
}  // namespace cartwright::offers
