#include <gtest/gtest.h>

#include "journey/outbox.hpp"
#include "outbox_fixture.hpp"

namespace cartwright::journey {

TEST(OutboxBounds, drop_the_oldest_count_it_and_tell_it_as_one_gap) {
  Cart cart;
  cart.start("trip-1", kStore, 1000);
  for (std::uint64_t i = 0; i < 20; ++i) cart.append("trip-1", added("04006381333931"), 2000 + i);
  cart.settings.most_bytes = cart.outbox->stats().bytes / 2;
  cart.open();
  const std::size_t dropped = cart.outbox->enforce_bounds(5000, true);
  EXPECT_GT(dropped, 5U);
  EXPECT_EQ(cart.outbox->stats().dropped, dropped);
  EXPECT_LE(cart.outbox->stats().bytes, cart.settings.most_bytes);

  cart.outbox->cut(5000, Outbox::Cut::all);
  const v1::Batch batch = cart.pending().at(0);
  EXPECT_EQ(batch.first_jseq(), 1U);
  EXPECT_EQ(batch.last_jseq(), 21U);
  EXPECT_EQ(batch.events(0).gap().to(), dropped);
  EXPECT_EQ(batch.events(0).gap().cause(), v1::GAP_CAUSE_SIZE);
  EXPECT_EQ(batch.events_size(), static_cast<int>(21 - dropped + 1));
}

TEST(OutboxBounds, drop_a_batch_as_a_whole_and_keep_the_order) {
  Cart cart;
  cart.start("trip-1", kStore, 1000);
  cart.append("trip-1", refused(), 1001);
  cart.outbox->cut(1002, Outbox::Cut::all);
  cart.append("trip-1", refused(), 9000);
  cart.settings.most_age_ms = 5000;
  cart.open();
  EXPECT_EQ(cart.outbox->enforce_bounds(10'000, true), 2U);
  cart.outbox->cut(10'000, Outbox::Cut::all);
  const auto batches = cart.pending();
  ASSERT_EQ(batches.size(), 1U);
  EXPECT_EQ(batches[0].first_jseq(), 1U);
  EXPECT_EQ(batches[0].events(0).gap().to(), 2U);
  EXPECT_EQ(batches[0].events(0).gap().cause(), v1::GAP_CAUSE_AGE);
  EXPECT_EQ(batches[0].events(1).jseq(), 3U);
}

TEST(OutboxBounds, drop_nothing_by_age_while_the_clock_is_not_trusted) {
  Cart cart;
  cart.start("trip-1", kStore, 1000);
  EXPECT_EQ(cart.outbox->enforce_bounds(1'000'000'000'000, false), 0U);
  EXPECT_EQ(cart.outbox->enforce_bounds(1'000'000'000'000, true), 1U);
}

TEST(OutboxBounds, never_drop_a_tombstone) {
  Cart cart;
  cart.start("trip-1", kStore);
  cart.commit([](Outbox& box) { box.withdraw("trip-1", kStore, 2000); });
  cart.settings.most_bytes = 0;
  cart.open();
  cart.outbox->enforce_bounds(1'000'000'000'000, true);
  ASSERT_EQ(cart.pending().size(), 1U);
  EXPECT_EQ(cart.pending()[0].kind(), v1::BATCH_KIND_TOMBSTONE);
}

TEST(OutboxBounds, hold_even_where_only_gaps_and_counters_are_left) {
  Cart cart;
  cart.start("trip-1", kStore);
  cart.commit(
      [](Outbox& box) { box.count("2026-03-02", 9, v1::COUNTER_KIND_TRIPS_STARTED, 1, 1000); });
  cart.outbox->cut(2000, Outbox::Cut::all);
  cart.settings.most_bytes = 0;
  cart.open();
  EXPECT_EQ(cart.outbox->enforce_bounds(3000, true), 2U);
  EXPECT_EQ(cart.outbox->stats().bytes, 0U);
  EXPECT_EQ(cart.outbox->stats().dropped, 2U);
}

}  // namespace cartwright::journey
