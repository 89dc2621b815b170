#include "journey/outbox.hpp"

#include <gtest/gtest.h>

#include "outbox_fixture.hpp"

namespace cartwright::journey {
namespace {

ErrorKind kind_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    return error.kind();
  }
  ADD_FAILURE() << "no error";
  return ErrorKind::internal;
}

}  // namespace

TEST(Outbox, writes_nothing_of_a_trip_without_a_grant) {
  Cart cart;
  EXPECT_FALSE(cart.append("trip-1", added("04006381333931")));
  EXPECT_EQ(cart.outbox->stats().rows, 0U);
  EXPECT_EQ(kind_of([&] { cart.start("trip-1", {}); }), ErrorKind::invalid_input);
}

TEST(Outbox, begins_a_journey_with_the_snapshot_and_counts_from_one) {
  Cart cart;
  const std::string id = cart.start("trip-1", kStore, 1000);
  EXPECT_TRUE(cart.append("trip-1", added("04006381333931"), 1750));
  cart.outbox->cut(2000, Outbox::Cut::all);
  const auto batches = cart.pending();
  ASSERT_EQ(batches.size(), 1U);
  EXPECT_EQ(batches[0].journey_id(), id);
  EXPECT_EQ(batches[0].first_jseq(), 1U);
  EXPECT_EQ(batches[0].last_jseq(), 2U);
  const auto& started = batches[0].events(0).journey_started();
  EXPECT_EQ(started.level(), 1U);
  EXPECT_EQ(started.store_gln(), "4012345000009");
  EXPECT_EQ(started.profile_id(), "");
  EXPECT_EQ(batches[0].events(1).offset_ms(), 750U);
}

TEST(Outbox, never_sends_the_trip) {
  Cart cart;
  cart.start("trip-secret", Purposes::all());
  cart.append("trip-secret", added("04006381333931"));
  cart.outbox->cut(2000, Outbox::Cut::all);
  EXPECT_EQ(cart.pending().at(0).SerializeAsString().find("trip-secret"), std::string::npos);
}

TEST(Outbox, writes_in_the_callers_transaction_alone) {
  Cart cart;
  EXPECT_EQ(kind_of([&] { cart.outbox->append("trip-1", refused(), 1); }), ErrorKind::internal);
  cart.start("trip-1", kStore);
  {
    const Transaction rolled_back(*cart.database);
    EXPECT_TRUE(cart.outbox->append("trip-1", refused(), 1));
  }
  EXPECT_EQ(cart.outbox->stats().rows, 1U);
  EXPECT_TRUE(cart.append("trip-1", refused()));
  cart.outbox->cut(2000, Outbox::Cut::all);
  EXPECT_EQ(cart.pending().at(0).last_jseq(), 2U);
}

TEST(Outbox, leaves_out_events_whose_purposes_are_not_granted_without_a_hole) {
  Cart cart;
  cart.start("trip-1", kOffer);
  EXPECT_FALSE(cart.append("trip-1", refused()));
  EXPECT_TRUE(cart.append("trip-1", added("04006381333931")));
  cart.outbox->cut(2000, Outbox::Cut::all);
  EXPECT_EQ(cart.pending().at(0).last_jseq(), 2U);
}

TEST(Outbox, keeps_one_open_journey_a_trip) {
  Cart cart;
  cart.start("trip-1", kStore);
  EXPECT_EQ(kind_of([&] { cart.start("trip-1", kOffer); }), ErrorKind::conflict);
  cart.start("trip-2", kStore);
}

TEST(Outbox, adds_purposes_from_the_grant_on_and_never_before) {
  Cart cart;
  cart.start("trip-1", kOffer);
  EXPECT_FALSE(cart.append("trip-1", refused()));
  cart.commit([](Outbox& box) { box.grant("trip-1", {kProfile.with(kStore), "2", "me"}, 3000); });
  EXPECT_TRUE(cart.append("trip-1", refused()));
  cart.outbox->cut(4000, Outbox::Cut::all);
  const v1::Batch batch = cart.pending().at(0);
  ASSERT_EQ(batch.events_size(), 3);
  EXPECT_EQ(batch.events(0).journey_started().profile_id(), "");
  EXPECT_EQ(batch.events(1).consent_changed().level(), 2U);
  EXPECT_EQ(batch.events(1).consent_changed().profile_id(), "me");
  EXPECT_TRUE(batch.events(2).has_scan_refused());
}

TEST(Outbox, never_lets_a_journey_run_backwards_when_the_clock_does) {
  Cart cart;
  cart.start("trip-1", kStore, 10'000);
  cart.append("trip-1", refused(), 13'000);
  cart.append("trip-1", refused(), 2'000);
  cart.outbox->cut(20'000, Outbox::Cut::all);
  EXPECT_EQ(cart.pending().at(0).events(2).offset_ms(), 3'000U);
}

TEST(Outbox, cuts_when_a_journey_ends_or_has_waited_and_not_before) {
  Cart cart;
  cart.start("trip-1", kStore, 1000);
  EXPECT_EQ(cart.outbox->cut(2000), 0U);
  EXPECT_EQ(cart.outbox->cut(61'000), 1U);
  cart.commit([](Outbox& box) { box.end("trip-1", v1::JOURNEY_END_CAUSE_PAID, 62'000); });
  EXPECT_EQ(cart.outbox->cut(62'000), 1U);
  EXPECT_EQ(cart.outbox->cut(62'000), 0U);
  EXPECT_TRUE(cart.pending().at(1).events(0).has_journey_ended());
}

TEST(Outbox, bounds_batches_in_events_and_bytes_and_to_one_journey) {
  Cart cart;
  cart.settings.batch_events = 3;
  cart.settings.batch_bytes = 200;
  cart.open();
  cart.start("trip-1", kStore);
  cart.start("trip-2", kStore);
  for (int i = 0; i < 7; ++i) {
    cart.append("trip-1", added("04006381333931"));
    cart.append("trip-2", added(std::string(150, '1')));
  }
  cart.outbox->cut(5000, Outbox::Cut::all);
  std::map<std::string, std::uint64_t> last;
  for (const v1::Batch& batch : cart.pending()) {
    EXPECT_LE(batch.events_size(), 3);
    EXPECT_LE(batch.events_size() > 1 ? batch.ByteSizeLong() : 0, 400U);
    EXPECT_EQ(batch.first_jseq(), last[batch.journey_id()] + 1);
    last[batch.journey_id()] = batch.last_jseq();
  }
  ASSERT_EQ(last.size(), 2U);
  for (const auto& [journey, jseq] : last) EXPECT_EQ(jseq, 8U);
}

TEST(Outbox, deletes_on_the_pinned_hubs_receipt_and_forgets_the_trip_with_the_last) {
  Cart cart;
  cart.start("trip-1", kStore);
  cart.commit([](Outbox& box) { box.end("trip-1", v1::JOURNEY_END_CAUSE_PAID, 3000); });
  cart.outbox->cut(4000);
  const Digest id = cart.outbox->pending().at(0);
  EXPECT_EQ(cart.outbox->accept_receipt(cart.receipt(id)).batch, id);
  EXPECT_EQ(cart.outbox->stats().rows, 0U);
  EXPECT_EQ(cart.outbox->stats().bytes, 0U);
  Statement left = cart.database->prepare("SELECT count(*) FROM outbox_journey");
  left.step();
  EXPECT_EQ(left.integer(0), 0);
}

TEST(Outbox, keeps_everything_on_any_other_answer) {
  Cart cart;
  cart.start("trip-1", kStore);
  cart.outbox->cut(4000, Outbox::Cut::all);
  const Digest id = cart.outbox->pending().at(0);
  const Bytes good = cart.receipt(id);
  const Bytes cut(good.begin(), good.end() - 1);
  const Bytes forged = sign_receipt(id, 1, v1::RECEIPT_STATUS_STORED, SigningKey::generate());
  for (const Bytes& answer : {forged, cut, cart.receipt(sha256(good)), Bytes(),
                              to_bytes("<html>Welcome to the free Wi-Fi</html>")}) {
    EXPECT_EQ(kind_of([&] { cart.outbox->accept_receipt(answer); }), ErrorKind::refused);
    EXPECT_EQ(cart.outbox->stats().rows, 1U);
    EXPECT_TRUE(cart.outbox->batch(id));
  }
  cart.settings.hub.reset();
  cart.open();
  EXPECT_EQ(kind_of([&] { cart.outbox->accept_receipt(good); }), ErrorKind::refused);
}

TEST(Outbox, keeps_the_bytes_of_a_batch_for_ever) {
  Cart cart;
  cart.start("trip-1", kStore);
  cart.outbox->cut(4000, Outbox::Cut::all);
  const Digest id = cart.outbox->pending().at(0);
  cart.append("trip-1", refused());
  cart.outbox->cut(5000, Outbox::Cut::all);
  cart.open();
  EXPECT_EQ(sha256(cart.outbox->batch(id).value()), id);
  EXPECT_EQ(cart.outbox->pending().size(), 2U);
}

TEST(OutboxCounters, sum_by_hour_without_any_grant_and_carry_no_trip) {
  Cart cart;
  const auto count = [&](std::uint32_t hour, v1::CounterKind kind, std::uint64_t by) {
    cart.commit([&](Outbox& box) { box.count("2026-03-02", hour, kind, by, 1000); });
  };
  count(9, v1::COUNTER_KIND_PRODUCTS_ADDED, 1);
  count(9, v1::COUNTER_KIND_PRODUCTS_ADDED, 2);
  count(9, v1::COUNTER_KIND_TRIPS_ENDED, 1);
  count(10, v1::COUNTER_KIND_PRODUCTS_ADDED, 5);
  EXPECT_EQ(cart.outbox->cut(2000), 0U);
  EXPECT_EQ(cart.outbox->cut(1000 + 3'600'000), 2U);
  const auto batches = cart.pending();
  ASSERT_EQ(batches.size(), 2U);
  EXPECT_EQ(batches[0].journey_id(), "");
  EXPECT_EQ(batches[0].counters().hour(), 9U);
  EXPECT_EQ(batches[0].counters().counters(1).value(), 3U);
  EXPECT_EQ(batches[1].counters().counters(0).value(), 5U);
}

TEST(Outbox, refuses_text_that_no_hub_would_read) {
  Cart cart;
  cart.start("trip-1", kStore);
  EXPECT_EQ(kind_of([&] { cart.append("trip-1", added("\xC0\xAF")); }), ErrorKind::invalid_input);
  EXPECT_EQ(cart.outbox->stats().rows, 1U);
  cart.settings.cart_id = "";
  EXPECT_EQ(kind_of([&] { cart.open(); }), ErrorKind::invalid_input);
}

TEST(OutboxCounters, refuse_what_is_no_hour_of_a_day) {
  Cart cart;
  const auto count = [&](std::string_view date, std::uint32_t hour) {
    return kind_of([&] {
      cart.commit(
          [&](Outbox& box) { box.count(date, hour, v1::COUNTER_KIND_TRIPS_STARTED, 1, 1000); });
    });
  };
  EXPECT_EQ(count("2026-03-02", 24), ErrorKind::invalid_input);
  EXPECT_EQ(count("02.03.2026", 9), ErrorKind::invalid_input);
}

TEST(OutboxCounters, with_equal_content_are_different_batches) {
  Cart cart;
  for (int i = 0; i < 2; ++i) {
    cart.commit(
        [](Outbox& box) { box.count("2026-03-02", 9, v1::COUNTER_KIND_TRIPS_STARTED, 1, 1000); });
    EXPECT_EQ(cart.outbox->cut(2000, Outbox::Cut::all), 1U);
  }
  EXPECT_EQ(cart.outbox->pending().size(), 2U);
}

}  // namespace cartwright::journey
