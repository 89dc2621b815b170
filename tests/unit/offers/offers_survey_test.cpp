#include "offers/offers_survey.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/offers/offer_examples.hpp"

namespace cartwright::offers {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;

// The facts of the offers' sets by the shelf of the examples.
Survey surveyed(const std::string& offers) {
  const OfferBook book = examples::book(offers);
  const ProductTable shelf = examples::shelf();
  return survey(book, &shelf);
}

Survey without_catalog(const std::string& offers) {
  const OfferBook book = examples::book(offers);
  return survey(book, nullptr);
}

std::string percent(const std::string& id, const std::string& set, const std::string& more = {}) {
  return R"({"id":")" + id + R"(","kind":"percent_off","bps":1000,"set":)" + set + more + "}";
}

TEST(OffersSurvey, counts_products_and_knows_their_prices) {
  const Survey all = surveyed(percent("a", R"({"not_products":["juice"]})") + "," +
                              percent("b", R"({"products":["milk","bread"]})"));
  ASSERT_THAT(all.sets, SizeIs(2));
  EXPECT_EQ(all.sets[0][0].products, 3);  // milk, bread and apples: wine may not be discounted
  EXPECT_TRUE(all.sets[0][0].weighed);
  EXPECT_EQ(all.sets[1][0].products, 2);
  EXPECT_FALSE(all.sets[1][0].weighed);
  EXPECT_EQ(all.sets[1][0].dearest, Money(250));
  EXPECT_EQ(all.sets[1][0].cheapest, Money(129));
  EXPECT_EQ(all.sets[1][0].cheapest_product, "milk");
}

TEST(OffersSurvey, knows_sets_that_hold_nothing) {
  const Survey none = surveyed(percent("a", R"({"products":["mlik"]})"));
  EXPECT_EQ(none.sets[0][0].products, 0);
  EXPECT_FALSE(none.sets[0][0].cheapest);
}

TEST(OffersSurvey, has_the_whole_catalog_for_a_basket_without_scope) {
  const Survey basket = surveyed(R"({"id":"a","kind":"basket","threshold_minor":1,"bps":1})");
  ASSERT_THAT(basket.sets[0], SizeIs(1));
  EXPECT_EQ(basket.sets[0][0].products, 4);
}

TEST(OffersSurvey, finds_buy_get_with_a_product_in_both_sets) {
  const auto buy_get = [](const char* get) {
    return R"({"id":"a","kind":"buy_get","bps":1,"buy":{"set":{"products":["milk"]},"n":1},
               "get":{"set":)" +
           std::string(get) + R"(,"m":1}})";
  };
  EXPECT_THAT(surveyed(buy_get(R"({"categories":["dairy"]})")).overlapping, ElementsAre(0U));
  EXPECT_THAT(surveyed(buy_get(R"({"products":["bread"]})")).overlapping, IsEmpty());
  // Without a catalog nobody knows that milk is dairy.
  EXPECT_THAT(without_catalog(buy_get(R"({"categories":["dairy"]})")).overlapping, IsEmpty());
  EXPECT_THAT(without_catalog(buy_get(R"({"products":["milk"]})")).overlapping, ElementsAre(0U));
}

TEST(OffersSurvey, finds_mandatory_offers_that_want_the_same_unit) {
  const auto two = [](const std::string& a, const std::string& b) {
    return percent("a", R"({"products":["milk"]})", R"(,"mandatory":true)" + a) + "," +
           percent("b", R"({"categories":["dairy"]})", R"(,"mandatory":true)" + b);
  };
  EXPECT_THAT(surveyed(two("", "")).contradictions, ElementsAre(Pair(0U, 1U)));
  EXPECT_THAT(without_catalog(two("", "")).contradictions, IsEmpty());
  for (const auto& [a, b] : std::vector<std::pair<std::string, std::string>>{
           {R"(,"priority":1)", ""},
           {R"(,"member":true)", R"(,"member":false)"},
           {R"(,"stores":["1"])", R"(,"stores":["2"])"},
           {R"(,"zones":["n"])", R"(,"zones":["s"])"},
           {R"(,"coupon":"C")", ""},
           {R"(,"when":{"days":["mon"]})", R"(,"when":{"days":["tue"]})"}}) {
    EXPECT_THAT(surveyed(two(a, b)).contradictions, IsEmpty()) << a << b;
  }
  EXPECT_THAT(surveyed(two(R"(,"member":true)", "")).contradictions, SizeIs(1));
  EXPECT_THAT(surveyed(two(R"(,"stores":["1","2"])", R"(,"stores":["2"])")).contradictions,
              SizeIs(1));
  EXPECT_THAT(surveyed(two(R"(,"group":"g")", "")).contradictions, SizeIs(1));
}

}  // namespace
}  // namespace cartwright::offers
