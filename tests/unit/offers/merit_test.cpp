#include "offers/merit.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "offers/problem_builder.hpp"
#include "unit/offers/offer_examples.hpp"

namespace cartwright::offers::search {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

// Three units of milk, one of bread; a bundle with a limit, a rate, and one on the basket.
class Merits : public testing::Test {
 protected:
  Merits()
      : book_(examples::book(
            R"({"id":"b","kind":"percent_off","set":{"products":["milk"]},"bps":1000,"priority":4},
               {"id":"a","kind":"n_for_price","set":{"products":["milk"]},"n":2,"price_minor":200,
                "limit":2,"priority":-1},
               {"id":"z","kind":"basket","threshold_minor":100,"amount_minor":5})")),
        file_(examples::basket(R"({"key":"1","product":"milk","units":3},
                                  {"key":"2","product":"bread","units":1})")),
        built_(build_problem(book_, file_.basket, file_.facts)) {}

  const OfferBook book_;
  const BasketFile file_;
  const BuiltProblem built_;
};

TEST_F(Merits, of_nothing_are_the_goods) {
  Solution none;
  none.goods = 637;
  const Merit merit = merit_of(built_.problem, none);
  EXPECT_EQ(merit.goods, 637);
  EXPECT_EQ(merit.applications, 0);
  EXPECT_THAT(merit.uses, IsEmpty());
}

TEST_F(Merits, tell_limits_applications_priorities_and_units) {
  Solution solution;
  solution.items = {{.candidate = 0, .qualify = {}, .reward = {{1, 29}, {0, 29}}},
                    {.candidate = 1, .qualify = {}, .reward = {{2, 13}}}};
  solution.baskets = {{.candidate = 0, .shares = {{3, 5}}}};
  const Merit merit = merit_of(built_.problem, solution);
  EXPECT_EQ(merit.limited, 1);
  EXPECT_EQ(merit.applications, 3);
  EXPECT_THAT(merit.priorities, ElementsAre(-1, 0, 4));
  EXPECT_THAT(merit.uses, ElementsAre(Pair("a", ElementsAre(0, 0)), Pair("b", ElementsAre(0)),
                                      Pair("z", IsEmpty())));
}

TEST_F(Merits, do_not_count_a_basket_offer_that_takes_nothing) {
  Solution solution;
  solution.baskets = {{.candidate = 0, .shares = {}}};
  EXPECT_EQ(merit_of(built_.problem, solution).applications, 0);
}

TEST(Merit, goes_by_goods_then_limits_then_applications_then_priorities_then_uses) {
  const Merit one{.goods = 1, .limited = 9, .applications = 9, .priorities = {9}, .uses = {}};
  const Merit two{.goods = 2, .limited = 0, .applications = 9, .priorities = {9}, .uses = {}};
  const Merit three{.goods = 2, .limited = 1, .applications = 0, .priorities = {9}, .uses = {}};
  const Merit four{.goods = 2, .limited = 1, .applications = 1, .priorities = {0}, .uses = {}};
  const Merit five{.goods = 2, .limited = 1, .applications = 1, .priorities = {1}, .uses = {}};
  const Merit six{
      .goods = 2, .limited = 1, .applications = 1, .priorities = {1}, .uses = {{"a", {0}}}};
  EXPECT_LT(one, two);
  EXPECT_LT(two, three);
  EXPECT_LT(three, four);
  EXPECT_LT(four, five);
  EXPECT_LT(five, six);
}

}  // namespace
}  // namespace cartwright::offers::search
