#include "offers/sweep_digits.hpp"

#include <gtest/gtest.h>

#include "support/offers/random_problem.hpp"
#include "unit/offers/small_parts.hpp"

namespace cartwright::offers::search {
namespace {

using examples::bundle;
using examples::kBoth;
using examples::line;
using examples::Planned;
using examples::SmallParts;

const std::string kTwoEach = line("1", "milk", 2) + "," + line("2", "bread", 2);

TEST(SweepDigits, count_a_coupon_that_two_offers_share) {
  const char* with = R"(,"coupon":"C")";
  const std::string two = bundle("a", kBoth, 2, 200, with) + "," + bundle("b", kBoth, 2, 210, with);
  const SmallParts shared(two, kTwoEach, R"("coupons":["C"])");
  const Planned made(shared);
  ASSERT_EQ(made.plan.counters.size(), 1U);
  EXPECT_EQ(made.plan.counters[0].most, 1U);
  for (const PlannedRule& rule : made.plan.rules) EXPECT_EQ(rule.counters.size(), 1U);
  // That of one offer alone is a limit of its machine.
  const SmallParts alone(bundle("a", kBoth, 2, 200, with), kTwoEach, R"("coupons":["C"])");
  EXPECT_TRUE(Planned(alone).plan.counters.empty());
}

TEST(SweepDigits, count_no_coupon_of_which_there_is_enough) {
  const char* with = R"(,"coupon":"C")";
  const SmallParts parts(bundle("a", kBoth, 2, 200, with) + "," + bundle("b", kBoth, 2, 210, with),
                         kTwoEach, R"("coupons":["C","C","C","C","C","C","C","C"])");
  EXPECT_TRUE(Planned(parts).plan.counters.empty());
}

TEST(SweepDigits, number_the_members_of_a_group) {
  const char* in = R"(,"group":"g")";
  const SmallParts parts(bundle("a", kBoth, 2, 200, in) + "," + bundle("b", kBoth, 2, 210, in),
                         kTwoEach);
  const Planned made(parts);
  ASSERT_EQ(made.plan.groups.size(), 1U);
  EXPECT_EQ(made.plan.groups[0].digit.bits, 2);
  ASSERT_EQ(made.plan.rules.size(), 2U);
  EXPECT_EQ(made.plan.rules[0].member, 1U);
  EXPECT_EQ(made.plan.rules[1].member, 2U);
}

TEST(SweepDigits, tell_the_outside_in_its_order_and_0_where_there_is_nothing) {
  const SmallParts parts(bundle("a", kBoth, 2, 200, R"(,"group":"g")"), kTwoEach, {}, {1, 1, 0, 0});
  const Planned made(parts, {.groups = {0, 1}, .coupons = {}, .marks = {0}, .window = 1'000});
  ASSERT_EQ(made.plan.outside.size(), 3U);
  EXPECT_EQ(made.plan.outside[0].bits, 1);
  EXPECT_EQ(made.plan.outside[1].bits, 0);  // a group that none of its offers is of
  EXPECT_EQ(made.plan.outside[2].bits, bits_for(2 * 129));
  EXPECT_EQ(made.plan.groups[0].last, made.plan.classes.size());  // to be read at the end
}

struct Life {
  Digit digit;
  std::size_t first;
  std::size_t last;
};

std::vector<Life> lives_of(const Plan& plan) {
  std::vector<Life> lives;
  const auto add = [&](const Digit& digit, std::size_t first, std::size_t last) {
    if (digit.bits > 0) lives.push_back({digit, first, last});
  };
  for (const Tally& one : plan.tallies) add(one.digit, 0, plan.classes.size());
  for (const PlannedRule& one : plan.rules) add(one.digit, one.first, one.last);
  for (const Counter& one : plan.counters) add(one.digit, one.first, one.last);
  for (const Choice& one : plan.groups) add(one.digit, one.first, one.last);
  return lives;
}

TEST(SweepDigits, share_a_place_only_where_they_do_not_live_at_once) {
  int reused = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const judge::RandomProblem made = judge::random_problem(seed, judge::kMedium);
    const std::vector<std::int64_t> most = most_applications(made.problem);
    const Partition partition(made.problem, most, {});
    for (const Component& component : partition.components()) {
      std::pmr::monotonic_buffer_resource memory;
      const Plan plan = make_plan(made.problem, component, most, {}, &memory);
      const std::vector<Life> lives = lives_of(plan);
      for (const Life& a : lives) {
        EXPECT_LE(a.digit.shift + a.digit.bits, 64);
        EXPECT_LT(a.digit.word, plan.words);
        for (const Life& b : lives) {
          if (&a == &b || a.digit.word != b.digit.word) continue;
          const bool apart = a.digit.shift + a.digit.bits <= b.digit.shift ||
                             b.digit.shift + b.digit.bits <= a.digit.shift;
          if (apart) continue;
          EXPECT_TRUE(a.last < b.first || b.last < a.first) << "seed " << seed;
          ++reused;
        }
      }
    }
  }
  EXPECT_GT(reused, 0);
}

}  // namespace
}  // namespace cartwright::offers::search
