#include "offers/search_memory.hpp"

#include <gtest/gtest.h>

#include "unit/offers/small_parts.hpp"

namespace cartwright::offers::search {
namespace {

using examples::bundle;
using examples::line;
using offers::examples::basket;

constexpr std::uint64_t kBudget = 1'000;

const std::string kPair = bundle("a", R"("milk","bread")", 2, 200, R"(,"limit":2)") + "," +
                          bundle("b", R"("milk","bread")", 3, 310);

// One book of offers, and the one part of each basket that is asked about.
class Memory : public testing::Test {
 protected:
  // The gain of the best way, with a memory and without one the same.
  void ask(const std::string& lines, std::uint64_t budget = kBudget, const Outside& outside = {}) {
    const BasketFile file = basket(lines);
    const BuiltProblem built = build_problem(book_, file.basket, file.facts);
    const std::vector<std::int64_t> most = most_applications(built.problem);
    const Partition partition(built.problem, most, {});
    const PartViews views(built.problem, most, partition.components());
    ASSERT_EQ(views.views().size(), 1U);
    memory_.begin();
    const Searched& remembered = memory_.search(views.views()[0], outside, budget, Effects::yes);
    const Searched worked_out = search_part(views.views()[0], outside, budget, Effects::yes);
    EXPECT_EQ(remembered.found.bound, worked_out.found.bound);
    EXPECT_EQ(remembered.found.states, worked_out.found.states);
    ASSERT_EQ(remembered.found.ways.size(), worked_out.found.ways.size());
    ASSERT_EQ(remembered.effects.size(), worked_out.effects.size());
    EXPECT_EQ(remembered.effects[0].gain, worked_out.effects[0].gain);
  }
  // How many searches that took.
  std::uint64_t searches(const std::string& lines, std::uint64_t budget = kBudget,
                         const Outside& outside = {}) {
    const std::uint64_t before = memory_.searches();
    ask(lines, budget, outside);
    return memory_.searches() - before;
  }

  const OfferBook book_ = offers::examples::book(kPair);
  SearchMemory memory_{book_.offers()};
};

const std::string kThree = line("1", "milk", 2) + "," + line("2", "bread", 1);

TEST_F(Memory, searches_a_part_once) {
  EXPECT_EQ(searches(kThree), 1U);
  EXPECT_EQ(searches(kThree), 0U);
}

TEST_F(Memory, knows_a_part_by_other_keys_and_beside_other_goods) {
  EXPECT_EQ(searches(kThree), 1U);
  EXPECT_EQ(searches(line("5", "milk", 2) + "," + line("7", "bread", 1)), 0U);
  EXPECT_EQ(searches(line("0", "wine", 1) + "," + kThree), 0U);
}

TEST_F(Memory, searches_again_what_is_not_the_same) {
  EXPECT_EQ(searches(kThree), 1U);
  EXPECT_EQ(searches(line("1", "milk", 3) + "," + line("2", "bread", 1)), 1U);
  EXPECT_EQ(searches(line("1", "milk", 2) + "," + line("2", "bread", 2)), 1U);
  // The order of the keys decides between units that are equal otherwise.
  EXPECT_EQ(searches(line("2", "milk", 2) + "," + line("1", "bread", 1)), 1U);
  const Outside asked{.groups = {}, .coupons = {}, .marks = {0}, .window = 100};
  EXPECT_EQ(searches(kThree, kBudget, asked), 1U);
  EXPECT_EQ(searches(kThree), 0U);
}

TEST_F(Memory, takes_a_search_that_ended_early_for_its_own_budget_alone) {
  const std::string many = line("1", "milk", 4) + "," + line("2", "bread", 4);
  EXPECT_EQ(searches(many, 1), 1U);
  EXPECT_EQ(searches(many, 1), 0U);
  EXPECT_EQ(searches(many, 100'000), 1U);
  EXPECT_EQ(searches(many, 200'000), 0U);  // all was looked at with a small part of either
}

TEST_F(Memory, forgets_what_nobody_asks_for) {
  EXPECT_EQ(searches(kThree), 1U);
  for (std::uint64_t i = 0; i < SearchMemory::kKept; ++i) memory_.begin();
  EXPECT_EQ(searches(kThree), 1U);
  for (std::uint64_t i = 0; i < 2 * SearchMemory::kKept; ++i) ASSERT_EQ(searches(kThree), 0U);
}

TEST_F(Memory, remembers_nothing_of_offers_that_are_not_its_own) {
  memory_ = SearchMemory();
  EXPECT_EQ(searches(kThree), 1U);
  EXPECT_EQ(searches(kThree), 1U);
}

TEST_F(Memory, remembers_rankings_apart) {
  const BasketFile file = basket(kThree);
  const BuiltProblem built = build_problem(book_, file.basket, file.facts);
  const std::vector<std::int64_t> most = most_applications(built.problem);
  const Partition partition(built.problem, most, {});
  const PartViews views(built.problem, most, partition.components());
  const PartView& part = views.views()[0];
  memory_.begin();
  // By priority, then by id, two of three are bundled; three bring more for a unit.
  EXPECT_EQ(memory_.rank(part, Ranking::priority).gain, rank_part(part, Ranking::priority).gain);
  const Effect& first = memory_.rank(part, Ranking::average_value);
  EXPECT_EQ(first.gain, rank_part(part, Ranking::average_value).gain);
  EXPECT_EQ(&memory_.rank(part, Ranking::average_value), &first);
  EXPECT_EQ(memory_.searches(), 0U);
}

}  // namespace
}  // namespace cartwright::offers::search
