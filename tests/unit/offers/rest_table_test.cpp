#include "offers/rest_table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "offers/search_rule.hpp"
#include "unit/offers/offer_examples.hpp"

namespace cartwright::offers::search {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::int64_t kPrice = 100;

Score gain(std::int64_t minor) {
  Score score;
  score.gain = minor;
  return score;
}

// The packs of the one offer, for so many units at 1.00.
PackChoice packs(const std::string& offer, std::int64_t units, std::int64_t most = 100) {
  const OfferBook book = examples::book(R"({"id":"o",)" + offer + "}");
  Candidate candidate;
  candidate.offer = &book.offers().front();
  Score start;
  start.applications = 1;
  return packs_of(candidate, 7, kPrice, units, most, start);
}

constexpr const char* kThreeForTwo =
    R"("kind":"cheapest_of","set":{"products":["milk"]},"n":3,"k":1,"bps":10000)";
constexpr const char* kTwoFor150 =
    R"("kind":"n_for_price","set":{"products":["milk"]},"n":2,"price_minor":150)";

TEST(Packs, are_one_application_with_the_sets_of_its_units) {
  const PackChoice three = packs(kThreeForTwo, 5);
  ASSERT_THAT(three.packs, SizeIs(1));
  EXPECT_EQ(three.packs[0].candidate, 7u);
  EXPECT_EQ(three.packs[0].score.gain, 100);
  EXPECT_EQ(three.packs[0].score.applications, 1);
  EXPECT_THAT(three.packs[0].sets, ElementsAre(0, 0, 1));
  EXPECT_EQ(packs(kTwoFor150, 5).packs[0].score.gain, 50);
}

TEST(Packs, are_none_where_nothing_is_gained) {
  EXPECT_THAT(
      packs(R"("kind":"n_for_price","set":{"products":["milk"]},"n":2,"price_minor":200)", 5).packs,
      IsEmpty());
}

TEST(Packs, of_a_reward_leave_what_was_bought_where_only_the_reward_is_used) {
  const std::string buy_get =
      R"("kind":"buy_get","buy":{"set":{"products":["milk"]},"n":2},
         "get":{"set":{"products":["milk"]},"m":1},"bps":5000)";
  EXPECT_THAT(packs(buy_get, 6).packs[0].sets, ElementsAre(0, 0, 1));
  EXPECT_EQ(packs(buy_get, 6).most, 2);
  const PackChoice reward = packs(buy_get + R"(,"consume":"reward")", 7);
  EXPECT_THAT(reward.packs[0].sets, ElementsAre(1));
  EXPECT_EQ(reward.most, 2);
}

TEST(Packs, of_tiers_are_one_for_each_number_of_units_that_reaches_a_step) {
  const PackChoice tiers = packs(
      R"("kind":"tiers","set":{"products":["milk"]},"by":"quantity",
         "steps":[{"at":2,"bps":500},{"at":3,"amount_minor":40}])",
      4);
  EXPECT_EQ(tiers.most, 1);
  ASSERT_THAT(tiers.packs, SizeIs(3));
  EXPECT_EQ(tiers.packs[0].score.gain, 10);
  EXPECT_EQ(tiers.packs[1].score.gain, 40);
  EXPECT_THAT(tiers.packs[2].sets, SizeIs(4));
}

TEST(RestTable, without_packs_is_what_single_units_gain) {
  const RestTable table({}, gain(7), 3);
  EXPECT_EQ(table.best(3).gain, 21);
  EXPECT_THAT(table.choice(3), IsEmpty());
  EXPECT_EQ(table.worth(), 7 * kParts);
}

TEST(RestTable, has_the_best_of_all_packs_for_every_number_of_units) {
  constexpr std::size_t kUnits = 12;
  const PackChoice three = packs(kThreeForTwo, kUnits, 2);
  const PackChoice two = packs(kTwoFor150, kUnits);
  const RestTable table({three, two}, gain(10), kUnits);
  for (std::int64_t units = 0; units <= std::int64_t{kUnits}; ++units) {
    std::int64_t most = 0;
    for (std::int64_t a = 0; a <= 2 && 3 * a <= units; ++a) {
      for (std::int64_t b = 0; 3 * a + 2 * b <= units; ++b) {
        most = std::max(most, 100 * a + 50 * b + 10 * (units - 3 * a - 2 * b));
      }
    }
    const auto count = static_cast<std::size_t>(units);
    EXPECT_EQ(table.best(count).gain, most) << units;
    // The packs of the choice and the units that they leave come to it.
    std::int64_t sum = 0;
    auto left = units;
    for (const RestTable::Use& use : table.choice(count)) {
      sum += use.pack->score.gain * use.count;
      left -= std::ssize(use.pack->sets) * use.count;
    }
    EXPECT_GE(left, 0);
    EXPECT_EQ(sum + 10 * left, most) << units;
  }
}

TEST(RestTable, says_what_no_unit_is_worth_more_than) {
  const PackChoice three = packs(kThreeForTwo, 3);
  const RestTable table({three}, gain(10), 3);
  EXPECT_GE(table.worth() * 3, 100 * kParts);
  EXPECT_LT((table.worth() - 1) * 3, 100 * kParts);
}

}  // namespace
}  // namespace cartwright::offers::search
