#include "offers/fitting.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "base/error.hpp"
#include "unit/offers/offer_examples.hpp"

namespace cartwright::offers {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// The one offer on units of these prices, in each of its sets all of them or those given.
struct Fitted {
  Fitted(const std::string& offer, const std::vector<std::int64_t>& prices,
         std::vector<std::vector<UnitIndex>> sets = {})
      : offers(examples::book(R"({"id":"a",)" + offer + "}")) {
    for (const std::int64_t price : prices) units.push_back({.base = price});
    touched.offer = &offers.offers().front();
    numbers = std::move(sets);
    if (numbers.empty()) {
      numbers.emplace_back();
      for (UnitIndex unit = 0; unit < prices.size(); ++unit) numbers[0].push_back(unit);
    }
    for (std::vector<UnitIndex>& set : numbers) spans.emplace_back(set);
    touched.sets = spans;
  }
  // Empty where it might fire.
  std::string why() {
    const auto why = why_it_can_not_fire(touched, units);
    return why ? text({touched.offer, *why}, Facts(), offers.currency()) : "";
  }
  std::vector<UnitIndex> left() const { return {touched.sets[0].begin(), touched.sets[0].end()}; }

  OfferBook offers;
  std::vector<Unit> units;
  std::vector<std::vector<UnitIndex>> numbers;
  std::vector<std::span<UnitIndex>> spans;
  TouchedOffer touched;
};

constexpr const char* kSet = R"("set":{"products":["milk"]})";

std::string of_milk(const std::string& rest) {
  return rest + "," + kSet;
}

TEST(Fitting, drops_units_of_which_a_single_unit_reward_takes_nothing) {
  Fitted fixed(of_milk(R"("kind":"fixed_price","price_minor":100)"), {100, 101, 99});
  EXPECT_EQ(fixed.why(), "");
  EXPECT_THAT(fixed.left(), ElementsAre(1));
  Fitted rounded(of_milk(R"("kind":"percent_off","bps":1000)"), {4, 5});
  EXPECT_EQ(rounded.why(), "");
  EXPECT_THAT(rounded.left(), ElementsAre(1));
  EXPECT_THAT(Fitted(of_milk(R"("kind":"percent_off","bps":1000)"), {4}).why(),
              HasSubstr("takes nothing off"));
}

TEST(Fitting, counts_units) {
  const std::string three = of_milk(R"("kind":"cheapest_of","n":3,"k":1,"bps":10000)");
  EXPECT_EQ(Fitted(three, {1, 1, 1}).why(), "");
  EXPECT_EQ(Fitted(three, {1, 1}).why(), "it needs 3 units, the basket has 2");
  EXPECT_EQ(
      Fitted(of_milk(R"("kind":"tiers","by":"quantity","steps":[{"at":1,"bps":1}])"), {}, {{}})
          .why(),
      "it needs 1 unit, the basket has 0");
}

TEST(Fitting, holds_a_bundle_against_its_dearest_units) {
  const std::string two = of_milk(R"("kind":"n_for_price","n":2,"price_minor":200)");
  EXPECT_EQ(Fitted(two, {50, 101, 100}).why(), "");
  EXPECT_EQ(Fitted(two, {50, 100, 100}).why(),
            "its price of 2.00 EUR is not below what its units cost, 2.00 EUR");
}

TEST(Fitting, wants_different_units_to_buy_and_to_get) {
  const std::string offer =
      R"("kind":"buy_get","bps":5000,"buy":{"set":{"products":["milk"]},"n":2},
         "get":{"set":{"products":["milk"]},"m":1})";
  EXPECT_EQ(Fitted(offer, {9, 9, 9}, {{0, 1, 2}, {0, 1, 2}}).why(), "");
  EXPECT_EQ(Fitted(offer, {9, 9}, {{0, 1}, {0, 1}}).why(), "it needs 3 units, the basket has 2");
  EXPECT_EQ(Fitted(offer, {9, 9}, {{0}, {1}}).why(), "it needs 2 units to buy, the basket has 1");
  EXPECT_EQ(Fitted(offer, {9, 9}, {{0, 1}, {}}).why(), "it needs 1 unit to get, the basket has 0");
}

TEST(Fitting, wants_different_units_in_the_slots_of_a_meal) {
  const std::string meal = R"("kind":"meal_deal","bps":1000,"slots":[
      {"set":{"products":["milk"]},"n":1},{"set":{"products":["milk"]},"n":1}])";
  EXPECT_EQ(Fitted(meal, {9, 9}, {{0, 1}, {0, 1}}).why(), "");
  EXPECT_EQ(Fitted(meal, {9}, {{0}, {0}}).why(), "it needs 2 units, the basket has 1");
  EXPECT_EQ(Fitted(meal, {9}, {{0}, {}}).why(), "it needs 1 unit in slot 2, the basket has 0");
}

TEST(Fitting, says_what_is_missing_to_an_amount) {
  const std::string basket = R"("kind":"basket","threshold_minor":400,"bps":1000)";
  EXPECT_EQ(Fitted(basket, {250, 150}).why(), "");
  EXPECT_EQ(Fitted(basket, {250, 149}).why(), "0.01 EUR are missing to its threshold of 4.00 EUR");
  EXPECT_EQ(
      Fitted(of_milk(R"("kind":"tiers","by":"spend","steps":[{"at":400,"bps":1}])"), {399}).why(),
      "0.01 EUR are missing to its first step of 4.00 EUR");
}

TEST(Fitting, adds_in_64_bits_or_not_at_all) {
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  const std::vector<Unit> units = {{.base = kMost - 1}, {.base = 1}, {.base = 1}};
  const std::vector<UnitIndex> all = {0, 1, 2};
  EXPECT_EQ(sum_of(std::span(all).first(2), units), Money(kMost));
  EXPECT_THROW(sum_of(all, units), Error);
  EXPECT_EQ(sum_of({}, units), Money(0));
}

}  // namespace
}  // namespace cartwright::offers
