#include "offers/nudges.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/offers/errand.hpp"
#include "unit/offers/offer_examples.hpp"

namespace cartwright::offers {
namespace {

using testing::ElementsAre;

// "offer: 1 milk + 2 bread saves 129" for each.
std::vector<std::string> nudged(const std::string& offers, const std::string& lines,
                                std::vector<std::string> dismissed = {}) {
  const ProductTable products = examples::shelf();
  BasketFile file = examples::basket(lines);
  file.facts.dismissed = std::move(dismissed);
  PriceOptions options;
  options.suggest = [&](const ProductSet& set) {
    return set.products.empty() ? nullptr : products.find(set.products.front());
  };
  const PricedBasket priced = price(examples::book(offers), file.basket, file.facts,
                                    {.currency = file.currency, .taxes = {}}, options);
  std::vector<std::string> texts;
  for (const Nudge& nudge : priced.nudges) {
    std::string text = nudge.offer + ":";
    for (const Nudge::Need& need : nudge.need) {
      text += " " + std::to_string(need.units) + " " + need.product;
    }
    texts.push_back(text + " saves " + std::to_string(nudge.saves.minor()));
  }
  return texts;
}

constexpr const char* kTwoMilk = R"({"key":"1","product":"milk","units":2})";
constexpr const char* kThreeForTwo =
    R"({"id":"three","kind":"cheapest_of","set":{"products":["milk"]},"n":3,"k":1,"bps":10000})";

TEST(Nudges, say_what_one_more_saves) {
  EXPECT_THAT(nudged(kThreeForTwo, kTwoMilk), ElementsAre("three: 1 milk saves 129"));
  EXPECT_THAT(nudged(kThreeForTwo, R"({"key":"1","product":"milk","units":3})"), ElementsAre());
}

TEST(Nudges, name_a_product_of_a_set_that_is_empty) {
  EXPECT_THAT(
      nudged(R"({"id":"meal","kind":"meal_deal","slots":[{"set":{"products":["milk"]},"n":1},
                         {"set":{"products":["bread"]},"n":1}],"price_minor":300})",
             kTwoMilk),
      ElementsAre("meal: 1 bread saves 79"));
  EXPECT_THAT(nudged(R"({"id":"get","kind":"buy_get","buy":{"set":{"products":["milk"]},"n":2},
                         "get":{"set":{"products":["juice"]},"m":1},"bps":5000})",
                     kTwoMilk),
              ElementsAre("get: 1 juice saves 100"));
}

TEST(Nudges, reach_thresholds_and_steps) {
  EXPECT_THAT(
      nudged(R"({"id":"over","kind":"basket","threshold_minor":300,"amount_minor":50})", kTwoMilk),
      ElementsAre("over: 1 milk saves 50"));
  EXPECT_THAT(nudged(R"({"id":"step","kind":"tiers","set":{"products":["milk"]},"by":"quantity",
                         "steps":[{"at":2,"bps":1000},{"at":4,"bps":2000}]})",
                     kTwoMilk),
              ElementsAre("step: 2 milk saves 78"));  // 4 x 26 instead of 2 x 13
}

TEST(Nudges, judge_thresholds_after_mandatory_offers) {
  EXPECT_THAT(nudged(R"({"id":"half","kind":"percent_off","set":{"products":["milk"]},"bps":5000,
                         "mandatory":true},
                        {"id":"over","kind":"basket","threshold_minor":150,"amount_minor":50})",
                     kTwoMilk),
              ElementsAre("over: 1 milk saves 115"));  // its 65 too
}

TEST(Nudges, name_a_gift_that_is_not_in_the_basket) {
  EXPECT_THAT(
      nudged(R"({"id":"gift","kind":"basket","threshold_minor":200,"gift":"juice"})", kTwoMilk),
      ElementsAre("gift: 1 juice saves 199"));
}

TEST(Nudges, are_ranked_by_saving_at_most_three_and_never_dismissed) {
  std::string offers;
  for (const int off : {10, 40, 20, 30}) {
    offers += std::string(offers.empty() ? "" : ",") + R"({"id":"o)" + std::to_string(off) +
              R"(","kind":"basket","threshold_minor":300,"amount_minor":)" + std::to_string(off) +
              R"(,"group":"g"})";
  }
  // Of a group the best alone is used.
  EXPECT_THAT(nudged(offers, kTwoMilk), ElementsAre("o40: 1 milk saves 40"));
  EXPECT_THAT(nudged(offers, kTwoMilk, {"o40"}), ElementsAre());
}

TEST(Nudges, name_a_suggested_product_where_too_many_of_the_basket_would_be_needed) {
  const auto over = [](const char* at) {
    return std::string(R"({"id":"over","kind":"tiers","set":{"products":["bread","milk"]},
                           "by":"spend","steps":[{"amount_minor":70,"at":)") +
           at + "}]}";
  };
  EXPECT_THAT(nudged(over("600"), kTwoMilk), ElementsAre("over: 3 milk saves 70"));
  EXPECT_THAT(nudged(over("900"), kTwoMilk), ElementsAre("over: 3 bread saves 70"));
}

TEST(Nudges, say_what_the_next_price_shows) {
  int told = 0;
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    judge::Errand errand(seed, judge::kSmall, kDefaultBudget);
    for (int i = 0; i < 5; ++i) {
      EXPECT_THAT(errand.go(1), testing::IsEmpty());
      told += errand.follow_nudges();
    }
  }
  EXPECT_GT(told, 10);
}

}  // namespace
}  // namespace cartwright::offers
