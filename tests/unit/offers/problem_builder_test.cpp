#include "offers/problem_builder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/offers/offer_examples.hpp"

namespace cartwright::offers {
namespace {

using examples::basket;
using examples::book;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* kThreeMilk = R"({"key":"1","product":"milk","units":3})";

// A problem with all that it points at.
struct Built {
  Built(const std::string& list, const std::string& lines, const std::string& more = {},
        const BuildOptions& options = {})
      : offers(book(list)),
        file(basket(lines, more)),
        built(build_problem(offers, file.basket, file.facts, options)) {}
  std::string why(const char* offer) const {
    return examples::why(built.reasons, offer, file.facts);
  }
  std::vector<std::string> items() const {
    std::vector<std::string> ids;
    for (const Candidate& item : built.problem.items) ids.push_back(item.offer->id);
    return ids;
  }

  OfferBook offers;
  BasketFile file;
  BuiltProblem built;
};

TEST(ProblemBuilder, brings_the_units_of_each_set) {
  const Built b(R"({"id":"a","kind":"buy_get","buy":{"set":{"products":["milk"]},"n":1},
                    "get":{"set":{"products":["bread"]},"m":1},"bps":5000})",
                R"({"key":"2","product":"bread","units":1},
                   {"key":"1","product":"milk","units":2})");
  ASSERT_THAT(b.items(), ElementsAre("a"));
  EXPECT_THAT(b.built.problem.items[0].sets[0], ElementsAre(0, 1));
  EXPECT_THAT(b.built.problem.items[0].sets[1], ElementsAre(2));
}

TEST(ProblemBuilder, keeps_what_offers_may_not_touch_outside) {
  const Built b(R"({"id":"a","kind":"percent_off","set":{"not_products":["milk"]},"bps":1})",
                R"({"key":"1","product":"wine","units":2})");
  EXPECT_THAT(b.built.problem.units, IsEmpty());
  EXPECT_EQ(b.built.all.outside, 1200);
  EXPECT_THAT(b.items(), IsEmpty());
}

TEST(ProblemBuilder, drops_what_can_not_fire_and_says_why) {
  const Built b(
      R"({"id":"a","kind":"cheapest_of","set":{"products":["milk"]},"n":4,"k":1,"bps":10000},
         {"id":"b","kind":"n_for_price","set":{"products":["milk"]},"n":3,"price_minor":400},
         {"id":"c","kind":"fixed_price","set":{"products":["milk"]},"price_minor":129},
         {"id":"d","kind":"basket","threshold_minor":500,"bps":1000},
         {"id":"e","kind":"percent_off","set":{"products":["milk"]},"bps":1000,"coupon":"X"},
         {"id":"f","kind":"percent_off","set":{"products":["milk"]},"bps":0},
         {"id":"g","kind":"percent_off","set":{"products":["milk"]},"bps":1000,
          "when":{"days":["sun"]}},
         {"id":"h","kind":"meal_deal","slots":[{"set":{"products":["milk"]},"n":1},
          {"set":{"products":["bread"]},"n":1}],"bps":1000},
         {"id":"i","kind":"tiers","set":{"products":["milk"]},"by":"spend",
          "steps":[{"at":1000,"bps":1000}]})",
      R"({"key":"1","product":"milk","units":3,"at":"2026-11-23T09:15:00+01:00"})");
  EXPECT_THAT(b.items(), IsEmpty());
  EXPECT_EQ(b.why("a"), "it needs 4 units, the basket has 3");
  EXPECT_EQ(b.why("b"), "its price of 4.00 EUR is not below what its units cost, 3.87 EUR");
  EXPECT_THAT(b.why("c"), HasSubstr("takes nothing off"));
  EXPECT_EQ(b.why("d"), "1.13 EUR are missing to its threshold of 5.00 EUR");
  EXPECT_EQ(b.why("e"), "coupon X was not presented");
  EXPECT_THAT(b.why("f"), HasSubstr("takes nothing off"));
  EXPECT_EQ(b.why("g"), "none of its products was added within its times");
  EXPECT_EQ(b.why("h"), "it needs 1 unit in slot 2, the basket has 0");
  EXPECT_EQ(b.why("i"), "6.13 EUR are missing to its first step of 10.00 EUR");
}

TEST(ProblemBuilder, gives_reasons_for_far_offers_only_when_asked) {
  const std::string offers =
      R"({"id":"a","kind":"percent_off","set":{"products":["bread"]},"bps":1},
         {"id":"b","kind":"percent_off","set":{"products":["bread"]},"bps":1,"coupon":"C"})";
  EXPECT_THAT(Built(offers, kThreeMilk).built.reasons, IsEmpty());
  EXPECT_EQ(Built(offers, kThreeMilk, R"("coupons":["C"])").why("b"),
            "the basket has none of its products");
  const Built all(offers, kThreeMilk, {}, {.zone = nullptr, .explain = true, .without = {}});
  EXPECT_EQ(all.why("a"), "the basket has none of its products");
  EXPECT_EQ(all.why("b"), "coupon C was not presented");
}

TEST(ProblemBuilder, counts_coupons_and_groups) {
  const Built b(
      R"({"id":"a","kind":"percent_off","set":{"products":["milk"]},"bps":1000,"coupon":"C",
          "group":"g"},
         {"id":"b","kind":"amount_off","set":{"products":["milk"]},"amount_minor":5,"coupon":"C",
          "group":"h"},
         {"id":"c","kind":"basket","threshold_minor":1,"bps":1000,"group":"g"})",
      kThreeMilk, R"("coupons":["C","C"])");
  EXPECT_THAT(b.built.problem.coupons, ElementsAre(2));
  EXPECT_EQ(b.built.problem.groups, 2u);
  EXPECT_EQ(b.built.problem.items[0].coupon, b.built.problem.items[1].coupon);
  EXPECT_EQ(b.built.problem.items[0].group, b.built.problem.baskets[0].group);
}

TEST(ProblemBuilder, sorts_baskets_by_order_and_id) {
  const Built b(R"({"id":"a","kind":"basket","threshold_minor":1,"bps":1,"order":2},
                   {"id":"b","kind":"basket","threshold_minor":1,"bps":1,"order":1},
                   {"id":"c","kind":"basket","threshold_minor":1,"bps":1,"order":1})",
                kThreeMilk);
  ASSERT_EQ(b.built.problem.baskets.size(), 3u);
  EXPECT_EQ(b.built.problem.baskets[0].offer->id, "b");
  EXPECT_EQ(b.built.problem.baskets[1].offer->id, "c");
  EXPECT_EQ(b.built.problem.baskets[2].offer->id, "a");
}

TEST(ProblemBuilder, lets_a_gift_in_the_basket_be_an_item_offer) {
  const std::string gift =
      R"({"id":"a","kind":"basket","threshold_minor":300,"gift":"milk","limit":5})";
  const Built b(gift, kThreeMilk);
  ASSERT_THAT(b.items(), ElementsAre("a"));
  const Candidate& item = b.built.problem.items[0];
  EXPECT_THAT(item.sets[0], ElementsAre(0, 1, 2));
  EXPECT_EQ(item.offer->limit, 1);
  EXPECT_TRUE(std::holds_alternative<UnitOffer>(item.offer->shape));
  EXPECT_THAT(b.built.problem.baskets, IsEmpty());
  const Built away(gift, R"({"key":"1","product":"bread","units":2})");
  EXPECT_THAT(away.items(), IsEmpty());
  EXPECT_EQ(away.why("a"), "its gift milk is not in the basket");
  EXPECT_EQ(away.built.missing_gifts.size(), 1u);
}

TEST(ProblemBuilder, sets_points_aside) {
  const Built b(R"({"id":"a","kind":"basket","threshold_minor":300,"points":10})", kThreeMilk);
  EXPECT_THAT(b.built.problem.baskets, IsEmpty());
  EXPECT_EQ(b.built.points.size(), 1u);
}

TEST(ProblemBuilder, does_not_see_the_order_of_lines) {
  const std::string offers = R"({"id":"a","kind":"basket","threshold_minor":1,"bps":1})";
  const std::string one = R"({"key":"1","product":"milk","units":2})";
  const std::string two = R"({"key":"2","product":"bread","units":1})";
  const Built a(offers, one + "," + two);
  const Built b(offers, two + "," + one);
  ASSERT_EQ(a.built.problem.units.size(), b.built.problem.units.size());
  for (std::size_t i = 0; i < a.built.problem.units.size(); ++i) {
    EXPECT_EQ(a.built.problem.units[i].rank, b.built.problem.units[i].rank);
    EXPECT_EQ(a.built.problem.units[i].product, b.built.problem.units[i].product);
    EXPECT_EQ(a.built.problem.units[i].base, b.built.problem.units[i].base);
  }
}

}  // namespace
}  // namespace cartwright::offers
