#include "offers/largest_remainder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>
#include <numeric>
#include <vector>

#include "base/error.hpp"

namespace cartwright::offers {
namespace {

using testing::ElementsAre;

std::vector<std::int64_t> split(std::int64_t amount, std::vector<std::int64_t> weights) {
  return split_by_largest_remainder(amount, weights);
}

TEST(LargestRemainder, gives_the_rest_to_the_largest_remainders) {
  EXPECT_THAT(split(100, {1, 1, 1}), ElementsAre(34, 33, 33));
  EXPECT_THAT(split(10, {129, 250, 199}), ElementsAre(2, 4, 4));  // 2.23, 4.33, 3.44
  EXPECT_THAT(split(1, {6000, 4000}), ElementsAre(1, 0));
  EXPECT_THAT(split(0, {0, 0}), ElementsAre(0, 0));
  EXPECT_THAT(split(0, {}), ElementsAre());
}

TEST(LargestRemainder, holds_the_largest_amounts) {
  constexpr std::int64_t kTop = std::numeric_limits<std::int64_t>::max();
  EXPECT_THAT(split(kTop, {kTop, 0}), ElementsAre(kTop, 0));
  EXPECT_THAT(split(kTop, {kTop, kTop}), ElementsAre(kTop / 2 + 1, kTop / 2));
}

TEST(LargestRemainder, shares_nothing_among_nothing) {
  EXPECT_THROW(split(1, {}), Error);
  EXPECT_THROW(split(1, {0}), Error);
}

RC_GTEST_PROP(LargestRemainder, adds_up_and_is_within_one_of_the_share, ()) {
  const auto weights = *rc::gen::nonEmpty(
      rc::gen::container<std::vector<std::int64_t>>(rc::gen::inRange<std::int64_t>(1, 10'000)));
  const std::int64_t sum = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
  const std::int64_t amount = *rc::gen::inRange<std::int64_t>(0, sum + 1);
  const auto parts = split(amount, weights);
  RC_ASSERT(std::accumulate(parts.begin(), parts.end(), std::int64_t{0}) == amount);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    RC_ASSERT(parts[i] >= amount * weights[i] / sum);
    RC_ASSERT(parts[i] <= amount * weights[i] / sum + 1);
    RC_ASSERT(parts[i] <= weights[i]);
  }
}

}  // namespace
}  // namespace cartwright::offers
