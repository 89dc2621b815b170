#include "offers/sweep.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "support/offers/random_problem.hpp"

namespace cartwright::offers::search {
namespace {

constexpr std::uint64_t kMuch = 1'000'000;

// Calls `look` with each component of made problems that has rules, and its plan.
template <typename Look>
int each_plan(const Look& look) {
  judge::Size size = judge::kSmall;
  size.baskets = 0;
  size.stackable = false;
  int plans = 0;
  for (std::uint64_t seed = 1; seed <= 80; ++seed) {
    const judge::RandomProblem made = judge::random_problem(seed, size);
    const std::vector<std::int64_t> most = most_applications(made.problem);
    const Partition partition(made.problem, most, {});
    for (const Component& one : partition.components()) {
      std::pmr::monotonic_buffer_resource memory;
      Plan plan = make_plan(made.problem, one, most, {}, &memory);
      if (plan.rules.empty()) continue;
      ++plans;
      look(one, plan, memory);
    }
  }
  return plans;
}

TEST(Sweep, finds_the_same_however_near_the_best_it_looks) {
  const int plans = each_plan([](const Component&, Plan& plan, auto& memory) {
    const auto all = sweep(plan, &memory, Bundles::stacked, 0, {.budget = kMuch});
    ASSERT_FALSE(all->labels().empty());
    const Score best = all->labels().front().score;
    EXPECT_TRUE(all->is_whole());
    EXPECT_EQ(all->bound(), best.gain);
    EXPECT_LE(best.gain, plan.bound);
    const auto near =
        sweep(plan, &memory, Bundles::stacked, 0, {.budget = kMuch, .known = best.gain});
    ASSERT_FALSE(near->labels().empty());
    EXPECT_EQ(near->labels().front().score, best);
    EXPECT_LE(near->states(), all->states());
    const auto above =
        sweep(plan, &memory, Bundles::stacked, 0, {.budget = kMuch, .known = best.gain + 1});
    EXPECT_TRUE(above->labels().empty());
  });
  EXPECT_GT(plans, 40);
}

TEST(Sweep, that_keeps_few_states_finds_no_more_and_bounds_the_best) {
  bool gave_up = false;
  each_plan([&](const Component&, Plan& plan, auto& memory) {
    const auto all = sweep(plan, &memory, Bundles::stacked, 0, {.budget = kMuch});
    const auto narrow = sweep(plan, &memory, Bundles::stacked, 0, {.budget = kMuch, .width = 1});
    ASSERT_FALSE(narrow->labels().empty());
    EXPECT_LE(narrow->labels().front().score.gain, all->labels().front().score.gain);
    EXPECT_GE(narrow->bound(), all->labels().front().score.gain);
    gave_up |= !narrow->is_whole();
  });
  EXPECT_TRUE(gave_up);
}

// Gain, redemptions and applications. Weights of offers hang on which of them a plan looks at.
using Counts = std::tuple<std::int64_t, std::int32_t, std::int32_t>;

// The best of each sum that is taken off the marked units, of choices that gain within the window
// of the best.
std::map<std::int64_t, Counts> kept_apart(const Problem& problem, const Component& component,
                                          std::span<const std::int64_t> most, std::int64_t asked,
                                          std::int64_t window) {
  std::pmr::monotonic_buffer_resource memory;
  Outside outside;
  outside.marks = {0};
  outside.window = asked;
  Plan plan = make_plan(problem, component, most, outside, &memory);
  const auto all = sweep(plan, &memory, Bundles::stacked, asked, {.budget = kMuch});
  EXPECT_TRUE(all->is_whole());
  std::map<std::int64_t, Counts> best;
  for (const Label& one : all->labels()) {
    const Score& score = one.score;
    if (score.gain < all->labels().front().score.gain - window) continue;
    best.emplace(one.outside.front(), Counts(score.gain, score.limited, score.applications));
  }
  return best;
}

TEST(Sweep, that_keeps_choices_apart_leaves_out_none_within_the_window) {
  judge::Size size = judge::kTiny;
  size.baskets = 0;
  constexpr std::int64_t kAll = std::int64_t{1} << 30;
  std::size_t apart = 0;
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    size.stackable = seed % 2 == 0;
    const judge::RandomProblem made = judge::random_problem(seed, size);
    const std::vector<std::int64_t> most = most_applications(made.problem);
    for (const bool cuts : {false, true}) {
      std::vector<std::uint32_t> marks(made.problem.units.size(), 1);
      for (std::size_t unit = 0; cuts && unit < marks.size(); unit += 2) marks[unit] = 0;
      const Partition partition(made.problem, most, marks);
      for (const Component& one : partition.components()) {
        for (const std::int64_t window : {std::int64_t{0}, std::int64_t{3}, std::int64_t{80}}) {
          const auto all = kept_apart(made.problem, one, most, kAll, window);
          const auto some = kept_apart(made.problem, one, most, window, window);
          EXPECT_EQ(all, some) << "seed " << seed << ", window " << window;
          apart += all.size() > 1 ? 1 : 0;
        }
      }
    }
  }
  EXPECT_GT(apart, 400U);
}

TEST(Sweep, traces_each_unit_once_in_the_order_of_classes) {
  each_plan([](const Component& component, Plan& plan, auto& memory) {
    const auto all = sweep(plan, &memory, Bundles::stacked, 0, {.budget = kMuch});
    const std::vector<Placed> way = all->trace(all->labels().front());
    EXPECT_TRUE(std::ranges::is_sorted(way, {}, &Placed::at));
    std::set<std::pair<std::uint32_t, std::uint32_t>> seen;
    for (const Placed& one : way) {
      ASSERT_LT(one.at, component.classes.size());
      EXPECT_LT(one.position, component.classes[one.at].units.size());
      EXPECT_TRUE(seen.emplace(one.at, one.position).second);
    }
  });
}

}  // namespace
}  // namespace cartwright::offers::search
