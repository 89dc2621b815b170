#include "offers/solved_basket.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "offers/price_memory.hpp"
#include "unit/offers/offer_examples.hpp"

namespace cartwright::offers {
namespace {

using testing::ElementsAre;

struct Solved {
  Solved(const std::string& offers, const std::string& lines, const PriceOptions& options = {})
      : book(examples::book(offers)),
        file(examples::basket(lines)),
        solved(solve_basket(book, file.basket, file.facts, options)) {}

  OfferBook book;
  BasketFile file;
  SolvedBasket solved;
};

constexpr const char* kMilkAndBread =
    R"({"key":"1","product":"milk","units":1},{"key":"2","product":"bread","units":1})";
// A milk (129) that is given from a net 500 on, beside two bread (500).
constexpr const char* kMilkAndTwoBread =
    R"({"key":"1","product":"milk","units":1},{"key":"2","product":"bread","units":2})";

std::string gift(const char* threshold, const char* more = "") {
  return std::string(R"({"id":"gift","kind":"basket","base":"net","gift":"milk",)") +
         R"("threshold_minor":)" + threshold + "}" + more;
}

TEST(SolvedBasket, saves_what_mandatory_item_and_basket_offers_take_off) {
  const Solved made(
      R"({"id":"a","kind":"amount_off","set":{"products":["milk"]},"amount_minor":20},
         {"id":"m","kind":"amount_off","set":{"products":["bread"]},"amount_minor":50,
          "mandatory":true},
         {"id":"over","kind":"basket","threshold_minor":100,"amount_minor":30})",
      kMilkAndBread);
  EXPECT_EQ(made.solved.saved(), Money(100));
  EXPECT_EQ(made.solved.saved_by(*made.book.find("a")), Money(20));
  EXPECT_EQ(made.solved.saved_by(*made.book.find("m")), Money(50));
  EXPECT_EQ(made.solved.saved_by(*made.book.find("over")), Money(30));
  EXPECT_THAT(made.solved.net, ElementsAre(109, 200));  // before the basket offer
  EXPECT_EQ(made.solved.bound, made.solved.solution.goods);
}

TEST(SolvedBasket, names_a_gift_by_the_offer_that_gives_it) {
  const Solved made(gift("500"), kMilkAndTwoBread);
  EXPECT_EQ(made.solved.solution.goods, 500);
  EXPECT_EQ(made.solved.saved_by(*made.book.find("gift")), Money(129));
}

TEST(SolvedBasket, leaves_out_a_gift_whose_net_threshold_does_not_hold) {
  const Solved made(gift("501"), kMilkAndTwoBread);
  EXPECT_EQ(made.solved.solution.goods, 629);
  EXPECT_EQ(made.solved.saved(), Money(0));
  EXPECT_EQ(made.solved.bound, 500);  // a proof would need to know that nothing else comes to it
}

TEST(SolvedBasket, takes_instead_what_the_gift_had_displaced) {
  const Solved made(
      gift("501", R"(,{"id":"half","kind":"percent_off","set":{"products":["milk"]},"bps":5000})"),
      kMilkAndTwoBread);
  EXPECT_EQ(made.solved.saved_by(*made.book.find("gift")), Money(0));
  EXPECT_EQ(made.solved.saved_by(*made.book.find("half")), made.solved.saved());
  EXPECT_GT(made.solved.saved(), Money(0));
}

TEST(SolvedBasket, with_a_memory_is_the_same) {
  const OfferBook book = examples::book(gift("501"));
  const BasketFile file = examples::basket(kMilkAndTwoBread);
  PriceMemory memory;
  PriceOptions remembering;
  remembering.memory = &memory;
  const SolvedBasket first = solve_basket(book, file.basket, file.facts, {});
  for (int i = 0; i < 2; ++i) {
    const SolvedBasket again = solve_basket(book, file.basket, file.facts, remembering);
    EXPECT_EQ(again.solution.goods, first.solution.goods);
    EXPECT_EQ(again.bound, first.bound);
    EXPECT_EQ(again.states, first.states);
  }
}

TEST(SumOfNet, counts_the_units_of_the_scope) {
  EXPECT_EQ(sum_of_net(UnitSet{0, 2}, {5, 6, 7}), Money(12));
  EXPECT_EQ(sum_of_net({}, {5}), Money(0));
}

}  // namespace
}  // namespace cartwright::offers
