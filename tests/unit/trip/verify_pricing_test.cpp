#include "trip/verify_pricing.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "trip/sale_record.hpp"
#include "trip/trip.hpp"
#include "unit/trip/small_store.hpp"

namespace cartwright::trip {
namespace {

using namespace testing;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Three of milk, apples with their coupon, wine for a member of gold.
v1::SaleRecord sale() {
  Store store;
  Trip trip(store.database(), store.clock());
  trip.start(start_with_offers());
  trip.set_member(true, {"gold"});
  trip.present_coupon("C1");
  trip.add_item(milk(), pieces(3));
  trip.add_item(apples(), grams(1500));
  trip.add_item(wine(), pieces(1));
  return make_sale_record(trip.state(), trip.state().last_at());
}

// What is found once the sale is tampered with.
std::vector<std::string> after(const std::function<void(v1::SaleRecord&)>& change) {
  v1::SaleRecord record = sale();
  change(record);
  return pricing_findings(record, &week()->book);
}

TEST(PricingFindings, are_none_in_what_the_engine_makes) {
  EXPECT_THAT(pricing_findings(sale(), &week()->book), IsEmpty());
  EXPECT_THAT(pricing_findings(sale(), nullptr), IsEmpty());
}

TEST(PricingFindings, tell_shares_that_do_not_add_up) {
  EXPECT_THAT(after([](auto& record) { record.mutable_lines(0)->set_net_minor(1); }),
              Contains(HasSubstr("line 1 is discounted by 119")));
  EXPECT_THAT(after([](auto& record) {
                record.mutable_lines(0)->mutable_shares(1)->mutable_funders(0)->set_minor(1);
              }),
              Contains(HasSubstr("is borne")));
  EXPECT_THAT(after([](auto& record) { record.mutable_offers(0)->set_discount_minor(7); }),
              Contains(HasSubstr("takes off 7")));
  EXPECT_THAT(after([](auto& record) { record.mutable_offers()->DeleteSubrange(0, 1); }),
              Contains(HasSubstr("is not listed")));
}

TEST(PricingFindings, tell_amounts_below_zero) {
  EXPECT_THAT(after([](auto& record) { record.mutable_lines(0)->set_net_minor(-1); }),
              Contains(HasSubstr("line 1 is below zero")));
  EXPECT_THAT(after([](auto& record) {
                record.mutable_lines(0)->mutable_shares(1)->set_discount_minor(-5);
              }),
              Contains(HasSubstr("raises the price")));
  EXPECT_THAT(after([](auto& record) { record.set_bound_minor(100'000); }),
              Contains(HasSubstr("bound")));
}

TEST(PricingFindings, tell_units_that_serve_twice) {
  EXPECT_THAT(after([](auto& record) { record.mutable_lines(0)->set_pieces(2); }),
              Contains(HasSubstr("2 units, and exclusive offers use 3")));
}

TEST(PricingFindings, tell_offers_that_are_not_for_this_sale) {
  EXPECT_THAT(after([](auto& record) { record.mutable_eligibility()->set_member(false); }),
              Contains(HasSubstr("offer members is for members only")));
  EXPECT_THAT(after([](auto& record) { record.mutable_eligibility()->clear_coupons(); }),
              Contains(HasSubstr("was presented 0 times")));
  EXPECT_THAT(
      after([](auto& record) { record.mutable_lines(0)->mutable_item()->set_product("butter"); }),
      Contains(HasSubstr("does not take butter")));
  EXPECT_THAT(after([](auto& record) { record.mutable_offers(0)->set_offer("other"); }),
              Contains(HasSubstr("offer other is not among the store's")));
}

}  // namespace
}  // namespace cartwright::trip
