#include "hub/ingest.hpp"

#include <gtest/gtest.h>

#include "journey/receipt.hpp"
#include "unit/journey/outbox_fixture.hpp"

namespace cartwright::hub {
namespace {

using journey::kOffer;
using journey::kProfile;
using journey::kStore;
using journey::ScratchFolder;

const std::string kJourney = "0123456789abcdef0123456789abcdef";

struct Desk {
  ScratchFolder folder;
  Store store{folder.path() / "hub.db"};
  SigningKey hub = SigningKey::generate();
  SigningKey cart = SigningKey::generate();

  Desk() { store.enrol("cart-7", cart.public_key()); }

  IngestResult take(const Bytes& envelope) { return ingest(store, hub, envelope, 1000); }
  IngestResult take(const v1::Batch& batch) { return take(journey::seal(batch, cart)); }
};

v1::Batch batch_of(std::uint64_t first, std::uint64_t last) {
  v1::Batch batch;
  batch.set_kind(v1::BATCH_KIND_JOURNEY);
  batch.set_schema_version(journey::kSchemaVersion);
  batch.set_cart_id("cart-7");
  batch.set_journey_id(kJourney);
  batch.set_first_jseq(first);
  batch.set_last_jseq(last);
  for (std::uint64_t jseq = first; jseq <= last; ++jseq) {
    auto& event = *batch.add_events();
    event = journey::added("04006381333931");
    event.set_jseq(jseq);
  }
  return batch;
}

v1::Batch gap_of(std::uint64_t from, std::uint64_t to) {
  v1::Batch batch = batch_of(to, to);
  batch.set_first_jseq(from);
  auto& gap = *batch.mutable_events(0)->mutable_gap();
  gap.set_from(from);
  gap.set_to(to);
  gap.set_cause(v1::GAP_CAUSE_SIZE);
  return batch;
}

v1::Batch tombstone(std::uint64_t through, std::initializer_list<v1::Purpose> remaining) {
  v1::Batch batch;
  batch.set_kind(v1::BATCH_KIND_TOMBSTONE);
  batch.set_schema_version(journey::kSchemaVersion);
  batch.set_cart_id("cart-7");
  batch.set_journey_id(kJourney);
  batch.mutable_tombstone()->add_withdrawn(v1::PURPOSE_STORE_INSIGHT);
  batch.mutable_tombstone()->set_through_jseq(through);
  for (const v1::Purpose purpose : remaining) batch.mutable_tombstone()->add_remaining(purpose);
  return batch;
}

}  // namespace

TEST(Ingest, stores_a_batch_and_signs_its_digest) {
  Desk desk;
  const Bytes envelope = journey::seal(batch_of(1, 3), desk.cart);
  const IngestResult result = desk.take(envelope);
  ASSERT_EQ(result.outcome, Ingested::stored);
  const auto receipt = journey::check_receipt(result.receipt, desk.hub.public_key());
  EXPECT_EQ(receipt.batch, sha256(envelope));
  EXPECT_EQ(receipt.status, v1::RECEIPT_STATUS_STORED);
  EXPECT_EQ(desk.store.events(kJourney).size(), 3U);
}

TEST(Ingest, answers_the_same_batch_with_the_first_time_and_stores_nothing_twice) {
  Desk desk;
  const Bytes envelope = journey::seal(batch_of(1, 3), desk.cart);
  desk.take(envelope);
  const IngestResult again = ingest(desk.store, desk.hub, envelope, 9999);
  EXPECT_EQ(again.outcome, Ingested::duplicate);
  const auto receipt = journey::check_receipt(again.receipt, desk.hub.public_key());
  EXPECT_EQ(receipt.stored_ms, 1000U);
  EXPECT_EQ(receipt.status, v1::RECEIPT_STATUS_DUPLICATE);
  EXPECT_EQ(desk.store.totals().events, 3U);
  EXPECT_EQ(desk.store.totals().batches, 1U);
}

TEST(Ingest, keeps_each_event_once_however_batches_overlap_and_arrive) {
  Desk desk;
  for (const auto& [first, last] : {std::pair{5, 8}, {1, 2}, {2, 6}, {1, 8}, {3, 4}}) {
    EXPECT_EQ(
        desk.take(batch_of(static_cast<std::uint64_t>(first), static_cast<std::uint64_t>(last)))
            .outcome,
        Ingested::stored);
  }
  EXPECT_EQ(desk.store.totals().events, 8U);
  EXPECT_TRUE(desk.store.journeys().at(0).whole);
}

TEST(Ingest, sees_a_hole) {
  Desk desk;
  desk.take(batch_of(1, 2));
  desk.take(batch_of(4, 5));
  EXPECT_FALSE(desk.store.journeys().at(0).whole);
  desk.take(gap_of(3, 3));
  EXPECT_TRUE(desk.store.journeys().at(0).whole);
}

TEST(Ingest, prefers_events_to_a_gap_in_either_order) {
  Desk desk;
  desk.take(gap_of(1, 3));
  EXPECT_EQ(desk.store.totals().events, 0U);
  EXPECT_TRUE(desk.store.journeys().at(0).whole);
  desk.take(batch_of(1, 3));
  EXPECT_EQ(desk.store.totals().events, 3U);
  desk.take(gap_of(2, 3));
  EXPECT_EQ(desk.store.totals().events, 3U);
}

TEST(Ingest, takes_no_envelope_with_a_flipped_bit) {
  Desk desk;
  const Bytes envelope = journey::seal(batch_of(1, 3), desk.cart);
  for (std::size_t bit = 0; bit < envelope.size() * 8; ++bit) {
    Bytes bad = envelope;
    bad[bit / 8] ^= std::byte{1} << static_cast<int>(bit % 8);
    ASSERT_TRUE(desk.take(bad).receipt.empty()) << "bit " << bit;
  }
  EXPECT_EQ(desk.store.totals().batches, 0U);
}

TEST(Ingest, knows_who_may_send) {
  Desk desk;
  const Bytes foreign = journey::seal(batch_of(1, 1), SigningKey::generate());
  EXPECT_EQ(desk.take(foreign).outcome, Ingested::unauthorised);
  v1::Batch pretender = batch_of(1, 1);
  pretender.set_cart_id("cart-8");
  EXPECT_EQ(desk.take(pretender).outcome, Ingested::unauthorised);
  EXPECT_EQ(desk.take(to_bytes("<html>")).outcome, Ingested::malformed);
  EXPECT_EQ(desk.take(Bytes(journey::kMostEnvelopeBytes + 1)).outcome, Ingested::too_large);
}

TEST(Ingest, refuses_batches_that_do_not_hold_together) {
  Desk desk;
  std::vector<v1::Batch> bad;
  bad.push_back(batch_of(1, 3));
  bad.back().mutable_events()->DeleteSubrange(1, 1);
  bad.push_back(batch_of(1, 3));
  bad.back().set_last_jseq(4);
  bad.push_back(batch_of(1, 3));
  bad.back().mutable_events()->SwapElements(0, 1);
  bad.push_back(batch_of(1, 1));
  bad.back().mutable_events(0)->clear_event();
  bad.push_back(batch_of(1, 1));
  bad.back().set_journey_id("../../etc");
  bad.push_back(gap_of(2, 4));
  bad.back().mutable_events(0)->mutable_gap()->set_from(5);
  bad.push_back(batch_of(1, 1));
  bad.back().set_schema_version(0);
  bad.push_back(batch_of(1, 1));
  bad.back().set_kind(v1::BATCH_KIND_COUNTERS);
  bad.push_back(tombstone(1, {}));
  bad.back().clear_tombstone();
  for (const v1::Batch& batch : bad) {
    EXPECT_EQ(desk.take(batch).outcome, Ingested::malformed) << batch.ShortDebugString();
  }
  EXPECT_EQ(desk.store.totals().batches, 0U);
}

TEST(Ingest, keeps_a_batch_of_a_newer_schema_as_it_is) {
  Desk desk;
  v1::Batch newer = batch_of(1, 1);
  newer.set_schema_version(journey::kSchemaVersion + 1);
  newer.set_kind(static_cast<v1::BatchKind>(17));
  newer.GetReflection()->MutableUnknownFields(&newer)->AddVarint(77, 1);
  EXPECT_EQ(desk.take(newer).outcome, Ingested::stored);
  EXPECT_EQ(desk.store.totals().undecoded, 1U);
  EXPECT_EQ(desk.store.totals().events, 0U);
}

TEST(Ingest, adds_counters_of_many_carts) {
  Desk desk;
  v1::Batch counters;
  counters.set_kind(v1::BATCH_KIND_COUNTERS);
  counters.set_schema_version(journey::kSchemaVersion);
  counters.set_cart_id("cart-7");
  counters.mutable_counters()->set_business_date("2026-03-02");
  counters.mutable_counters()->set_hour(9);
  auto& counter = *counters.mutable_counters()->add_counters();
  counter.set_kind(v1::COUNTER_KIND_TRIPS_STARTED);
  counter.set_value(3);
  for (const char* nonce : {"a", "b"}) {
    counters.set_nonce(nonce);
    EXPECT_EQ(desk.take(counters).outcome, Ingested::stored);
    EXPECT_EQ(desk.take(counters).outcome, Ingested::duplicate);
  }
  ASSERT_EQ(desk.store.counters().size(), 1U);
  EXPECT_EQ(desk.store.counters()[0].value, 6U);
}

TEST(Ingest, heeds_a_tombstone_before_every_insert) {
  Desk desk;
  desk.take(tombstone(2, {}));
  EXPECT_EQ(desk.take(batch_of(1, 3)).outcome, Ingested::stored);
  const auto events = desk.store.events(kJourney);
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].jseq(), 3U);
}

TEST(Ingest, keeps_of_a_withdrawn_event_what_the_other_purposes_cover) {
  Desk desk;
  desk.take(tombstone(2, {v1::PURPOSE_PROFILE}));
  v1::Batch batch = batch_of(1, 2);
  *batch.mutable_events(0) = journey::refused();
  batch.mutable_events(0)->set_jseq(1);
  desk.take(batch);
  const auto events = desk.store.events(kJourney);
  ASSERT_EQ(events.size(), 2U);
  EXPECT_EQ(events[0].gap().cause(), v1::GAP_CAUSE_WITHDRAWN);
  EXPECT_TRUE(events[1].has_product_added());
}

TEST(Store, forgets_which_cart_sent_a_journey) {
  ScratchFolder folder;
  const SigningKey cart = SigningKey::generate();
  {
    Store store(folder.path() / "hub.db");
    store.enrol("cart-7", cart.public_key());
    ingest(store, SigningKey::generate(), journey::seal(batch_of(1, 1), cart), 1000);
  }
  Database database(folder.path() / "hub.db");
  Statement select = database.prepare("SELECT cart_id FROM batch");
  ASSERT_TRUE(select.step());
  EXPECT_TRUE(select.is_null(0));
}

TEST(Store, gives_a_key_to_one_cart_only_and_a_cart_as_many_as_it_wants) {
  Desk desk;
  desk.store.enrol("cart-7", SigningKey::generate().public_key());
  desk.store.enrol("cart-7", desk.cart.public_key());
  EXPECT_EQ(desk.store.totals().carts, 1U);
  EXPECT_THROW(desk.store.enrol("cart-8", desk.cart.public_key()), Error);
}

}  // namespace cartwright::hub
