#include "offers/offer_dominance.hpp"

#include <gtest/gtest.h>

#include "unit/offers/offer_examples.hpp"

namespace cartwright::offers {
namespace {

// Whether the first offer always loses to the second.
bool loses(const std::string& a, const std::string& b) {
  const OfferBook book = examples::book("{\"id\":\"a\"," + a + "},{\"id\":\"b\"," + b + "}");
  const bool result = always_loses(*book.find("a"), *book.find("b"));
  const auto winner = dominating(book.offers())[0];
  EXPECT_EQ(winner.has_value(), result);
  return result;
}

constexpr const char* kMilk = R"("kind":"percent_off","set":{"products":["milk"]},)";

TEST(OfferDominance, is_a_better_reward_for_the_same_units_or_more) {
  EXPECT_TRUE(loses(std::string(kMilk) + R"("bps":1000)", std::string(kMilk) + R"("bps":1001)"));
  EXPECT_FALSE(loses(std::string(kMilk) + R"("bps":1000)", std::string(kMilk) + R"("bps":999)"));
  EXPECT_TRUE(loses(std::string(kMilk) + R"("bps":1000)",
                    R"("kind":"percent_off","set":{"products":["milk","bread"]},"bps":1100)"));
  EXPECT_FALSE(loses(R"("kind":"percent_off","set":{"products":["milk","bread"]},"bps":1000)",
                     std::string(kMilk) + R"("bps":1100)"));
}

TEST(OfferDominance, of_equal_rewards_is_by_priority_and_id) {
  EXPECT_FALSE(loses(std::string(kMilk) + R"("bps":1000)", std::string(kMilk) + R"("bps":1000)"));
  EXPECT_TRUE(loses(std::string(kMilk) + R"("bps":1000,"priority":1)",
                    std::string(kMilk) + R"("bps":1000)"));
}

TEST(OfferDominance, needs_a_winner_that_never_runs_out_and_is_for_all) {
  const std::string loser = std::string(kMilk) + R"("bps":1000)";
  for (const char* more : {R"("limit":3)", R"("coupon":"C")", R"("group":"g")", R"("member":true)",
                           R"("stores":["9521234000013"])", R"("exclusive":false)",
                           R"("when":{"days":["sat"]})", R"("mandatory":true)"}) {
    EXPECT_FALSE(loses(loser, std::string(kMilk) + R"("bps":2000,)" + more)) << more;
  }
  EXPECT_TRUE(loses(std::string(kMilk) + R"("bps":1000,"limit":3,"member":true)",
                    std::string(kMilk) + R"("bps":2000)"));
}

TEST(OfferDominance, compares_only_like_with_like) {
  EXPECT_FALSE(loses(std::string(kMilk) + R"("bps":1000)",
                     R"("kind":"amount_off","set":{"products":["milk"]},"amount_minor":100)"));
  EXPECT_TRUE(loses(R"("kind":"n_for_price","set":{"products":["milk"]},"n":2,"price_minor":200)",
                    R"("kind":"n_for_price","set":{"products":["milk"]},"n":2,"price_minor":150)"));
  EXPECT_TRUE(loses(R"("kind":"cheapest_of","set":{"products":["milk"]},"n":3,"k":1,"bps":5000)",
                    R"("kind":"cheapest_of","set":{"products":["milk"]},"n":3,"k":1,"bps":10000)"));
}

TEST(OfferDominance, knows_that_a_category_holds_those_below_it) {
  const auto dairy = [](const char* category, const char* bps) {
    return std::string(R"("kind":"percent_off","set":{"categories":[")") + category +
           R"("]},"bps":)" + bps;
  };
  EXPECT_TRUE(loses(dairy("food/dairy/milk", "1000"), dairy("food", "1001")));
  EXPECT_FALSE(loses(dairy("food", "1000"), dairy("food/dairy/milk", "1001")));
}

TEST(OfferDominance, in_a_group_needs_no_winner_that_lasts_longer_than_the_loser) {
  const std::string loser = std::string(kMilk) + R"("bps":1000,"group":"g")";
  const std::string winner = std::string(kMilk) + R"("bps":2000,"group":"g")";
  EXPECT_TRUE(loses(loser, winner));
  EXPECT_FALSE(loses(loser, winner + R"(,"limit":3)"));
  EXPECT_FALSE(loses(loser + R"(,"limit":4)", winner + R"(,"limit":3)"));
  EXPECT_TRUE(loses(loser + R"(,"limit":3)", winner + R"(,"limit":3)"));
  EXPECT_FALSE(loses(loser, winner + R"(,"coupon":"C")"));
  EXPECT_TRUE(loses(loser + R"(,"coupon":"C")", winner + R"(,"coupon":"C")"));
  EXPECT_FALSE(loses(loser + R"(,"coupon":"C")", winner + R"(,"coupon":"C","redeem":"ask")"));
  EXPECT_FALSE(loses(std::string(kMilk) + R"("bps":1000,"group":"h")", winner));
}

TEST(OfferDominance, is_of_a_winner_that_is_there_on_more_days_and_in_more_stores) {
  const std::string loser = std::string(kMilk) + R"("bps":1000,)";
  const std::string winner = std::string(kMilk) + R"("bps":2000,)";
  const auto days = [](const char* list) {
    return R"("when":{"days":[)" + std::string(list) + "]}";
  };
  EXPECT_TRUE(loses(loser + days(R"("sat")"), winner + days(R"("fri","sat")")));
  EXPECT_FALSE(loses(loser + days(R"("fri","sat")"), winner + days(R"("sat")")));
  EXPECT_TRUE(loses(loser + R"("zones":["south"])", winner + R"("zones":["north","south"])"));
  EXPECT_FALSE(loses(loser + R"("member":true)", winner + R"("zones":["north","south"])"));
}

TEST(OfferDominance, compares_buy_get_by_both_of_its_sets) {
  const auto buy_get = [](const char* buy, const char* get, const char* more) {
    return std::string(R"("kind":"buy_get","buy":{"set":{"products":[)") + buy +
           R"(]},"n":1},"get":{"set":{"products":[)" + get + R"(]},"m":1},)" + more;
  };
  const std::string half = buy_get("\"milk\"", "\"bread\"", R"("bps":5000)");
  EXPECT_TRUE(loses(half, buy_get("\"milk\"", "\"bread\",\"juice\"", R"("bps":6000)")));
  EXPECT_FALSE(loses(half, buy_get("\"milk\"", "\"juice\"", R"("bps":6000)")));
  EXPECT_FALSE(loses(half, buy_get("\"juice\"", "\"bread\"", R"("bps":6000)")));
  EXPECT_FALSE(loses(half, buy_get("\"milk\"", "\"bread\"", R"("bps":6000,"lesser":true)")));
  EXPECT_FALSE(loses(buy_get("\"milk\"", "\"bread\"", R"("bps":5000,"consume":"reward")"),
                     buy_get("\"milk\"", "\"bread\"", R"("bps":6000)")));
}

TEST(OfferDominance, compares_meals_by_their_slots) {
  const auto meal = [](const char* second, int price) {
    return R"("kind":"meal_deal","slots":[{"set":{"products":["milk"]},"n":1},
              {"set":{"products":[)" +
           std::string(second) + R"(]},"n":1}],"price_minor":)" + std::to_string(price);
  };
  EXPECT_TRUE(loses(meal("\"bread\"", 300), meal("\"bread\"", 299)));
  EXPECT_TRUE(loses(meal("\"bread\"", 300), meal("\"bread\",\"juice\"", 299)));
  EXPECT_FALSE(loses(meal("\"bread\"", 300), meal("\"juice\"", 299)));
}

TEST(OfferDominance, compares_tiers_at_each_step) {
  const auto tiers = [](const char* steps) {
    return R"("kind":"tiers","set":{"products":["milk"]},"by":"quantity","steps":[)" +
           std::string(steps) + "]";
  };
  const std::string loser = tiers(R"({"at":2,"bps":1000},{"at":4,"bps":2000})");
  EXPECT_TRUE(loses(loser, tiers(R"({"at":2,"bps":2500})")));
  EXPECT_TRUE(loses(loser, tiers(R"({"at":1,"bps":1001},{"at":3,"bps":2001})")));
  EXPECT_FALSE(loses(loser, tiers(R"({"at":2,"bps":1500})")));
  EXPECT_FALSE(loses(loser, tiers(R"({"at":3,"bps":9000})")));
  EXPECT_FALSE(loses(loser, tiers(R"({"at":2,"amount_minor":9000})")));
  // Both may be used, on different units: an amount counts once, and a rate must not fall.
  const std::string amount = tiers(R"({"at":2,"amount_minor":100})");
  const std::string more = tiers(R"({"at":2,"amount_minor":150})");
  EXPECT_FALSE(loses(amount, more));
  EXPECT_TRUE(loses(amount + R"(,"group":"g")", more + R"(,"group":"g")"));
  EXPECT_FALSE(
      loses(tiers(R"({"at":2,"bps":1000})"), tiers(R"({"at":2,"bps":3000},{"at":4,"bps":1500})")));
}

TEST(OfferDominance, is_of_basket_offers_within_a_group_only) {
  const auto basket = [](int threshold, int amount, const char* more) {
    return R"("kind":"basket","threshold_minor":)" + std::to_string(threshold) +
           R"(,"amount_minor":)" + std::to_string(amount) + more;
  };
  EXPECT_TRUE(loses(basket(1000, 100, R"(,"group":"g")"), basket(900, 101, R"(,"group":"g")")));
  EXPECT_FALSE(loses(basket(1000, 100, ""), basket(900, 101, "")));
  EXPECT_FALSE(loses(basket(1000, 100, R"(,"group":"g")"), basket(1100, 101, R"(,"group":"g")")));
  EXPECT_FALSE(loses(basket(1000, 100, R"(,"group":"g")"),
                     basket(900, 101, R"(,"group":"g","scope":{"products":["milk"]})")));
  EXPECT_FALSE(
      loses(basket(1000, 100, R"(,"group":"g")"), basket(900, 101, R"(,"group":"g","order":1)")));
}

}  // namespace
}  // namespace cartwright::offers
