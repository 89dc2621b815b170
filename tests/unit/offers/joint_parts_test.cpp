#include "offers/joint_parts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/offers/small_parts.hpp"

namespace cartwright::offers::search {
namespace {

using examples::bundle;
using examples::line;
using testing::SizeIs;

constexpr std::uint64_t kBudget = 1'000;

// 2 milk (258) and 2 bread (500), a bundle of each, and what `basket` says of the whole.
struct Parts : examples::SmallTerms {
  explicit Parts(const std::string& basket, const std::string& more_of_milk = {})
      : SmallTerms(bundle("milk", R"("milk")", 2, 200, more_of_milk.c_str()) + "," +
                       bundle("bread", R"("bread")", 2, 400) + R"(,{"id":"over","kind":"basket",)" +
                       basket + "}",
                   line("1", "milk", 2) + "," + line("2", "bread", 2)),
        parts(problem(), most, partition.components(), terms, nullptr) {
    parts.search(kBudget);
  }

  std::int64_t best_gain(TermSet set) const {
    std::int64_t gain = 0;
    for (const Option* one : parts.best(set)) gain += one->score.gain;
    return gain;
  }

  JointParts parts;
};

TEST(JointParts, are_each_at_their_best_where_nothing_ties_them) {
  const Parts made(R"("threshold_minor":700,"amount_minor":10)");
  ASSERT_THAT(made.parts.parts(), SizeIs(2));
  for (const JointParts::Part& part : made.parts.parts()) {
    EXPECT_FALSE(part.is_flagged);
    EXPECT_FALSE(made.parts.is_cut(part, 0));
    EXPECT_FALSE(part.options.empty());
  }
  EXPECT_EQ(made.best_gain(0), 58 + 100);
  EXPECT_EQ(made.best_gain(1), 58 + 100);
  EXPECT_EQ(made.parts.lower_bound(0), 758 - 158);
  EXPECT_EQ(made.parts.lower_bound(1), 758 - 158 - 10);
}

TEST(JointParts, give_up_a_group_that_a_basket_offer_uses) {
  const Parts made(R"("threshold_minor":0,"amount_minor":10,"group":"g")", R"(,"group":"g")");
  EXPECT_EQ(made.best_gain(0), 58 + 100);
  EXPECT_EQ(made.best_gain(1), 100);
  std::size_t flagged = 0;
  for (const JointParts::Part& part : made.parts.parts()) flagged += part.is_flagged ? 1 : 0;
  EXPECT_EQ(flagged, 1u);
  for (const Option* one : made.parts.best(1)) EXPECT_TRUE(made.parts.admits(1, *one));
}

TEST(JointParts, say_whether_a_net_threshold_holds_beside_what_was_selected) {
  const Parts made(R"("threshold_minor":700,"amount_minor":200,"base":"net")");
  Selection one = made.parts.nothing();
  EXPECT_TRUE(made.parts.holds(1, one));
  for (std::int64_t& taken : one.taken) taken = 58;
  EXPECT_TRUE(made.parts.holds(1, one));
  for (std::int64_t& taken : one.taken) taken = 59;
  EXPECT_FALSE(made.parts.holds(1, one));
  EXPECT_TRUE(made.parts.holds(0, one));
}

TEST(JointParts, come_into_effect_as_applications_that_take_what_they_say) {
  const Parts made(R"("threshold_minor":700,"amount_minor":10)");
  std::vector<Application> all;
  const std::vector<const Option*> best = made.parts.best(0);
  for (std::size_t i = 0; i < best.size(); ++i)
    made.parts.put_into_effect(made.parts.parts()[i], *best[i], all);
  EXPECT_THAT(all, SizeIs(2));
  Sums taken(made.terms.list().size(), 0);
  made.parts.add_effect(all, taken);
  EXPECT_EQ(taken.back(), 158);
}

TEST(JointParts, by_a_ranking_are_a_choice_of_applications) {
  const Parts made(R"("threshold_minor":700,"amount_minor":10)");
  EXPECT_THAT(made.parts.by_ranking(Ranking::priority).items, SizeIs(2));
}

}  // namespace
}  // namespace cartwright::offers::search
