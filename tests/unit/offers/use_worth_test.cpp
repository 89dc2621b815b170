#include "offers/use_worth.hpp"

#include <gtest/gtest.h>

#include "offers/near_misses.hpp"
#include "unit/offers/offer_examples.hpp"

namespace cartwright::offers {
namespace {

// What the only near miss is worth; `off`: what is off each unit now.
UseWorth worth(const std::string& offer, const std::string& lines, std::int64_t off = 0) {
  const OfferBook book = examples::book(offer);
  const BasketFile file = examples::basket(lines);
  const BuiltProblem built = build_problem(book, file.basket, file.facts);
  std::vector<std::int64_t> net;
  for (const Unit& unit : built.problem.units) net.push_back(unit.base - off);
  return near_misses(book, file.basket.member, file.facts, built, net).at(0).worth;
}

constexpr const char* kTwoMilk = R"({"key":"1","product":"milk","units":2})";
constexpr const char* kMilkAndBread =
    R"({"key":"1","product":"milk","units":1},{"key":"2","product":"bread","units":1})";

TEST(UseWorth, of_groups_is_that_of_the_cheapest) {
  const UseWorth three = worth(
      R"({"id":"a","kind":"cheapest_of","set":{"products":["milk","bread"]},"n":3,"k":1,"bps":10000})",
      kMilkAndBread, 10);
  EXPECT_EQ(three.most, 129);
  EXPECT_EQ(three.likely, 109);
  const UseWorth bundle = worth(
      R"({"id":"a","kind":"n_for_price","set":{"products":["milk"]},"n":3,"price_minor":300})",
      kTwoMilk);
  EXPECT_EQ(bundle.most, 87);
  EXPECT_EQ(bundle.likely, 87);
}

TEST(UseWorth, of_sets_counts_what_is_not_there_as_free) {
  const UseWorth meal = worth(
      R"({"id":"a","kind":"meal_deal","slots":[{"set":{"products":["milk"]},"n":1},
          {"set":{"products":["juice"]},"n":1}],"price_minor":100})",
      kTwoMilk, 9);
  EXPECT_EQ(meal.most, 29);
  EXPECT_EQ(meal.likely, 20);
  const UseWorth get = worth(
      R"({"id":"a","kind":"buy_get","buy":{"set":{"products":["milk"]},"n":3},
          "get":{"set":{"products":["bread"]},"m":1},"bps":5000})",
      R"({"key":"1","product":"milk","units":2},{"key":"2","product":"bread","units":1})");
  EXPECT_GT(get.most, 0);
}

TEST(UseWorth, of_steps_and_thresholds_is_what_they_give) {
  const UseWorth step = worth(
      R"({"id":"a","kind":"tiers","set":{"products":["milk"]},"by":"quantity",
          "steps":[{"at":3,"bps":1000}]})",
      kTwoMilk, 5);
  EXPECT_EQ(step.most, 39);
  EXPECT_EQ(step.likely, 29);
  EXPECT_EQ(
      worth(R"({"id":"a","kind":"basket","threshold_minor":300,"amount_minor":50})", kTwoMilk).most,
      50);
  EXPECT_EQ(worth(R"({"id":"a","kind":"basket","threshold_minor":300,"bps":1000})", kTwoMilk).most,
            30);
}

}  // namespace
}  // namespace cartwright::offers
