#include "offers/sweep.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

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
