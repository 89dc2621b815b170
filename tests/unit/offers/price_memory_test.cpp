#include "offers/price_memory.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/offers/errand.hpp"

namespace cartwright::offers {
namespace {

using judge::Errand;
using judge::Size;
using testing::IsEmpty;

// Some errands of this size, each from its own seed.
void expect_equal(const Size& size, std::uint64_t seed, int errands, std::uint64_t budget) {
  for (int i = 0; i < errands; ++i, ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Errand errand(seed, size, budget);
    EXPECT_THAT(errand.go(25), IsEmpty());
  }
}

TEST(PriceMemory, prices_again_as_from_nothing) {
  expect_equal(judge::kSmall, 1, 12, kDefaultBudget);
  expect_equal(judge::kMedium, 1, 3, kDefaultBudget);
}

TEST(PriceMemory, prices_again_as_from_nothing_where_everything_hangs_together) {
  expect_equal(judge::kEntangled, 1, 3, 2'000);
}

TEST(PriceMemory, prices_again_as_from_nothing_with_little_budget) {
  expect_equal(judge::kSmall, 100, 10, 1);
  expect_equal(judge::kSmall, 200, 10, 60);
  expect_equal(judge::kMedium, 300, 3, 300);
}

TEST(PriceMemory, searches_what_changed_and_nothing_else) {
  Errand errand(7, judge::kLarge, kDefaultBudget);
  EXPECT_THAT(errand.go(2), IsEmpty());
  const std::uint64_t first = errand.searches();
  EXPECT_GT(first, 0);
  EXPECT_THAT(errand.price_again(), IsEmpty());
  EXPECT_EQ(errand.searches(), first);
}

TEST(PriceMemory, forgets_what_belongs_to_another_book) {
  Errand one(1, judge::kSmall, kDefaultBudget);
  Errand other(2, judge::kSmall, kDefaultBudget);
  PriceMemory memory;
  for (int i = 0; i < 3; ++i) {
    EXPECT_THAT(one.price_with(memory), IsEmpty());
    EXPECT_THAT(other.price_with(memory), IsEmpty());
  }
}

}  // namespace
}  // namespace cartwright::offers
