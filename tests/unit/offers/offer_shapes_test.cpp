#include "offers/offer_shapes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/strict_json.hpp"
#include "unit/offers/offer_examples.hpp"

namespace cartwright::offers {
namespace {

using examples::refusal;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* kMilk = R"("set":{"products":["milk"]})";

Shape read(std::string_view kind, const std::string& text) {
  const nlohmann::json value = parse_strict_json("{" + text + "}", "file");
  JsonObject object(value, "file");
  Shape shape = read_shape(kind, object);
  object.finish();
  return shape;
}

// What the reader says of a shape; `%` stands for the set of milk.
std::string refused(std::string_view kind, std::string text) {
  const std::size_t mark = text.find('%');
  if (mark != std::string::npos) text.replace(mark, 1, kMilk);
  return refusal([&] { read(kind, text); });
}

TEST(OfferShapes, are_of_nine_kinds_of_which_four_may_be_mandatory) {
  EXPECT_THAT(kinds(), SizeIs(9));
  std::vector<std::string_view> mandatory;
  for (const std::string_view kind : kinds()) {
    if (may_be_mandatory(kind)) mandatory.push_back(kind);
  }
  EXPECT_THAT(mandatory, ElementsAre("percent_off", "amount_off", "fixed_price", "basket"));
}

TEST(OfferShapes, have_ordered_sets_without_doubles) {
  const Shape shape = read("percent_off", R"("bps":1,"set":{"products":["b","a","b"],
                                            "categories":["y","x"],"not_products":["c"]})");
  const ProductSet& set = std::get<UnitOffer>(shape).set;
  EXPECT_THAT(set.products, ElementsAre("a", "b"));
  EXPECT_THAT(set.categories, ElementsAre("x", "y"));
  EXPECT_THAT(refused("percent_off", R"("bps":1,"set":{})"), HasSubstr("set: names no products"));
  EXPECT_THAT(refused("percent_off", R"("bps":1,"set":{"products":[]})"), HasSubstr("no products"));
}

TEST(OfferShapes, bound_rates_amounts_and_counts) {
  EXPECT_EQ(refused("percent_off", R"(%,"bps":10000)"), "");
  EXPECT_THAT(refused("percent_off", R"(%,"bps":10001)"), HasSubstr("bps: 10001 is not from 0"));
  EXPECT_THAT(refused("percent_off", R"(%,"bps":-1)"), HasSubstr("bps: -1 is not from 0"));
  EXPECT_EQ(refused("amount_off", R"(%,"amount_minor":1000000000000)"), "");
  EXPECT_THAT(refused("amount_off", R"(%,"amount_minor":1000000000001)"),
              HasSubstr("amount_minor: 1000000000001 is not from"));
  EXPECT_THAT(refused("fixed_price", R"(%,"price_minor":-1)"), HasSubstr("price_minor: -1"));
  EXPECT_EQ(refused("n_for_price", R"(%,"n":10000,"price_minor":1)"), "");
  EXPECT_THAT(refused("n_for_price", R"(%,"n":0,"price_minor":1)"),
              HasSubstr("n: 0 is not from 1"));
  EXPECT_THAT(refused("n_for_price", R"(%,"n":10001,"price_minor":1)"), HasSubstr("n: 10001"));
  EXPECT_EQ(refused("cheapest_of", R"(%,"n":3,"k":3,"bps":1)"), "");
  EXPECT_THAT(refused("cheapest_of", R"(%,"n":3,"k":4,"bps":1)"), HasSubstr("k: 4 is more than n"));
}

TEST(OfferShapes, of_cheapest_of_say_where_the_cheapest_are) {
  const auto where = [](const std::string& more) {
    return std::get<CheapestOf>(
               read("cheapest_of", std::string(kMilk) + R"(,"n":3,"k":1,"bps":1)" + more))
        .cheapest;
  };
  EXPECT_EQ(where(""), CheapestIn::per_application);
  EXPECT_EQ(where(R"(,"cheapest":"per_application")"), CheapestIn::per_application);
  EXPECT_EQ(where(R"(,"cheapest":"overall")"), CheapestIn::overall);
  EXPECT_THAT(refused("cheapest_of", R"(%,"n":3,"k":1,"bps":1,"cheapest":"over-all")"),
              HasSubstr("did you mean \"overall\"?"));
}

TEST(OfferShapes, of_buy_get_have_two_sets_and_one_reward) {
  const std::string sets = R"("buy":{"set":{"products":["milk"]},"n":2},
                              "get":{"set":{"products":["bread"]},"m":1})";
  const auto shape = std::get<BuyGet>(
      read("buy_get", sets + R"(,"price_minor":100,"consume":"reward","lesser":true)"));
  EXPECT_EQ(shape.n, 2);
  EXPECT_EQ(shape.m, 1);
  EXPECT_EQ(std::get<PriceReward>(shape.reward).price, Money(100));
  EXPECT_EQ(shape.consume, Consume::reward);
  EXPECT_TRUE(shape.lesser);
  EXPECT_EQ(std::get<BuyGet>(read("buy_get", sets + R"(,"bps":1)")).consume, Consume::both);
  EXPECT_THAT(refused("buy_get", sets), HasSubstr("one of bps, amount_minor, price_minor is"));
  EXPECT_THAT(refused("buy_get", sets + R"(,"bps":1,"amount_minor":1)"),
              HasSubstr("amount_minor: stands beside bps"));
  EXPECT_THAT(refused("buy_get", R"("buy":{"set":{"products":["a"]},"n":1,"m":1},"bps":1,
                                    "get":{"set":{"products":["b"]},"m":1})"),
              HasSubstr("unknown key \"buy.m\""));
}

TEST(OfferShapes, of_meals_have_one_to_twenty_slots) {
  const auto meal = [](int slots) {
    std::string list;
    for (int i = 0; i < slots; ++i) {
      list += std::string(i > 0 ? "," : "") + R"({"set":{"products":["milk"]},"n":1})";
    }
    return R"("price_minor":1,"slots":[)" + list + "]";
  };
  EXPECT_EQ(refused("meal_deal", meal(1)), "");
  EXPECT_EQ(refused("meal_deal", meal(20)), "");
  EXPECT_THAT(refused("meal_deal", meal(0)), HasSubstr("slots: 0 slots; write 1 to 20"));
  EXPECT_THAT(refused("meal_deal", meal(21)), HasSubstr("slots: 21 slots"));
}

TEST(OfferShapes, of_tiers_ascend_and_may_mix_their_rewards) {
  const auto tiers = [](const std::string& steps) {
    return R"(%,"by":"quantity","steps":[)" + steps + "]";
  };
  EXPECT_EQ(refused("tiers", tiers(R"({"at":1,"bps":1},{"at":2,"amount_minor":1})")), "");
  EXPECT_THAT(refused("tiers", tiers(R"({"at":2,"bps":1},{"at":2,"bps":2})")),
              HasSubstr("steps[1].at: 2 does not come after 2"));
  EXPECT_THAT(refused("tiers", tiers(R"({"at":0,"bps":1})")), HasSubstr("steps[0].at: 0"));
  EXPECT_THAT(refused("tiers", tiers("")), HasSubstr("steps: 0 steps"));
  EXPECT_THAT(refused("tiers", R"(%,"steps":[{"at":1,"bps":1}])"), HasSubstr("by: is missing"));
  EXPECT_EQ(refused("tiers", R"(%,"by":"spend","steps":[{"at":1000000000000000,"bps":1}])"), "");
  EXPECT_THAT(refused("tiers", tiers(R"({"at":10001,"bps":1})")), HasSubstr("steps[0].at: 10001"));
}

TEST(OfferShapes, of_baskets_have_a_threshold_and_one_reward) {
  const auto offer = std::get<BasketOffer>(
      read("basket", R"("threshold_minor":0,"base":"net","order":-5,"gift":"cream")"));
  EXPECT_FALSE(offer.scope);
  EXPECT_EQ(offer.base, ThresholdBase::net);
  EXPECT_EQ(offer.order, -5);
  EXPECT_EQ(std::get<Gift>(offer.reward).product, "cream");
  EXPECT_EQ(std::get<Points>(
                std::get<BasketOffer>(read("basket", R"("threshold_minor":1,"points":7)")).reward)
                .count,
            7);
  EXPECT_THAT(refused("basket", R"("threshold_minor":1,"points":0)"), HasSubstr("points: 0"));
  EXPECT_THAT(refused("basket", R"("threshold_minor":1)"), HasSubstr("one of amount_minor, bps"));
  EXPECT_THAT(refused("basket", R"("bps":1)"), HasSubstr("threshold_minor: is missing"));
}

TEST(OfferShapes, give_their_sets_in_order) {
  EXPECT_THAT(sets_of(read("percent_off", std::string(kMilk) + R"(,"bps":1)")), SizeIs(1));
  const Shape everything = read("basket", R"("threshold_minor":1,"bps":1)");
  EXPECT_THAT(sets_of(everything), ElementsAre(testing::IsNull()));
  const Shape buy_get = read("buy_get", R"("buy":{"set":{"products":["milk"]},"n":1},"bps":1,
                                           "get":{"set":{"products":["bread"]},"m":1})");
  ASSERT_THAT(sets_of(buy_get), SizeIs(2));
  EXPECT_THAT(sets_of(buy_get)[1]->products, ElementsAre("bread"));
}

TEST(OfferShapes, hold_products_by_id_and_category_less_those_not_meant) {
  Product milk = examples::piece("milk", 129);
  milk.categories = {"drinks", "dairy"};
  EXPECT_TRUE(holds({.products = {"bread", "milk"}, .categories = {}, .not_products = {}}, milk));
  EXPECT_TRUE(holds({.products = {}, .categories = {"dairy"}, .not_products = {}}, milk));
  EXPECT_FALSE(holds({.products = {"bread"}, .categories = {"bakery"}, .not_products = {}}, milk));
  EXPECT_FALSE(
      holds({.products = {"milk"}, .categories = {"dairy"}, .not_products = {"milk"}}, milk));
  EXPECT_TRUE(holds({.products = {}, .categories = {}, .not_products = {"bread"}}, milk));
  EXPECT_FALSE(holds({.products = {}, .categories = {}, .not_products = {"milk"}}, milk));
}

}  // namespace
}  // namespace cartwright::offers
