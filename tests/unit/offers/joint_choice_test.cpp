#include "offers/joint_choice.hpp"

#include <gtest/gtest.h>

#include "offers/solver.hpp"
#include "support/offers/brute_force.hpp"
#include "support/offers/checker.hpp"
#include "unit/offers/small_parts.hpp"

namespace cartwright::offers::search {
namespace {

using examples::bundle;
using examples::line;

// 2 milk (258) and 2 bread (500), with bundles that take 58 and 100 off, and basket offers.
struct Made : examples::SmallTerms {
  explicit Made(const std::string& baskets, std::uint64_t budget = kDefaultBudget,
                const std::string& more = {})
      : SmallTerms(bundle("bread", R"("bread")", 2, 400) + "," +
                       bundle("milk", R"("milk")", 2, 200) + "," + baskets,
                   line("1", "milk", 2) + "," + line("2", "bread", 2), more),
        choice(problem(), most, partition.components(), terms, budget, nullptr) {}

  Solution choose() {
    const Solution chosen = choice.choose();
    EXPECT_TRUE(judge::violations(built.problem, chosen).empty());
    EXPECT_LE(chosen.bound, chosen.goods);
    return chosen;
  }

  JointChoice choice;
};

std::string over(const char* id, int threshold, int amount, const char* more = "") {
  return std::string(R"({"id":")") + id + R"(","kind":"basket","threshold_minor":)" +
         std::to_string(threshold) + R"(,"amount_minor":)" + std::to_string(amount) + more + "}";
}

TEST(JointChoice, takes_the_best_items_where_thresholds_are_on_list_prices) {
  const Solution chosen = Made(over("z", 700, 200)).choose();
  EXPECT_EQ(chosen.goods, 758 - 58 - 100 - 200);
  EXPECT_TRUE(chosen.proven());
}

TEST(JointChoice, gives_items_up_for_a_net_threshold_that_is_worth_more) {
  const Solution chosen = Made(over("z", 700, 200, R"(,"base":"net")")).choose();
  EXPECT_EQ(chosen.goods, 758 - 58 - 200);  // 700 are left before it
  EXPECT_EQ(chosen.items.size(), 1U);
  EXPECT_TRUE(chosen.proven());
}

TEST(JointChoice, gives_a_net_threshold_up_where_the_items_are_worth_more) {
  const Solution chosen = Made(over("z", 758, 100, R"(,"base":"net")")).choose();
  EXPECT_EQ(chosen.goods, 758 - 58 - 100);
  EXPECT_TRUE(chosen.baskets.empty());
  EXPECT_TRUE(chosen.proven());
}

TEST(JointChoice, chooses_among_basket_offers_of_a_group) {
  const char* in = R"(,"group":"g")";
  const Solution chosen =
      Made(over("x", 100, 20, in) + "," + over("y", 200, 30, in) + "," + over("z", 900, 90, in))
          .choose();
  EXPECT_EQ(chosen.goods, 600 - 30);
  EXPECT_EQ(chosen.baskets.size(), 1U);
}

TEST(JointChoice, lets_a_basket_offer_have_the_coupon_where_it_gains_more) {
  const std::string offers =
      R"({"id":"a","kind":"amount_off","set":{"products":["juice"]},"amount_minor":5,"coupon":"C"},)"
      R"({"id":"half","kind":"percent_off","set":{"products":["bread"]},"bps":6000,"coupon":"C"},)" +
      over("z", 100, 250, R"(,"coupon":"C")");
  const Solution chosen = Made(offers, kDefaultBudget, R"("coupons":["C"])").choose();
  EXPECT_EQ(chosen.goods, 600 - 250);
  EXPECT_TRUE(chosen.proven());
}

TEST(JointChoice, weighs_a_rate_on_a_part_of_a_component) {
  // A bundle across both products; the rate is on the milk that it leaves.
  const std::string offers = bundle("all", R"("milk","bread")", 4, 590) +
                             R"(,{"id":"z","kind":"basket","scope":{"products":["milk"]},)"
                             R"("threshold_minor":0,"bps":5000})";
  Made made(offers);
  const Solution chosen = made.choose();
  const auto best = judge::brute_force(made.built.problem, 20'000);
  ASSERT_TRUE(best);
  EXPECT_EQ(chosen.goods, best->solution.goods);
  EXPECT_LT(chosen.goods, 500);  // with the best bundles of the parts, which are worth less here
}

TEST(JointChoice, without_a_budget_is_feasible_and_its_bound_holds) {
  for (const std::uint64_t budget : {0U, 1U, 10U}) {
    const Solution chosen = Made(over("z", 700, 200, R"(,"base":"net")"), budget).choose();
    EXPECT_GE(chosen.goods, 500);
    EXPECT_LE(chosen.bound, 500);
  }
}

TEST(JointChoice, has_the_rankings_of_the_same_parts) {
  const Made made(over("z", 700, 200));
  for (const Ranking ranking : {Ranking::priority, Ranking::average_value}) {
    const Solution ranked = made.choice.by_ranking(ranking);
    EXPECT_TRUE(judge::violations(made.built.problem, ranked).empty());
    EXPECT_EQ(ranked.goods, 400);
  }
}

}  // namespace
}  // namespace cartwright::offers::search
