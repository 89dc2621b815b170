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

}  // namespace
}  // namespace cartwright::offers
