#include "offers/stack_table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cartwright::offers::search {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

FreePick pick(std::uint32_t candidate, std::int64_t discount, std::int32_t limited = 0) {
  FreePick made;
  made.discount = discount;
  made.score.gain = discount;
  made.score.limited = limited;
  made.candidates = {candidate};
  return made;
}

StackTable table(std::initializer_list<FreePick> all, std::int64_t base) {
  return StackTable(std::pmr::vector<FreePick>(all), base);
}

TEST(StackTable, gives_the_best_that_fits_the_room) {
  const StackTable stacks = table({pick(1, 50), pick(2, 30), pick(3, 25)}, 100);
  EXPECT_THAT(stacks.within(24).candidates, IsEmpty());
  EXPECT_THAT(stacks.within(25).candidates, ElementsAre(3));
  EXPECT_THAT(stacks.within(49).candidates, ElementsAre(2));
  EXPECT_THAT(stacks.within(54).candidates, ElementsAre(1));
  EXPECT_THAT(stacks.within(79).candidates, ElementsAre(1, 3));
  EXPECT_THAT(stacks.within(100).candidates, ElementsAre(1, 2));
  EXPECT_EQ(stacks.within(100).discount, 80);
  EXPECT_EQ(stacks.within(100).score.gain, 80);
}

// 30 by two of 15, or by one: the one that uses no limit up; of equally good ones the first.
TEST(StackTable, gives_of_equal_discounts_the_better) {
  const StackTable limits = table({pick(1, 30, 1), pick(2, 15), pick(3, 15)}, 30);
  EXPECT_THAT(limits.within(30).candidates, ElementsAre(2, 3));
  const StackTable twins = table({pick(1, 30), pick(2, 30)}, 30);
  EXPECT_THAT(twins.within(30).candidates, ElementsAre(1));
}

TEST(StackTable, has_nothing_where_there_is_no_offer_or_no_room) {
  EXPECT_TRUE(table({}, 100).empty());
  EXPECT_THAT(table({}, 100).within(100).candidates, IsEmpty());
  const StackTable dear = table({pick(1, 101)}, 100);
  EXPECT_TRUE(dear.empty());
  EXPECT_THAT(table({pick(1, 10)}, 100).within(-5).candidates, IsEmpty());
}

}  // namespace
}  // namespace cartwright::offers::search
