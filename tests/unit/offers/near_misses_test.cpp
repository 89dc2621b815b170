#include "offers/near_misses.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/offers/offer_examples.hpp"

namespace cartwright::offers {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// "id" and what each lack is, "id 2" for units, "id 71c" for an amount.
std::vector<std::string> missed(const std::string& offers, const std::string& lines,
                                std::vector<std::string> dismissed = {},
                                const std::string& more = {}) {
  const OfferBook book = examples::book(offers);
  BasketFile file = examples::basket(lines, more);
  file.facts.dismissed = std::move(dismissed);
  const BuiltProblem built = build_problem(book, file.basket, file.facts);
  std::vector<std::int64_t> net;
  for (const Unit& unit : built.problem.units) net.push_back(unit.base);
  std::vector<std::string> texts;
  for (const NearMiss& miss : near_misses(book, file.basket.member, file.facts, built, net)) {
    std::string text = miss.offer->id;
    for (const Lack& lack : miss.lacks) {
      text += " " + (lack.units > 0 ? std::to_string(lack.units)
                                    : std::to_string(lack.amount.minor()) + "c");
    }
    texts.push_back(text + (miss.gift.empty() ? "" : " gift " + miss.gift));
  }
  return texts;
}

std::string milk(const std::string& id, const std::string& rest) {
  return R"({"id":")" + id + R"(","set":{"products":["milk"]},)" + rest + "}";
}

std::string units(int milk, int bread = 0) {
  std::string lines = R"({"key":"1","product":"milk","units":)" + std::to_string(milk) + "}";
  if (bread > 0) lines += R"(,{"key":"2","product":"bread","units":)" + std::to_string(bread) + "}";
  return lines;
}

TEST(NearMisses, are_groups_that_are_begun) {
  const std::string three = milk("a", R"("kind":"cheapest_of","n":3,"k":1,"bps":10000)");
  EXPECT_THAT(missed(three, units(1)), ElementsAre("a 2"));
  EXPECT_THAT(missed(three, units(2)), ElementsAre("a 1"));
  EXPECT_THAT(missed(three, units(3)), IsEmpty());
  EXPECT_THAT(missed(three, units(4)), ElementsAre("a 2"));
}

TEST(NearMisses, ask_for_three_units_at_most) {
  const std::string five = milk("a", R"("kind":"n_for_price","n":5,"price_minor":500)");
  EXPECT_THAT(missed(five, units(1)), IsEmpty());
  EXPECT_THAT(missed(five, units(2)), ElementsAre("a 3"));
}

TEST(NearMisses, name_what_each_set_lacks) {
  const std::string offer =
      R"({"id":"a","kind":"buy_get","bps":5000,"buy":{"set":{"products":["milk"]},"n":2},
          "get":{"set":{"products":["bread"]},"m":1}})";
  EXPECT_THAT(missed(offer, units(1)), ElementsAre("a 1 1"));
  EXPECT_THAT(missed(offer, units(2)), ElementsAre("a 1"));
  EXPECT_THAT(missed(offer, units(2, 1)), IsEmpty());
  const std::string meal = R"({"id":"a","kind":"meal_deal","price_minor":1,"slots":[
      {"set":{"products":["milk"]},"n":1},{"set":{"products":["bread"]},"n":1}]})";
  EXPECT_THAT(missed(meal, units(1)), ElementsAre("a 1"));
}

TEST(NearMisses, count_a_unit_once_where_buy_and_get_share_it) {
  const std::string offer =
      R"({"id":"a","kind":"buy_get","bps":5000,"buy":{"set":{"products":["milk"]},"n":1},
          "get":{"set":{"products":["milk"]},"m":1}})";
  EXPECT_THAT(missed(offer, units(1)), ElementsAre("a 1"));
  EXPECT_THAT(missed(offer, units(2)), IsEmpty());
}

TEST(NearMisses, of_tiers_and_baskets_are_the_next_step) {
  const std::string count = milk("a", R"("kind":"tiers","by":"quantity",
      "steps":[{"at":2,"bps":500},{"at":4,"bps":1000}])");
  EXPECT_THAT(missed(count, units(1)), ElementsAre("a 1"));
  EXPECT_THAT(missed(count, units(2)), ElementsAre("a 2"));
  EXPECT_THAT(missed(count, units(4)), IsEmpty());
  const std::string spend =
      milk("a", R"("kind":"tiers","by":"spend","steps":[{"at":200,"bps":500}])");
  EXPECT_THAT(missed(spend, units(1)), ElementsAre("a 71c"));
  const std::string basket = R"({"id":"a","kind":"basket","threshold_minor":258,"bps":100})";
  EXPECT_THAT(missed(basket, units(1)), ElementsAre("a 129c"));
  EXPECT_THAT(missed(basket, units(2)), IsEmpty());
}

TEST(NearMisses, are_gifts_that_are_won_and_not_in_the_basket) {
  const std::string gift = R"({"id":"a","kind":"basket","threshold_minor":100,"gift":"bread"})";
  EXPECT_THAT(missed(gift, units(1)), ElementsAre("a gift bread"));
  EXPECT_THAT(missed(gift, units(1, 1)), IsEmpty());
}

TEST(NearMisses, come_with_the_smallest_lack_first_then_by_id) {
  const auto group = [](const char* id, int n) {
    return milk(id, R"("kind":"n_for_price","price_minor":1,"n":)" + std::to_string(n));
  };
  EXPECT_THAT(missed(group("a", 4) + "," + group("b", 2) + "," + group("c", 2), units(1)),
              ElementsAre("b 1", "c 1", "a 3"));
}

TEST(NearMisses, are_none_that_was_dismissed_or_that_the_facts_keep_out) {
  const std::string two = milk("a", R"("kind":"n_for_price","n":2,"price_minor":1)");
  EXPECT_THAT(missed(two, units(1), {"a"}), IsEmpty());
  EXPECT_THAT(missed(two, units(1), {"b"}), ElementsAre("a 1"));
  const std::string members =
      milk("a", R"("kind":"n_for_price","n":2,"price_minor":1,"member":true)");
  EXPECT_THAT(missed(members, units(1)), IsEmpty());
  EXPECT_THAT(missed(members, units(1), {}, R"("member":true)"), ElementsAre("a 1"));
}

}  // namespace
}  // namespace cartwright::offers
