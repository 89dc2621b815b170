#include "cart/refusals.hpp"

#include <gtest/gtest.h>

namespace cartwright::cart {
namespace {

TEST(Refusals, have_a_word_in_the_log_where_there_is_a_trip) {
  EXPECT_EQ(why_of(Refusal::unknown_product), v1::ScanRefused::UNKNOWN_PRODUCT);
  EXPECT_EQ(why_of(Refusal::recalled), v1::ScanRefused::RECALLED);
  EXPECT_EQ(why_of(Refusal::expired), v1::ScanRefused::EXPIRED);
  EXPECT_FALSE(why_of(Refusal::no_trip));
  EXPECT_FALSE(why_of(Refusal::not_stored));
}

TEST(Refusals, of_what_is_not_for_sale_say_why) {
  EXPECT_EQ(refusal_of(offers::NotForSale::Why::recalled), Refusal::recalled);
  EXPECT_EQ(refusal_of(offers::NotForSale::Why::expired), Refusal::expired);
  EXPECT_EQ(refusal_of(offers::NotForSale::Why::not_priced), Refusal::not_allowed);
}

}  // namespace
}  // namespace cartwright::cart
