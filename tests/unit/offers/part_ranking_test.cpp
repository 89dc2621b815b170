#include "offers/part_ranking.hpp"

#include <gtest/gtest.h>

#include "offers/joint_parts.hpp"
#include "support/offers/random_problem.hpp"

namespace cartwright::offers::search {
namespace {

std::int64_t units_of(const Solution& solution) {
  std::int64_t units = 0;
  for (const Application& one : solution.items) {
    units += std::ssize(one.qualify) + std::ssize(one.reward);
  }
  return units;
}

// A ranking that goes over everything at once, and one that goes over the parts.
void expect_same(std::uint64_t seed, const judge::Size& size, Ranking ranking) {
  const judge::RandomProblem made = judge::random_problem(seed, size);
  const std::vector<std::int64_t> most = most_applications(made.problem);
  const BasketTerms terms(made.problem);
  const Partition partition(made.problem, most, terms.marks());
  const JointParts parts(made.problem, most, partition.components(), terms, nullptr);
  const Solution all = by_ranking(made.problem, ranking);
  const Solution by_parts = parts.by_ranking(ranking);
  ASSERT_EQ(by_parts.items.size(), all.items.size()) << "seed " << seed;
  for (std::size_t i = 0; i < all.items.size(); ++i) {
    EXPECT_EQ(by_parts.items[i].candidate, all.items[i].candidate) << "seed " << seed;
    EXPECT_EQ(by_parts.items[i].qualify, all.items[i].qualify) << "seed " << seed;
  }
  EXPECT_EQ(by_parts.goods, all.goods) << "seed " << seed;
  EXPECT_EQ(units_of(by_parts), units_of(all)) << "seed " << seed;
}

TEST(PartRanking, takes_of_the_parts_what_it_takes_of_all) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    for (const Ranking ranking : {Ranking::priority, Ranking::average_value}) {
      expect_same(seed, judge::kSmall, ranking);
      expect_same(seed, judge::kMedium, ranking);
    }
  }
}

}  // namespace
}  // namespace cartwright::offers::search
