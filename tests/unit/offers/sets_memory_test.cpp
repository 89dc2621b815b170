#include "offers/sets_memory.hpp"

#include <gtest/gtest.h>

#include "unit/offers/offer_examples.hpp"

namespace cartwright::offers {
namespace {

class Sets : public testing::Test {
 protected:
  std::size_t ask(const OfferBook& book) { return memory_.of(book.index(), milk_).size(); }

  const OfferBook book_ = examples::book(
      R"({"id":"a","kind":"percent_off","set":{"products":["milk"]},"bps":1000},
         {"id":"b","kind":"percent_off","set":{"categories":["dairy"]},"bps":500},
         {"id":"c","kind":"percent_off","set":{"products":["bread"]},"bps":500})");
  const OfferBook nothing_ = examples::book("");
  const std::shared_ptr<const Product> milk_ = std::make_shared<const Product>([] {
    Product milk = examples::piece("milk", 129);
    milk.categories = {"dairy"};
    return milk;
  }());
  SetsMemory memory_;
};

TEST_F(Sets, are_those_that_the_index_finds) {
  memory_.begin();
  std::vector<OfferSet> found;
  book_.index().find(*milk_, found);
  const auto remembered = memory_.of(book_.index(), milk_);
  ASSERT_EQ(remembered.size(), 2U);
  ASSERT_EQ(found.size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) EXPECT_EQ(remembered[i].offer, found[i].offer);
}

TEST_F(Sets, are_looked_for_once) {
  memory_.begin();
  EXPECT_EQ(ask(book_), 2U);
  memory_.begin();
  EXPECT_EQ(ask(nothing_), 2U);
}

TEST_F(Sets, of_another_product_are_its_own_though_it_says_the_same) {
  memory_.begin();
  EXPECT_EQ(ask(book_), 2U);
  const auto again = std::make_shared<const Product>(*milk_);
  EXPECT_EQ(memory_.of(nothing_.index(), again).size(), 0U);
}

TEST_F(Sets, that_nobody_asks_for_are_forgotten_with_their_product) {
  memory_.begin();
  ask(book_);
  EXPECT_EQ(milk_.use_count(), 2);
  for (std::uint64_t i = 0; i < 2 * SetsMemory::kKept; ++i) memory_.begin();
  EXPECT_EQ(milk_.use_count(), 1);
  EXPECT_EQ(ask(nothing_), 0U);
}

TEST_F(Sets, that_each_basket_asks_for_stay) {
  memory_.begin();
  ask(book_);
  for (std::uint64_t i = 0; i < 4 * SetsMemory::kKept; ++i) {
    memory_.begin();
    ASSERT_EQ(ask(nothing_), 2U);
  }
}

}  // namespace
}  // namespace cartwright::offers
