#include "offers/product.hpp"

#include <gtest/gtest.h>

namespace cartwright::offers {
namespace {

TEST(SoldByNames, are_read_back) {
  for (const SoldBy sold_by : {SoldBy::piece, SoldBy::kg, SoldBy::hundred_grams}) {
    EXPECT_EQ(sold_by_of_name(name(sold_by)), sold_by);
  }
  EXPECT_FALSE(sold_by_of_name("g"));
  EXPECT_EQ(grams_of_price(SoldBy::piece), 0);
  EXPECT_EQ(grams_of_price(SoldBy::kg), 1000);
  EXPECT_EQ(grams_of_price(SoldBy::hundred_grams), 100);
}

TEST(Packs, stand_for_their_units_and_other_numbers_for_one) {
  const gs1::Gtin14 six = *gs1::Gtin14::parse("14006381333938");
  Product cola;
  cola.packs = {{six, 6}};
  EXPECT_EQ(units_of(cola, six), 6);
  EXPECT_EQ(units_of(cola, *gs1::Gtin14::parse("4006381333931")), 1);
}

}  // namespace
}  // namespace cartwright::offers
