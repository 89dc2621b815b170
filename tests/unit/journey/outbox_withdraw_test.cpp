#include <gtest/gtest.h>

#include "base/file.hpp"
#include "journey/outbox.hpp"
#include "outbox_fixture.hpp"

namespace cartwright::journey {
namespace {

void withdraw(Cart& cart, Purposes purposes) {
  cart.commit([&](Outbox& box) { box.withdraw("trip-1", purposes, 9000); });
}

}  // namespace

TEST(Withdraw, of_the_last_purpose_erases_all_and_leaves_a_tombstone) {
  Cart cart;
  const std::string id = cart.start("trip-1", kStore);
  cart.append("trip-1", refused());
  cart.outbox->cut(4000, Outbox::Cut::all);
  cart.append("trip-1", refused());
  withdraw(cart, kStore);

  EXPECT_EQ(cart.outbox->stats().rows, 0U);
  const auto batches = cart.pending();
  ASSERT_EQ(batches.size(), 1U);
  EXPECT_EQ(batches[0].kind(), v1::BATCH_KIND_TOMBSTONE);
  EXPECT_EQ(batches[0].journey_id(), id);
  EXPECT_EQ(batches[0].tombstone().through_jseq(), 3U);
  EXPECT_EQ(batches[0].tombstone().remaining_size(), 0);
  EXPECT_FALSE(cart.append("trip-1", refused()));
}

TEST(Withdraw, of_one_purpose_erases_its_fields_and_tells_the_holes) {
  Cart cart;
  cart.start("trip-1", kStore.with(kProfile));
  cart.append("trip-1", refused());
  cart.append("trip-1", refused());
  cart.append("trip-1", added("04006381333931"));
  withdraw(cart, kStore);
  cart.outbox->cut(9000, Outbox::Cut::all);

  const auto batches = cart.pending();
  ASSERT_EQ(batches.size(), 2U);
  EXPECT_EQ(batches[0].kind(), v1::BATCH_KIND_TOMBSTONE) << "the hub must know first";
  EXPECT_EQ(batches[0].tombstone().remaining(0), v1::PURPOSE_PROFILE);
  const v1::Batch& journey = batches[1];
  ASSERT_EQ(journey.events_size(), 4);
  EXPECT_EQ(journey.events(0).journey_started().profile_id(), "profile-1");
  EXPECT_EQ(journey.events(1).gap().from(), 2U);
  EXPECT_EQ(journey.events(1).gap().to(), 3U);
  EXPECT_EQ(journey.events(1).gap().cause(), v1::GAP_CAUSE_WITHDRAWN);
  EXPECT_TRUE(journey.events(2).has_product_added());
  EXPECT_TRUE(journey.events(3).has_consent_changed());
}

TEST(Withdraw, takes_only_the_batches_apart_that_hold_such_data) {
  Cart cart;
  cart.start("trip-1", kStore.with(kOffer));
  cart.append("trip-1", added("04006381333931"));
  cart.outbox->cut(3000, Outbox::Cut::all);
  cart.append("trip-1", refused());
  cart.outbox->cut(4000, Outbox::Cut::all);
  const auto before = cart.outbox->pending();
  withdraw(cart, kStore);
  cart.outbox->cut(9000, Outbox::Cut::all);
  EXPECT_TRUE(cart.outbox->batch(before.at(0)));
  EXPECT_FALSE(cart.outbox->batch(before.at(1)));
  std::uint64_t next = 1;
  for (const v1::Batch& batch : cart.pending()) {
    if (batch.kind() == v1::BATCH_KIND_TOMBSTONE) continue;
    EXPECT_EQ(batch.first_jseq(), next);
    next = batch.last_jseq() + 1;
  }
  EXPECT_EQ(next, 5U);
}

TEST(Withdraw, reaches_journeys_that_have_ended_but_still_wait) {
  Cart cart;
  cart.start("trip-1", kStore);
  cart.commit([](Outbox& box) { box.end("trip-1", v1::JOURNEY_END_CAUSE_PAID, 3000); });
  cart.outbox->cut(4000);
  withdraw(cart, kStore);
  ASSERT_EQ(cart.pending().size(), 1U);
  EXPECT_EQ(cart.pending()[0].kind(), v1::BATCH_KIND_TOMBSTONE);
  cart.outbox->accept_receipt(cart.receipt(cart.outbox->pending().at(0)));
  EXPECT_EQ(cart.outbox->stats().batches, 0U);
}

TEST(Withdraw, of_what_was_never_granted_changes_nothing) {
  Cart cart;
  cart.start("trip-1", kStore);
  withdraw(cart, kProfile);
  EXPECT_EQ(cart.outbox->stats().rows, 1U);
  EXPECT_EQ(cart.outbox->stats().batches, 0U);
}

TEST(Withdraw, and_a_new_grant_begin_a_new_journey) {
  Cart cart;
  const std::string first = cart.start("trip-1", kStore);
  withdraw(cart, kStore);
  const std::string second = cart.start("trip-1", kOffer);
  EXPECT_NE(first, second);
  EXPECT_EQ(cart.outbox->granted("trip-1"), kOffer);
}

TEST(Withdraw, leaves_no_trace_in_the_database_file) {
  Cart cart;
  cart.start("trip-1", kStore);
  cart.append("trip-1", added("SECRETGTIN0001"));
  cart.outbox->cut(3000, Outbox::Cut::all);
  withdraw(cart, kStore);
  cart.outbox.reset();
  cart.database->run("PRAGMA wal_checkpoint(TRUNCATE)");
  const std::string file = read_file(cart.folder.path() / "trips.db");
  EXPECT_EQ(file.find("SECRETGTIN0001"), std::string::npos);
}

}  // namespace cartwright::journey
