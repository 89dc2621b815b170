#include "offers/eligibility.hpp"

#include <gtest/gtest.h>

namespace cartwright::offers {
namespace {

Facts facts() {
  return {.store = "9521234000013",
          .zones = {"north"},
          .segments = {"family"},
          .coupons = {"C1", "C1", "C2"},
          .redeem = {"C2"},
          .dismissed = {},
          .accepted = {},
          .refused = {}};
}

std::string why(const Offer& offer, bool member = false) {
  const auto why = why_not(offer, member, facts());
  return why ? text({&offer, *why}, facts(), currency("EUR")) : "";
}

TEST(Eligibility, lets_everybody_in_where_an_offer_says_nothing) {
  EXPECT_EQ(why(Offer()), "");
}

TEST(Eligibility, goes_by_store_zone_member_and_segment) {
  Offer offer;
  offer.stores = {"9521234000020"};
  EXPECT_EQ(why(offer), "not in store 9521234000013");
  offer.stores.emplace_back("9521234000013");
  EXPECT_EQ(why(offer), "");
  offer.zones = {"south"};
  EXPECT_EQ(why(offer), "not in a zone of this store");
  offer.zones = {"south", "north"};
  offer.member = true;
  EXPECT_EQ(why(offer), "for members only");
  EXPECT_EQ(why(offer, true), "");
  offer.member = false;
  EXPECT_EQ(why(offer, true), "not for members");
  offer.segments = {"staff"};
  EXPECT_EQ(why(offer), "for another segment of shoppers");
}

TEST(Eligibility, asks_for_the_coupon_and_where_it_must_for_a_word) {
  Offer offer;
  offer.coupon = "C3";
  EXPECT_EQ(why(offer), "coupon C3 was not presented");
  offer.coupon = "C1";
  EXPECT_EQ(why(offer), "");
  offer.redeem = Redeem::ask;
  EXPECT_EQ(why(offer), "coupon C1 is redeemed only when the shopper asks for it");
  offer.coupon = "C2";
  EXPECT_EQ(why(offer), "");
  EXPECT_EQ(presented(facts(), "C1"), 2);
}

}  // namespace
}  // namespace cartwright::offers
