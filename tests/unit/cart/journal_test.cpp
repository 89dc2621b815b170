#include "cart/journal.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <vector>

#include "base/error.hpp"
#include "unit/cart/small_store.hpp"

namespace cartwright::cart {
namespace {

using ::testing::ElementsAre;
using testing::kApples;
using testing::kPen;
using Kind = v1::JourneyEvent;

struct Diary : testing::SmallStore, ::testing::Test {
  void SetUp() override { shopping->start_trip(); }

  void grant(v1::Purpose purpose = v1::PURPOSE_STORE_INSIGHT) {
    trip->set_consent(purpose, true, "notice-1");
  }
  void withdraw(v1::Purpose purpose = v1::PURPOSE_STORE_INSIGHT) {
    trip->set_consent(purpose, false, "notice-1");
  }
  // All batches that the outbox would send now.
  std::vector<v1::Batch> sent() {
    outbox->cut(static_cast<std::uint64_t>(clock.now().utc_ms), journey::Outbox::Cut::all);
    std::vector<v1::Batch> batches;
    for (const Digest& id : outbox->pending()) {
      auto opened = journey::open(outbox->batch(id).value(),
                                  [&](const journey::KeyId&) { return key.public_key(); });
      batches.push_back(std::get<journey::OpenedBatch>(opened).batch);
    }
    return batches;
  }
  std::vector<v1::JourneyEvent> journey_events() {
    std::vector<v1::JourneyEvent> events_of;
    for (const v1::Batch& batch : sent()) {
      for (const v1::JourneyEvent& event : batch.events()) events_of.push_back(event);
    }
    return events_of;
  }
  std::vector<Kind::EventCase> kinds() {
    std::vector<Kind::EventCase> found;
    for (const auto& event : journey_events()) found.push_back(event.event_case());
    return found;
  }
  std::map<v1::CounterKind, std::uint64_t> counters() {
    std::map<v1::CounterKind, std::uint64_t> sums;
    for (const v1::Batch& batch : sent()) {
      for (const v1::Counter& counter : batch.counters().counters())
        sums[counter.kind()] += counter.value();
    }
    return sums;
  }
  void pay() {
    trip->intend_payment("terminal0", "11", "344");
    trip->payment_sent();
    trip->payment_approved(trip->state().due(), {});
    trip->settle();
    trip->end(v1::TripEnded::PAID);
  }
};

TEST_F(Diary, holds_nothing_but_counters_without_a_grant) {
  scan(kPen);
  scan("96385074");
  trip->put_back("1");
  scan(kPen);
  pay();
  EXPECT_EQ(outbox->stats().rows, 0U);
  EXPECT_TRUE(journey_events().empty());
  const auto sums = counters();
  EXPECT_EQ(sums.at(v1::COUNTER_KIND_TRIPS_STARTED), 1U);
  EXPECT_EQ(sums.at(v1::COUNTER_KIND_PRODUCTS_ADDED), 2U);
  EXPECT_EQ(sums.at(v1::COUNTER_KIND_PRODUCTS_REMOVED), 1U);
  EXPECT_EQ(sums.at(v1::COUNTER_KIND_SCANS_REFUSED), 1U);
  EXPECT_EQ(sums.at(v1::COUNTER_KIND_CHECKOUTS_STARTED), 1U);
  EXPECT_EQ(sums.at(v1::COUNTER_KIND_ORDERS_COMPLETED), 1U);
  EXPECT_EQ(sums.at(v1::COUNTER_KIND_TRIPS_ENDED), 1U);
  for (const v1::Batch& batch : sent()) {
    EXPECT_EQ(batch.counters().business_date(), "2026-03-01");
    EXPECT_EQ(batch.counters().hour(), 8U);
    EXPECT_THAT(batch.SerializeAsString(),
                ::testing::Not(::testing::HasSubstr(trip->state().trip_id())));
  }
}

TEST_F(Diary, begins_with_the_basket_as_it_lies_there_and_tells_nothing_from_before) {
  scan(kPen);
  scan(kPen);
  trip->put_back("1", offers::Units{1});
  weigh(500);
  scan(kApples);
  grant();
  const auto told = journey_events();
  ASSERT_EQ(told.size(), 1U);
  const v1::JourneyStarted& started = told[0].journey_started();
  EXPECT_EQ(told[0].jseq(), 1U);
  EXPECT_EQ(started.store_gln(), "9521234000013");
  EXPECT_EQ(started.business_date(), "2026-03-01");
  EXPECT_EQ(started.hour(), 8U);
  EXPECT_EQ(started.currency(), "EUR");
  EXPECT_EQ(started.notice_version(), "notice-1");
  ASSERT_EQ(started.basket_size(), 2);
  EXPECT_EQ(started.basket(0).gtin(), "04006381333931");
  EXPECT_EQ(started.basket(0).pieces(), 1);
  EXPECT_EQ(started.basket(0).price_minor(), 250);
  EXPECT_EQ(started.basket(1).grams(), 500);
  EXPECT_EQ(started.basket(1).price_minor(), 150);
}

TEST_F(Diary, tells_a_granted_trip_in_its_own_words) {
  grant();
  scan(kPen);
  scan("96385074");
  clock.advance_ms(42'000);
  trip->put_back("1");
  scan(kPen);
  pay();
  const auto told = journey_events();
  std::vector<Kind::EventCase> order;
  for (const auto& event : told) order.push_back(event.event_case());
  EXPECT_THAT(order, ElementsAre(Kind::kJourneyStarted, Kind::kProductAdded, Kind::kScanRefused,
                                 Kind::kProductRemoved, Kind::kProductAdded, Kind::kCheckoutStarted,
                                 Kind::kOrderCompleted, Kind::kJourneyEnded));
  EXPECT_EQ(told[2].scan_refused().reason(), v1::JOURNEY_SCAN_REFUSAL_UNKNOWN_PRODUCT);
  EXPECT_EQ(told[3].product_removed().held_ms(), 42'000U);
  EXPECT_EQ(told[3].product_removed().product().pieces(), 1);
  EXPECT_EQ(told[5].checkout_started().total_minor(), 250);
  EXPECT_EQ(told[6].order_completed().total_minor(), 250);
  EXPECT_EQ(told[6].order_completed().order_id(),
            "");  // a journey without profile names no receipt
  EXPECT_EQ(told[7].journey_ended().cause(), v1::JOURNEY_END_CAUSE_PAID);
}

TEST_F(Diary, tells_quantities_as_what_was_added_or_removed) {
  grant();
  scan(kPen);
  trip->set_quantity("1", offers::Units{4});
  trip->set_quantity("1", offers::Units{4});
  trip->set_quantity("1", offers::Units{2});
  const auto told = journey_events();
  ASSERT_EQ(told.size(), 4U);
  EXPECT_EQ(told[2].product_added().product().pieces(), 3);
  EXPECT_EQ(told[2].product_added().product().price_minor(), 750);
  EXPECT_EQ(told[3].product_removed().product().pieces(), 2);
}

TEST_F(Diary, tells_one_checkout_however_often_the_card_is_declined) {
  grant();
  scan(kPen);
  trip->intend_payment("terminal0", "", "");
  trip->payment_sent();
  trip->payment_declined("expired");
  pay();
  const auto found = kinds();
  EXPECT_EQ(std::count(found.begin(), found.end(), Kind::kCheckoutStarted), 1);
}

TEST_F(Diary, links_to_the_profile_and_the_receipt_under_that_grant_alone) {
  journal->set_profile("member-4711");
  grant(v1::PURPOSE_PROFILE);
  scan(kPen);
  pay();
  const auto told = journey_events();
  EXPECT_EQ(told.front().journey_started().profile_id(), "member-4711");
  EXPECT_EQ(told[3].order_completed().order_id(), trip->state().trip_id());
}

TEST_F(Diary, keeps_the_profile_out_of_every_other_grant) {
  journal->set_profile("member-4711");
  grant();
  EXPECT_EQ(journey_events().front().journey_started().profile_id(), "");
}

TEST_F(Diary, ends_with_the_last_withdrawal_and_a_tombstone_stays) {
  grant();
  scan(kPen);
  withdraw();
  scan(kPen);
  EXPECT_TRUE(journey_events().empty());
  const auto batches = sent();
  ASSERT_FALSE(batches.empty());
  EXPECT_EQ(batches.front().kind(), v1::BATCH_KIND_TOMBSTONE);
  EXPECT_EQ(batches.front().tombstone().through_jseq(), 2U);
  EXPECT_EQ(trip->state().totals().total.minor(), 500);
}

TEST_F(Diary, begins_anew_where_it_is_granted_again) {
  grant();
  scan(kPen);
  withdraw();
  grant();
  const auto told = journey_events();
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].journey_started().basket_size(), 1);
}

TEST_F(Diary, counts_no_withdrawal_of_what_was_never_granted) {
  withdraw();
  EXPECT_FALSE(counters().contains(v1::COUNTER_KIND_CONSENTS_WITHDRAWN));
}

TEST_F(Diary, narrows_where_one_of_two_purposes_is_withdrawn) {
  grant(v1::PURPOSE_STORE_INSIGHT);
  grant(v1::PURPOSE_OFFER_INSIGHT);
  withdraw(v1::PURPOSE_STORE_INSIGHT);
  scan("96385074");  // refusals belong to the withdrawn purpose
  scan(kPen);
  EXPECT_EQ(kinds().back(), Kind::kProductAdded);
  EXPECT_THAT(kinds(), ::testing::Not(::testing::Contains(Kind::kScanRefused)));
}

TEST_F(Diary, is_one_commit_with_the_trip) {
  grant();
  scan(kPen);
  const std::uint64_t seq = trip->state().last_seq();
  block_disk();
  EXPECT_THROW(trip->put_back("1"), Error);
  free_disk();
  EXPECT_EQ(trip->state().last_seq(), seq);
  EXPECT_THAT(kinds(), ElementsAre(Kind::kJourneyStarted, Kind::kProductAdded));
}

TEST_F(Diary, takes_the_trips_fact_back_where_it_can_not_be_written) {
  grant();
  scan(kPen);
  const std::uint64_t seq = trip->state().last_seq();
  database->run("DROP TABLE outbox_row");
  EXPECT_THROW(trip->put_back("1"), Error);
  EXPECT_EQ(trip->state().last_seq(), seq);
  EXPECT_EQ(trip->log().load(trip->state().trip_id()).size(), seq);
}

}  // namespace
}  // namespace cartwright::cart
