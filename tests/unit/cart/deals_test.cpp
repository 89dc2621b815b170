#include "cart/deals.hpp"

#include <gmock/gmock.h>

#include "base/error.hpp"
#include "cart/views.hpp"
#include "unit/cart/small_store.hpp"

namespace cartwright::cart {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::kPen;
using testing::kWine;

struct ADeal : testing::SmallStore, ::testing::Test {
  void SetUp() override {
    import_offers();
    shopping->start_trip();
    deals.emplace(*trip, *shopping, [this](const Event& event) { events.push_back(event); });
  }
  // As the runtime does after each change of the basket.
  void scan(const std::string& code) {
    SmallStore::scan(code);
    deals->look();
    deals->tell_news();
  }
  std::int64_t total() const { return trip->state().totals().total.minor(); }

  std::optional<Deals> deals;
};

TEST_F(ADeal, says_what_one_more_would_save_and_where_it_lies) {
  scan(kPen);
  const auto changed = last<OffersChanged>();
  EXPECT_THAT(changed.applied, IsEmpty());
  ASSERT_EQ(changed.nudges.size(), 2U);
  EXPECT_EQ(changed.nudges[0].offer, "pen-and-wine");
  EXPECT_EQ(changed.nudges[0].saves_minor, 150);
  ASSERT_EQ(changed.nudges[0].need.size(), 1U);
  EXPECT_EQ(changed.nudges[0].need[0].name, "Wine");
  EXPECT_EQ(changed.nudges[1].name, "2 pens for 4");
  EXPECT_EQ(changed.nudges[1].need[0].units, 1);
}

TEST_F(ADeal, is_told_when_it_applies_with_the_shares_on_its_line) {
  scan(kPen);
  scan(kPen);
  const auto changed = last<OffersChanged>();
  ASSERT_EQ(changed.applied.size(), 1U);
  EXPECT_EQ(changed.applied[0].name, "2 pens for 4");
  EXPECT_EQ(changed.applied[0].discount_minor, 100);
  EXPECT_EQ(changed.totals.total_minor, 400);
  EXPECT_TRUE(changed.totals.proven_best);
  const Line line = line_of(trip->state(), "1");
  EXPECT_EQ(line.net_minor, 400);
  ASSERT_EQ(line.shares.size(), 1U);
  EXPECT_EQ(line.shares[0].reason, "2 pens for 4");
  EXPECT_EQ(line.shares[0].discount_minor, 100);
  EXPECT_FALSE(line.shares[0].qualifies);
}

TEST_F(ADeal, is_told_once) {
  scan(kPen);
  const std::size_t before = told<OffersChanged>().size();
  deals->look();
  deals->tell_news();
  EXPECT_EQ(told<OffersChanged>().size(), before);
}

TEST_F(ADeal, that_was_dismissed_is_nudged_no_more) {
  scan(kPen);
  deals->dismiss_nudge("pen-and-wine");
  ASSERT_EQ(last<OffersChanged>().nudges.size(), 1U);
  EXPECT_EQ(last<OffersChanged>().nudges[0].offer, "pens");
  scan(kPen);
  for (const Nudge& nudge : deals->nudges()) EXPECT_NE(nudge.offer, "pen-and-wine");
}

TEST_F(ADeal, comes_with_its_coupon_and_goes_with_it) {
  scan(kWine);
  EXPECT_EQ(total(), 600);
  deals->present_coupon("W1");
  EXPECT_EQ(last<OffersChanged>().totals.total_minor, 500);
  EXPECT_EQ(view_of(trip->state()).coupons, std::vector<std::string>{"W1"});
  deals->take_back_coupon("W1");
  EXPECT_EQ(last<OffersChanged>().totals.total_minor, 600);
  EXPECT_THROW(deals->redeem_coupon("W1", true), Error);
}

TEST_F(ADeal, for_a_segment_waits_for_the_shopper_to_be_known) {
  scan(kWine);
  deals->set_member(true, {"club"});
  EXPECT_EQ(last<OffersChanged>().totals.total_minor, 540);
  EXPECT_TRUE(view_of(trip->state()).member);
}

TEST_F(ADeal, comes_with_a_coupon_that_was_scanned) {
  scan(kPen);
  // 1.00 off one item of the company of the pen's GTIN.
  shopping->scan({"811004006386543213100110000", "]e0", gs1::Symbology::unknown});
  const auto taken = last<CouponTaken>();
  EXPECT_EQ(taken.coupon, "(8110)04006386543213100110000");
  EXPECT_FALSE(taken.needs_server);
  EXPECT_FALSE(taken.why_unused.empty()) << "it is of another company: six digits are a U.P.C.'s";
  shopping->scan({"8110140063816543213100110000", "]e0", gs1::Symbology::unknown});
  EXPECT_EQ(last<CouponTaken>().why_unused, "");
  EXPECT_EQ(total(), 150);
}

TEST_F(ADeal, of_a_server_waits_for_its_word) {
  scan(kPen);
  shopping->scan({"81120106141416543210123456", "]e0", gs1::Symbology::unknown});
  EXPECT_TRUE(last<CouponTaken>().needs_server);
  EXPECT_EQ(view_of(trip->state()).unsettled_coupons.size(), 1U);
  EXPECT_THROW(checkout->pay({}), Error);
  deals->settle_coupon(last<CouponTaken>().coupon, false, "server 17");
  EXPECT_TRUE(view_of(trip->state()).unsettled_coupons.empty());
}

TEST_F(ADeal, stays_that_of_the_trip_when_the_store_imports_others) {
  scan(kPen);
  import_offers(R"({"currency":"EUR","offers":[]})");
  scan(kPen);
  EXPECT_EQ(total(), 400);
  restart();
  EXPECT_EQ(total(), 400);
  trip->end(v1::TripEnded::ABANDONED);
  shopping->start_trip();
  SmallStore::scan(kPen);
  SmallStore::scan(kPen);
  EXPECT_EQ(total(), 500);
}

}  // namespace
}  // namespace cartwright::cart
