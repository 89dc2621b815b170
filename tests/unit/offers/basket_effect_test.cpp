#include "offers/basket_effect.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "offers/problem_builder.hpp"
#include "unit/offers/offer_examples.hpp"

namespace cartwright::offers::search {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

// 2 milk at 129 and 1 bread at 250; an amount off all, then a rate off the dairy.
class BasketEffects : public testing::Test {
 protected:
  BasketEffects()
      : book_(examples::book(
            R"({"id":"a","kind":"basket","threshold_minor":0,"amount_minor":51},
               {"id":"b","kind":"basket","scope":{"categories":["dairy"]},"threshold_minor":0,
                "bps":1000})")),
        file_(examples::basket(R"({"key":"1","product":"milk","units":2},
                                  {"key":"2","product":"bread","units":1})")),
        built_(build_problem(book_, file_.basket, file_.facts)) {}

  std::vector<BasketApplication> effect(const std::vector<std::uint32_t>& chosen,
                                        const std::vector<Application>& items = {}) const {
    return effect_of_baskets(built_.problem, items, chosen);
  }
  static std::int64_t sum(const BasketApplication& one) {
    std::int64_t sum = 0;
    for (const Share& share : one.shares) sum += share.discount;
    return sum;
  }

  const OfferBook book_;
  const BasketFile file_;
  const BuiltProblem built_;
};

TEST_F(BasketEffects, of_an_amount_are_shared_to_the_cent) {
  const auto made = effect({0});
  ASSERT_THAT(made, SizeIs(1));
  EXPECT_EQ(made[0].candidate, 0u);
  EXPECT_EQ(sum(made[0]), 51);
}

TEST_F(BasketEffects, of_a_later_offer_are_upon_what_the_earlier_left) {
  EXPECT_EQ(sum(effect({1})[0]), 26);
  const auto both = effect({0, 1});
  ASSERT_THAT(both, SizeIs(2));
  EXPECT_EQ(sum(both[0]), 51);
  // Of 51 the dairy bears 26: 10 % of the 232 left.
  EXPECT_EQ(sum(both[1]), 23);
}

TEST_F(BasketEffects, never_take_more_than_item_offers_left) {
  std::vector<Application> items(1);
  for (UnitIndex unit = 0; unit < built_.problem.units.size(); ++unit) {
    items[0].reward.push_back({unit, built_.problem.units[unit].base});
  }
  items[0].reward.back().discount -= 20;
  const auto made = effect({0, 1}, items);
  ASSERT_THAT(made, SizeIs(2));
  EXPECT_EQ(sum(made[0]), 20);
  EXPECT_THAT(made[1].shares, IsEmpty());
}

TEST_F(BasketEffects, of_nothing_are_none) {
  EXPECT_THAT(effect({}), IsEmpty());
}

}  // namespace
}  // namespace cartwright::offers::search
