#include "offers/coupon_offer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/rfc3339.hpp"

namespace cartwright::offers {
namespace {

using gs1::CouponRule;
using gs1::CouponSaving;
using gs1::CouponUnit;
using testing::ElementsAre;
using testing::HasSubstr;

std::shared_ptr<const Product> product(const std::string& id, const std::string& gtin,
                                       std::vector<std::string> categories) {
  Product product;
  product.id = id;
  product.gtins.push_back(*gs1::Gtin14::parse(gtin));
  product.price = Money(499);
  product.categories = std::move(categories);
  return std::make_shared<const Product>(std::move(product));
}

// Two families of company 0614141, and a product of company 0012345.
Basket goods() {
  Basket basket;
  basket.add({"1", product("soap", "614141000036", {"family-160"}), Units{1}, {}, {}});
  basket.add({"2", product("wipes", "614141000043", {"family-164"}), Units{1}, {}, {}});
  basket.add({"3", product("tea", "012345000010", {"family-164"}), Units{1}, {}, {}});
  return basket;
}

gs1::Coupon8110 coupon(std::int64_t value, CouponSaving saving, std::int64_t pieces = 1,
                       const std::string& family = "160") {
  gs1::Coupon8110 coupon;
  coupon.offer_code = "654321";
  coupon.save_value = value;
  coupon.saving = saving;
  coupon.primary = {pieces, CouponUnit::pieces, family, "0614141"};
  return coupon;
}

std::variant<std::vector<Offer>, NotMapped> mapped(const gs1::Coupon8110& coupon,
                                                   const std::string& store = "0614141000005") {
  const Basket basket = goods();
  return offers_of_coupon(
      coupon, "C", {.basket = basket, .store = store, .zone = nullptr, .reference_year = 2026});
}

Offer one(const gs1::Coupon8110& coupon) {
  const auto result = mapped(coupon);
  if (const auto* not_mapped = std::get_if<NotMapped>(&result)) {
    ADD_FAILURE() << not_mapped->why;
    return {};
  }
  const auto& offers = std::get<std::vector<Offer>>(result);
  EXPECT_EQ(offers.size(), 1U);
  return offers.front();
}

std::string why_not_mapped(const gs1::Coupon8110& coupon, const std::string& store = {}) {
  const auto result = mapped(coupon, store);
  const auto* not_mapped = std::get_if<NotMapped>(&result);
  return not_mapped == nullptr ? "mapped" : not_mapped->why;
}

TEST(CouponFamily, lets_zeros_at_its_end_stand_for_any_digit) {
  EXPECT_TRUE(family_fits("164", "164"));
  EXPECT_FALSE(family_fits("164", "165"));
  EXPECT_TRUE(family_fits("160", "164"));
  EXPECT_FALSE(family_fits("160", "174"));
  EXPECT_TRUE(family_fits("100", "164"));
  EXPECT_FALSE(family_fits("200", "164"));
  EXPECT_TRUE(family_fits("000", "164"));
  EXPECT_FALSE(family_fits("160", "16"));
}

TEST(CouponOffer, takes_cents_off_one_item_at_the_makers_cost) {
  const Offer offer = one(coupon(150, CouponSaving::cents));
  const auto& shape = std::get<UnitOffer>(offer.shape);
  EXPECT_THAT(shape.set.products, ElementsAre("soap", "wipes"));
  EXPECT_EQ(std::get<AmountReward>(shape.reward).off, Money(150));
  EXPECT_EQ(offer.coupon, "C");
  EXPECT_EQ(offer.limit, 1);
  EXPECT_EQ(offer.tax_base, TaxBase::keep);
  ASSERT_EQ(offer.funding.size(), 1U);
  EXPECT_EQ(offer.funding[0].funder, "company-0614141");
}

TEST(CouponOffer, of_the_store_is_the_retailers_and_lowers_the_tax_base) {
  gs1::Coupon8110 store = coupon(150, CouponSaving::cents);
  store.store_coupon = 1;
  const Offer offer = one(store);
  EXPECT_TRUE(offer.funding.empty());
  EXPECT_EQ(offer.tax_base, TaxBase::reduce);
}

TEST(CouponOffer, takes_cents_off_several_items_once) {
  const Offer offer = one(coupon(150, CouponSaving::cents, 2));
  const auto& shape = std::get<Tiers>(offer.shape);
  ASSERT_EQ(shape.steps.size(), 1U);
  EXPECT_EQ(shape.steps[0].at, 2);
  EXPECT_EQ(std::get<Money>(shape.steps[0].reward), Money(150));
}

TEST(CouponOffer, takes_a_rate_off_as_many_items_as_it_asks_for) {
  const Offer offer = one(coupon(25, CouponSaving::percent, 2));
  const auto& shape = std::get<CheapestOf>(offer.shape);
  EXPECT_EQ(shape.n, 2);
  EXPECT_EQ(shape.k, 2);
  EXPECT_EQ(shape.bps, 2500);
}

TEST(CouponOffer, gives_an_item_free_up_to_its_value) {
  const Offer alone = one(coupon(399, CouponSaving::free_item));
  EXPECT_EQ(std::get<AmountReward>(std::get<UnitOffer>(alone.shape).reward).off, Money(399));
  const Offer third = one(coupon(0, CouponSaving::free_item, 3));
  const auto& shape = std::get<BuyGet>(third.shape);
  EXPECT_EQ(shape.n, 2);
  EXPECT_EQ(shape.m, 1);
  EXPECT_TRUE(shape.lesser);
  EXPECT_EQ(std::get<PercentReward>(shape.reward).bps, 10'000);
  const Offer two = one(coupon(2, CouponSaving::free_items, 5));
  EXPECT_EQ(std::get<CheapestOf>(two.shape).k, 2);
}

TEST(CouponOffer, asks_for_money_spent_on_the_family_or_on_all) {
  gs1::Coupon8110 spent = coupon(100, CouponSaving::cents, 2000);
  spent.primary.unit = CouponUnit::cash_of_family;
  const Offer of_family = one(spent);
  const auto& shape = std::get<BasketOffer>(of_family.shape);
  ASSERT_TRUE(shape.scope);
  EXPECT_EQ(shape.threshold, Money(2000));
  spent.primary.unit = CouponUnit::cash_of_total;
  spent.saving = CouponSaving::cents_of_total;
  const Offer of_all = one(spent);
  EXPECT_FALSE(std::get<BasketOffer>(of_all.shape).scope);
}

TEST(CouponOffer, that_takes_either_purchase_is_several_offers_on_one_coupon) {
  gs1::Coupon8110 either = coupon(100, CouponSaving::cents, 1, "164");
  either.rule = CouponRule::any;
  either.second = gs1::CouponPurchase{1, CouponUnit::pieces, "000", "012345"};
  const auto offers = std::get<std::vector<Offer>>(mapped(either));
  ASSERT_EQ(offers.size(), 2U);
  EXPECT_EQ(offers[0].coupon, offers[1].coupon);
  EXPECT_NE(offers[0].id, offers[1].id);
  EXPECT_THAT(std::get<UnitOffer>(offers[0].shape).set.products, ElementsAre("wipes"));
  EXPECT_THAT(std::get<UnitOffer>(offers[1].shape).set.products, ElementsAre("tea"));
  either.rule = CouponRule::other_family;
  EXPECT_THAT(std::get<UnitOffer>(one(either).shape).set.products, ElementsAre("tea", "wipes"));
}

TEST(CouponOffer, that_takes_both_purchases_rewards_the_one_it_applies_to) {
  gs1::Coupon8110 both = coupon(100, CouponSaving::cents, 1, "164");
  both.rule = CouponRule::all;
  both.second = gs1::CouponPurchase{2, CouponUnit::pieces, "000", "012345"};
  const Offer first = one(both);
  EXPECT_THAT(std::get<BuyGet>(first.shape).get.products, ElementsAre("wipes"));
  EXPECT_EQ(std::get<BuyGet>(first.shape).n, 2);
  both.applies_to = 1;
  EXPECT_THAT(why_not_mapped(both), HasSubstr("several items"));
  both.saving = CouponSaving::percent;
  const Offer second = one(both);
  EXPECT_THAT(std::get<BuyGet>(second.shape).get.products, ElementsAre("tea"));
  EXPECT_EQ(std::get<BuyGet>(second.shape).m, 2);
}

TEST(CouponOffer, holds_from_its_first_to_its_last_day_in_the_store) {
  gs1::Coupon8110 dated = coupon(100, CouponSaving::cents);
  dated.starts = "260301";
  dated.expires = "260331";
  const TimeZone zone = TimeZone::load("America/New_York");
  const Basket basket = goods();
  const auto offers = std::get<std::vector<Offer>>(offers_of_coupon(
      dated, "C", {.basket = basket, .store = {}, .zone = &zone, .reference_year = 2026}));
  EXPECT_EQ(offers[0].when.from, parse_rfc3339("2026-03-01T00:00:00-05:00")->seconds);
  EXPECT_EQ(offers[0].when.to, parse_rfc3339("2026-04-01T00:00:00-04:00")->seconds);
}

TEST(CouponOffer, is_not_made_of_what_no_till_can_check) {
  gs1::Coupon8110 odd = coupon(100, CouponSaving::cents);
  odd.primary.unit = CouponUnit::cashier_decides;
  EXPECT_THAT(why_not_mapped(odd), HasSubstr("a person must decide"));
  odd.primary.unit = CouponUnit::pounds;
  EXPECT_THAT(why_not_mapped(odd), HasSubstr("weight"));
  odd = coupon(100, CouponSaving::cents, 1, "992");
  EXPECT_THAT(why_not_mapped(odd), HasSubstr("a person must look"));
  odd = coupon(100, CouponSaving::cents_of_total);
  EXPECT_THAT(why_not_mapped(odd), HasSubstr("not off what it asks for"));
  odd = coupon(101, CouponSaving::percent);
  EXPECT_THAT(why_not_mapped(odd), HasSubstr("101 percent"));
  odd = coupon(100, CouponSaving::cents);
  odd.retailer = "0614141000005";
  EXPECT_EQ(why_not_mapped(odd, "0614141000005"), "mapped");
  EXPECT_THAT(why_not_mapped(odd, "9521234000013"), HasSubstr("only retailer"));
  odd.retailer.clear();
  odd.applies_to = 2;
  EXPECT_THAT(why_not_mapped(odd), HasSubstr("does not name"));
}

}  // namespace
}  // namespace cartwright::offers
