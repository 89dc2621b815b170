#include "offers/unit_rents.hpp"

#include <gtest/gtest.h>

#include "support/offers/brute_force.hpp"
#include "support/offers/random_problem.hpp"

namespace cartwright::offers::search {
namespace {

// What all components' plans say that can be gained at most.
std::int64_t bound_of(const Problem& problem) {
  const std::vector<std::int64_t> most = most_applications(problem);
  const Partition partition(problem, most, {});
  std::int64_t sum = 0;
  for (const Component& one : partition.components()) {
    std::pmr::monotonic_buffer_resource memory;
    sum += make_plan(problem, one, most, {}, &memory).bound;
  }
  return sum;
}

std::int64_t gain_of(const Problem& problem, const Solution& best) {
  std::int64_t gain = -best.goods;
  for (const Unit& unit : problem.units) gain += unit.base;
  return gain;
}

struct Sums {
  std::int64_t bounds = 0;
  std::int64_t gains = 0;
};

// Of so many made problems; each bound is at least what can be gained.
Sums sums_of(bool stackable, std::uint64_t problems) {
  judge::Size size = judge::kTiny;
  size.baskets = 0;
  size.stackable = stackable;
  Sums sums;
  for (std::uint64_t seed = 1; seed <= problems; ++seed) {
    const judge::RandomProblem made = judge::random_problem(seed, size);
    const auto best = judge::brute_force(made.problem, 20'000);
    if (!best) continue;
    const std::int64_t bound = bound_of(made.problem);
    const std::int64_t gain = gain_of(made.problem, best->solution);
    EXPECT_GE(bound, gain) << "seed " << seed;
    sums.bounds += bound;
    sums.gains += gain;
  }
  return sums;
}

TEST(UnitRents, bound_what_brute_force_gains) {
  const Sums sums = sums_of(false, 150);
  EXPECT_GT(sums.gains, 0);
  EXPECT_LT(sums.bounds, sums.gains * 102 / 100);
}

// Offers that stack come to more in the bound than prices allow.
TEST(UnitRents, bound_what_offers_gain_upon_each_other) {
  const Sums sums = sums_of(true, 50);
  EXPECT_GT(sums.gains, 0);
}

// Two bundles want the same three units; at a rent of 30 each none of them gains.
TEST(UnitRents, rise_until_no_more_is_wanted_than_there_is) {
  const NForPrice dear{.set = {}, .n = 2, .price = Money(140)};
  const NForPrice cheap{.set = {}, .n = 2, .price = Money(150)};
  Offer first;
  first.shape = dear;
  Offer second;
  second.shape = cheap;
  Problem problem;
  problem.units = {{.line = 0, .rank = 0, .product = 0, .base = 100},
                   {.line = 1, .rank = 1, .product = 1, .base = 100},
                   {.line = 2, .rank = 2, .product = 2, .base = 100}};
  problem.items.resize(2);
  problem.items[0] = {.offer = &first, .sets = {{0, 1, 2}}, .group = {}, .coupon = {}};
  problem.items[1] = {.offer = &second, .sets = {{0, 1, 2}}, .group = {}, .coupon = {}};
  EXPECT_GE(bound_of(problem), 60);
  EXPECT_LE(bound_of(problem), 90);
}

}  // namespace
}  // namespace cartwright::offers::search
