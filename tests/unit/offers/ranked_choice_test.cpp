#include "offers/ranked_choice.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "unit/offers/small_parts.hpp"

namespace cartwright::offers::search {
namespace {

using examples::bundle;
using examples::line;
using examples::SmallParts;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* kMilk = R"("milk")";

std::string off(const char* id, int cents, const char* more = "") {
  return std::string(R"({"id":")") + id +
         R"(","kind":"amount_off","set":{"products":["milk"]},"amount_minor":)" +
         std::to_string(cents) + more + "}";
}

TEST(RankedValue, goes_by_the_discount_of_a_unit) {
  EXPECT_TRUE((RankedValue{100, 2}.is_above({49, 1})));
  EXPECT_FALSE((RankedValue{100, 2}.is_above({50, 1})));
  EXPECT_FALSE((RankedValue{100, 2}.is_above({51, 1})));
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  EXPECT_TRUE((RankedValue{kMost, 2}.is_above({kMost - 2, 2})));
}

TEST(RankedValue, counts_units_that_qualify_too) {
  const std::vector<Application> two{{.candidate = 0, .qualify = {0, 1}, .reward = {{2, 30}}},
                                     {.candidate = 0, .qualify = {}, .reward = {{3, 12}}}};
  EXPECT_EQ(value_of(two).discount, 42);
  EXPECT_EQ(value_of(two).units, 4);
}

TEST(RankedChoice, gives_a_unit_to_one_exclusive_offer) {
  const SmallParts made(off("a", 20) + "," + bundle("b", kMilk, 2, 200), line("1", "milk", 2));
  RankedChoice choice(made.problem());
  ASSERT_THAT(choice.next(1), SizeIs(1));
  EXPECT_EQ(value_of(choice.next(1)).discount, 58);
  choice.take(choice.next(0));
  EXPECT_THAT(choice.next(1), IsEmpty());
  EXPECT_THAT(choice.next(0), SizeIs(1));  // the other milk
  EXPECT_THAT(choice.left(), ElementsAre(109, 129));
}

TEST(RankedChoice, lets_what_stacks_take_what_is_left) {
  const SmallParts made(
      off("a", 100, R"(,"exclusive":false)") + "," + off("b", 50, R"(,"exclusive":false)"),
      line("1", "milk", 1));
  RankedChoice choice(made.problem());
  choice.take(choice.next(0));
  EXPECT_THAT(choice.left(), ElementsAre(29));
  EXPECT_THAT(choice.next(1), IsEmpty());  // 50 find no room
}

TEST(RankedChoice, keeps_limits) {
  const SmallParts made(off("a", 20, R"(,"limit":1)"), line("1", "milk", 2));
  RankedChoice choice(made.problem());
  choice.take(choice.next(0));
  EXPECT_THAT(choice.next(0), IsEmpty());
}

TEST(RankedChoice, keeps_groups_and_coupons) {
  const SmallParts made(off("a", 20, R"(,"group":"g","coupon":"C")") + "," +
                            off("b", 10, R"(,"group":"g")") + "," +
                            off("c", 10, R"(,"coupon":"C")"),
                        line("1", "milk", 4), R"("coupons":["C"])");
  RankedChoice choice(made.problem());
  ASSERT_THAT(choice.groups(), ElementsAre(false));
  choice.take(choice.next(0));
  EXPECT_THAT(choice.groups(), ElementsAre(true));
  EXPECT_THAT(choice.coupons(), ElementsAre(0));
  EXPECT_THAT(choice.next(0), IsEmpty());  // its coupon is used
  EXPECT_THAT(choice.next(1), IsEmpty());  // its group is
  EXPECT_THAT(choice.next(2), IsEmpty());
}

TEST(RankedChoice, takes_the_dearest_units_and_rewards_the_cheapest_of_these) {
  const SmallParts made(
      R"({"id":"a","kind":"cheapest_of","set":{"products":["milk","bread","juice"]},"n":2,"k":1,
          "bps":10000})",
      line("1", "milk", 1) + "," + line("2", "bread", 1) + "," + line("3", "juice", 1));
  RankedChoice choice(made.problem());
  EXPECT_EQ(value_of(choice.next(0)).discount, 199);
  choice.take(choice.next(0));
  EXPECT_THAT(choice.next(0), IsEmpty());
  EXPECT_THAT(choice.left(), ElementsAre(129, 250, 0));
}

TEST(RankedChoice, takes_the_cheapest_of_all_at_once) {
  const SmallParts made(
      R"({"id":"a","kind":"cheapest_of","set":{"products":["milk","bread"]},"n":2,"k":1,
          "bps":10000,"cheapest":"overall"})",
      line("1", "milk", 2) + "," + line("2", "bread", 2));
  RankedChoice choice(made.problem());
  ASSERT_THAT(choice.next(0), SizeIs(2));
  EXPECT_EQ(value_of(choice.next(0)).discount, 129 + 129);
  choice.take(choice.next(0));
  EXPECT_THAT(choice.next(0), IsEmpty());
}

TEST(RankedChoice, uses_tiers_once_with_all_that_is_free) {
  const SmallParts made(
      R"({"id":"a","kind":"tiers","set":{"products":["milk"]},"by":"quantity",
          "steps":[{"at":2,"amount_minor":30},{"at":3,"amount_minor":60}]})",
      line("1", "milk", 4));
  RankedChoice choice(made.problem());
  EXPECT_EQ(value_of(choice.next(0)).discount, 60);
  EXPECT_EQ(value_of(choice.next(0)).units, 4);
  choice.take(choice.next(0));
  EXPECT_THAT(choice.next(0), IsEmpty());
}

}  // namespace
}  // namespace cartwright::offers::search
