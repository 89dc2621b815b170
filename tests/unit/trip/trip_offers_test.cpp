// A trip with offers: what it costs follows from its log and the offers that the log keeps.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.hpp"
#include "trip/receipt.hpp"
#include "trip/sale_record.hpp"
#include "trip/trip.hpp"
#include "trip/verify.hpp"
#include "unit/trip/small_store.hpp"

namespace cartwright::trip {
namespace {

using namespace testing;
using offers::Money;
using offers::Units;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class ATripWithOffers : public ::testing::Test {
 protected:
  ATripWithOffers() : trip_(store_.database(), store_.clock()) { trip_.start(start_with_offers()); }

  Money goods() const { return trip_.state().totals().goods; }
  std::vector<std::string> applied() const {
    std::vector<std::string> ids;
    for (const offers::AppliedOffer& each : trip_.state().priced().applied)
      ids.push_back(each.offer);
    return ids;
  }
  std::string picture_after_a_restart() {
    return picture(store_.replayed(trip_.state().trip_id()));
  }

  Store store_;
  Trip trip_;
};

TEST_F(ATripWithOffers, names_their_version_and_keeps_it_with_its_log) {
  EXPECT_EQ(to_hex(as_bytes(trip_.state().header().offers_digest())), week()->book.digest());
  EXPECT_EQ(trip_.log().offers(week()->book.digest())->text, week()->text);
}

TEST_F(ATripWithOffers, sells_three_for_two_and_says_who_bears_it) {
  trip_.add_item(milk(), pieces(2));
  EXPECT_EQ(goods(), Money(258));
  trip_.add_item(milk(), pieces(1));
  EXPECT_EQ(goods(), Money(258));
  const auto& shares = trip_.state().priced().shares.at(0);
  ASSERT_EQ(shares.size(), 2U);
  EXPECT_EQ(shares[0].role, offers::Role::qualify);
  EXPECT_EQ(shares[1].amount, Money(129));
  ASSERT_EQ(shares[1].funders.size(), 2U);
  EXPECT_EQ(shares[1].funders[0].minor + shares[1].funders[1].minor, 129);
  trip_.put_back("1", Units{1});
  EXPECT_THAT(applied(), IsEmpty());
  EXPECT_EQ(picture_after_a_restart(), picture(trip_.state()));
}

TEST_F(ATripWithOffers, takes_a_coupon_that_is_presented_and_gives_it_up_again) {
  trip_.add_item(apples(), grams(1000));
  EXPECT_EQ(goods(), Money(299));
  trip_.present_coupon("C1");
  EXPECT_EQ(goods(), Money(199));
  trip_.take_back_coupon("C1");
  EXPECT_EQ(goods(), Money(299));
  EXPECT_THROW(trip_.take_back_coupon("C1"), Error);
  EXPECT_EQ(picture_after_a_restart(), picture(trip_.state()));
}

TEST_F(ATripWithOffers, redeems_on_command_what_waits_for_it) {
  trip_.add_item(apples(), grams(1000));
  EXPECT_THROW(trip_.redeem_coupon("C2", true), Error);
  trip_.present_coupon("C2");
  EXPECT_EQ(goods(), Money(299));
  trip_.redeem_coupon("C2", true);
  EXPECT_EQ(goods(), Money(30));
  trip_.redeem_coupon("C2", false);
  EXPECT_EQ(goods(), Money(299));
  trip_.redeem_coupon("C2", true);
  trip_.take_back_coupon("C2");
  trip_.present_coupon("C2");
  EXPECT_EQ(goods(), Money(299)) << "a coupon that comes anew waits anew";
}

TEST_F(ATripWithOffers, knows_members_by_segment) {
  trip_.add_item(wine(), pieces(1));
  trip_.set_member(true);
  EXPECT_THAT(applied(), ElementsAre("points"));
  trip_.set_member(true, {"gold"});
  EXPECT_THAT(applied(), ElementsAre("members", "points"));
  EXPECT_EQ(goods(), Money(539));
}

TEST_F(ATripWithOffers, judges_hours_by_the_time_of_the_line_and_by_no_other_clock) {
  trip_.add_item(water(), pieces(1));
  EXPECT_EQ(goods(), Money(50));
  EXPECT_EQ(trip_.state().totals().taxes.at(0).base, Money(79)) << "its tax base is kept";
  store_.clock().advance_ms(3'600'000);
  trip_.add_item(milk(), pieces(1));
  EXPECT_EQ(goods(), Money(50 + 129));
  EXPECT_EQ(picture_after_a_restart(), picture(trip_.state()));
}

TEST_F(ATripWithOffers, says_what_one_more_would_save_until_that_is_dismissed) {
  trip_.add_item(milk(), pieces(2));
  const std::vector<offers::Nudge> nudges = trip_.state().nudges();
  ASSERT_EQ(nudges.size(), 1U);
  EXPECT_EQ(nudges[0].offer, "milk-3-for-2");
  EXPECT_EQ(nudges[0].saves, Money(129));
  trip_.dismiss_nudge("milk-3-for-2");
  EXPECT_THAT(trip_.state().nudges(), IsEmpty());
  EXPECT_THAT(store_.replayed(trip_.state().trip_id()).nudges(), IsEmpty());
}

TEST_F(ATripWithOffers, nudges_nobody_once_payment_has_begun) {
  trip_.add_item(milk(), pieces(2));
  trip_.intend_payment("terminal0", "", "");
  EXPECT_THAT(trip_.state().nudges(), IsEmpty());
  EXPECT_THROW(trip_.present_coupon("C1"), Error);
}

TEST_F(ATripWithOffers, settles_with_the_whole_allocation_in_its_sale_record) {
  trip_.set_member(false, {"blue"});
  trip_.present_coupon("C1");
  trip_.add_item(milk(), pieces(3));
  trip_.add_item(apples(), grams(1500));
  pay(trip_);
  const std::string id = trip_.state().trip_id();
  const v1::SaleRecord record = decode_sale_record(id, trip_.log().sale(id)->bytes);
  ASSERT_EQ(record.offers_size(), 3);
  EXPECT_EQ(record.offers(0).offer(), "apple-coupon");
  EXPECT_EQ(record.offers(1).name(), "3 for 2");
  EXPECT_EQ(record.offers(2).points(), 20);
  EXPECT_EQ(record.bound_minor(), record.goods_minor());
  EXPECT_THAT(record.eligibility().coupons(), ElementsAre("C1"));
  EXPECT_THAT(record.eligibility().segments(), ElementsAre("blue"));
  ASSERT_EQ(record.lines(0).shares_size(), 2);
  EXPECT_TRUE(record.lines(0).shares(0).qualifies());
  EXPECT_EQ(record.lines(0).shares(0).units(), 2U);
  EXPECT_EQ(record.lines(0).shares(1).discount_minor(), 129);
  EXPECT_EQ(record.lines(0).at(), "2026-03-01T08:15:00.000+01:00");
  EXPECT_THAT(verify(trip_.log(), id), IsEmpty());
}

TEST_F(ATripWithOffers, prints_each_discount_by_its_name_and_the_points) {
  trip_.add_item(milk(), pieces(3));
  trip_.add_item(apples(), grams(1000));
  pay(trip_);
  const std::string id = trip_.state().trip_id();
  const std::string text = receipt_text(decode_sale_record(id, trip_.log().sale(id)->bytes));
  EXPECT_THAT(text, HasSubstr("  3 x 1.29                          3.87\n"
                              "  3 for 2                          -1.29\n"));
  EXPECT_THAT(text, HasSubstr("You save                            1.29\n"));
  EXPECT_THAT(text, HasSubstr("Points                         20 points\n"));
}

TEST_F(ATripWithOffers, is_taken_up_with_its_own_version_after_the_cart_stopped) {
  trip_.add_item(milk(), pieces(3));
  Trip resumed(store_.database(), store_.clock());
  EXPECT_TRUE(resumed.resumed());
  EXPECT_EQ(resumed.state().totals().goods, Money(258));
  resumed.add_item(milk(), pieces(3));
  EXPECT_EQ(resumed.state().totals().goods, Money(516));
}

TEST_F(ATripWithOffers, can_not_be_read_where_its_offers_are_gone) {
  const std::string id = trip_.state().trip_id();
  store_.database().run("DELETE FROM offers_versions");
  TripLog log(store_.database());
  try {
    fold(log.load(id), log.offer_source());
    ADD_FAILURE() << "its totals can not be known";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::corrupt);
    EXPECT_THAT(error.what(), HasSubstr(week()->book.digest()));
  }
}

// Another version for each number.
std::shared_ptr<const offers::OfferVersion> numbered(int bps) {
  return offers::OfferVersion::of(
      R"({"currency":"EUR","offers":[{"id":"o","kind":"percent_off","set":{"products":["milk-1l"]},
          "bps":)" +
          std::to_string(bps) + "}]}",
      "numbered.json");
}

// A trip with that version, to its end; its id.
std::string whole_trip(Trip& trip, int bps) {
  StartInfo info = start_info();
  info.offers = numbered(bps);
  trip.start(info);
  trip.add_item(milk(), pieces(10));
  pay(trip);
  trip.end(v1::TripEnded::PAID);
  return trip.state().trip_id();
}

TEST(TripOffers, that_no_kept_trip_names_go_when_the_next_begins) {
  Store store;
  Trip trip(store.database(), store.clock());
  const std::string gone = whole_trip(trip, 1000);
  const std::string kept = whole_trip(trip, 2000);
  TripLog& log = trip.log();
  EXPECT_NE(log.offers(numbered(1000)->book.digest()), nullptr);
  store.database().run("DELETE FROM trip_events WHERE trip = 1");
  store.database().run("DELETE FROM trips WHERE row = 1");
  trip.start(start_info());
  TripLog reopened(store.database());
  EXPECT_EQ(reopened.offers(numbered(1000)->book.digest()), nullptr);
  EXPECT_EQ(reopened.prune_offers(), 0);

  // What is kept is derived again, offers and all; the sale of what is gone still has its receipt.
  const TripState again = store.replayed(kept);
  EXPECT_EQ(again.totals().goods, Money(1030));
  EXPECT_THAT(verify_all(reopened), IsEmpty());
  const auto receipt = [&](const std::string& id) {
    return receipt_text(decode_sale_record(id, reopened.sale(id)->bytes));
  };
  EXPECT_EQ(encode(make_sale_record(
                again, decode_sale_record(kept, reopened.sale(kept)->bytes).settled())),
            reopened.sale(kept)->bytes);
  EXPECT_THAT(receipt(kept), HasSubstr("10.30"));
  EXPECT_THAT(receipt(gone), HasSubstr("11.60"));
}

TEST(TripOffers, of_trips_that_never_began_are_not_kept) {
  Store store;
  Trip trip(store.database(), store.clock());
  whole_trip(trip, 1000);
  trip.log().keep_offers(*numbered(3000));
  trip.start(start_info());
  EXPECT_EQ(TripLog(store.database()).offers(numbered(3000)->book.digest()), nullptr);
  EXPECT_NE(TripLog(store.database()).offers(numbered(1000)->book.digest()), nullptr);
}

TEST(TripOffers, in_another_currency_are_refused_before_the_trip_begins) {
  Store store;
  Trip trip(store.database(), store.clock());
  StartInfo info = start_info();
  info.offers = offers::OfferVersion::of(R"({"currency":"SEK","offers":[]})", "sek.json");
  EXPECT_THROW(trip.start(info), Error);
  EXPECT_FALSE(trip.running());
  trip.start(start_info());
  EXPECT_EQ(trip.state().offers(), nullptr);
}

TEST(TripOffers, of_the_stores_price_zone_apply) {
  Store store;
  Trip trip(store.database(), store.clock());
  StartInfo info = start_info();
  info.offers = offers::OfferVersion::of(
      R"({"currency":"EUR","offers":[{"id":"north","kind":"percent_off",
          "set":{"products":["milk-1l"]},"bps":5000,"zones":["north"]}]})",
      "zones.json");
  info.price_zones = {"north"};
  trip.start(info);
  trip.add_item(milk(), pieces(1));
  EXPECT_EQ(trip.state().totals().goods, Money(64));
  EXPECT_EQ(store.replayed(trip.state().trip_id()).totals().goods, Money(64));
}

}  // namespace
}  // namespace cartwright::trip
