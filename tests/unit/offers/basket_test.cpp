#include "offers/basket.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.hpp"
#include "unit/offers/examples.hpp"

namespace cartwright::offers {
namespace {

using examples::line;
using examples::piece;
using examples::weighed;

Basket milk_and_apples() {
  Basket basket;
  basket.add(line("1", piece("milk", 129), Units{2}));
  basket.add(line("2", weighed("apples", 249), Grams(512)));
  return basket;
}

TEST(Basket, keeps_its_lines_in_the_order_of_adding) {
  const Basket basket = milk_and_apples();
  ASSERT_EQ(basket.lines().size(), 2U);
  EXPECT_EQ(basket.lines()[0].key, "1");
  EXPECT_EQ(basket.find("2")->product->id, "apples");
  EXPECT_EQ(basket.find("3"), nullptr);
}

TEST(Basket, refuses_a_key_twice) {
  Basket basket = milk_and_apples();
  EXPECT_THROW(basket.add(line("1", piece("bread", 299), Units{1})), Error);
  EXPECT_EQ(basket.lines().size(), 2U);
}

TEST(Basket, refuses_a_quantity_of_the_wrong_kind_or_not_above_zero) {
  Basket basket = milk_and_apples();
  EXPECT_THROW(basket.add(line("3", piece("bread", 299), Grams(500))), Error);
  EXPECT_THROW(basket.add(line("3", weighed("pears", 299), Units{1})), Error);
  EXPECT_THROW(basket.add(line("3", piece("bread", 299), Units{0})), Error);
  EXPECT_THROW(basket.set_quantity("1", Units{-1}), Error);
  EXPECT_THROW(basket.set_quantity("2", Grams(0)), Error);
  EXPECT_EQ(std::get<Units>(basket.find("1")->quantity), Units{2});
}

TEST(Basket, takes_pieces_off_and_drops_an_empty_line) {
  Basket basket = milk_and_apples();
  basket.take_off("1", Units{1});
  EXPECT_EQ(std::get<Units>(basket.find("1")->quantity), Units{1});
  EXPECT_THROW(basket.take_off("1", Units{2}), Error);
  basket.take_off("1", Units{1});
  EXPECT_EQ(basket.find("1"), nullptr);
  EXPECT_THROW(basket.take_off("2", Units{1}), Error);
}

TEST(Basket, names_a_line_that_it_does_not_have) {
  Basket basket = milk_and_apples();
  try {
    basket.remove("9");
    FAIL() << "removed";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::not_found);
    EXPECT_THAT(error.what(), testing::HasSubstr("line 9"));
  }
}

TEST(Basket, puts_back_from_the_line_added_last) {
  Basket basket = milk_and_apples();
  basket.add(line("3", piece("milk", 129), Units{1}));
  EXPECT_EQ(basket.last_of("milk")->key, "3");
  EXPECT_EQ(basket.last_of("beer"), nullptr);
}

TEST(UnitPrice, is_override_then_member_then_shelf) {
  Product milk = piece("milk", 129);
  milk.member_price = Money(119);
  Basket basket;
  basket.add(line("1", milk, Units{1}));
  EXPECT_EQ(unit_price(*basket.find("1"), false), Money(129));
  EXPECT_EQ(unit_price(*basket.find("1"), true), Money(119));
  basket.override_price("1", {Money(99), "staff-7"});
  EXPECT_EQ(unit_price(*basket.find("1"), true), Money(99));
}

TEST(UnitPrice, is_overridden_only_with_a_name_and_not_below_zero) {
  Basket basket = milk_and_apples();
  EXPECT_THROW(basket.override_price("1", {Money(-1), "staff-7"}), Error);
  EXPECT_THROW(basket.override_price("1", {Money(99), ""}), Error);
  EXPECT_FALSE(basket.find("1")->override_price);
}

TEST(AmountOf, counts_pieces_and_rounds_weights_half_up) {
  EXPECT_EQ(amount_of(Money(129), SoldBy::piece, Units{3}), Money(387));
  EXPECT_EQ(amount_of(Money(300), SoldBy::kg, Grams(512)), Money(154));             // 153.6
  EXPECT_EQ(amount_of(Money(249), SoldBy::hundred_grams, Grams(150)), Money(374));  // 373.5
  EXPECT_EQ(amount_of(Money(249), SoldBy::hundred_grams, Grams(149)), Money(371));  // 371.01
}

}  // namespace
}  // namespace cartwright::offers
