#include "cart/uploader.hpp"

#include <cartwright/abi/draft/sink.h>
#include <gmock/gmock.h>

#include <cstddef>
#include <cstring>
#include <optional>

#include "base/error.hpp"
#include "unit/cart/small_store.hpp"

namespace cartwright::cart {
namespace {

using ::testing::HasSubstr;
using testing::kPen;

struct Hub : testing::SmallStore, ::testing::Test {
  std::optional<Uploader> uploader;

  void SetUp() override {
    units.add("hub0", CW_SINK_CLASS);
    start("hub0");
    shopping->start_trip();
    trip->set_consent(v1::PURPOSE_STORE_INSIGHT, true, "notice-1");
    scan(kPen);
  }
  void TearDown() override { uploader.reset(); }
  void start(const std::string& sink) {
    uploader.emplace(loop, *outbox, clock, units, sink,
                     [this](const Event& event) { events.push_back(event); });
  }
  Digest asked_for() const {
    const host::Record& record = units.waiting().record;
    const std::size_t at = record.type() == CW_SINK_SEND ? offsetof(cw_sink_send, digest)
                                                         : offsetof(cw_sink_ask, digest);
    Digest digest{};
    std::memcpy(digest.data(), record.bytes().data() + at, digest.size());
    return digest;
  }
  bool asks() const { return units.waiting().record.type() == CW_SINK_ASK; }
  host::Record says(std::uint32_t code, std::uint32_t retry_after_s = 0,
                    const Bytes& receipt = {}) const {
    host::RecordBuilder build(CW_SINK_RESULT, sizeof(cw_sink_result));
    build.set(offsetof(cw_sink_result, code), code);
    build.set(offsetof(cw_sink_result, retry_after_s), retry_after_s);
    build.span(offsetof(cw_sink_result, receipt), receipt);
    return build.take();
  }
  Bytes receipt(const Digest& batch) const { return signed_by(hub, batch); }
  static Bytes signed_by(const SigningKey& key_of_hub, const Digest& batch) {
    return journey::sign_receipt(batch, 5'000, v1::RECEIPT_STATUS_STORED, key_of_hub);
  }
  std::size_t batches() { return outbox->stats().batches; }
};

TEST_F(Hub, gets_what_waits_and_its_receipt_alone_deletes) {
  uploader->flush();
  const std::size_t cut = batches();
  ASSERT_GE(cut, 2U);  // the journey, and the counters of the hour
  for (std::size_t left = cut; left > 0; --left) {
    EXPECT_EQ(batches(), left);
    const Digest digest = asked_for();
    ASSERT_EQ(units.blobs.size(), 1U);
    EXPECT_EQ(sha256(units.blobs.begin()->second), digest);
    units.answer(CW_OK, says(200, 0, receipt(digest)));
  }
  EXPECT_EQ(batches(), 0U);
  EXPECT_EQ(outbox->stats().rows, 0U);
  EXPECT_TRUE(units.open.empty());
  EXPECT_TRUE(units.blobs.empty());
  EXPECT_EQ(uploader->delivered(), cut);
  EXPECT_EQ(last<JourneyChanged>().waiting, 0U);
  EXPECT_EQ(last<JourneyChanged>().delivered, cut);
  EXPECT_EQ(last<JourneyChanged>().trouble, "");
}

TEST_F(Hub, gets_one_batch_at_a_time) {
  uploader->flush();
  uploader->flush();
  uploader->sink_up();
  EXPECT_EQ(units.open.size(), 1U);
}

TEST_F(Hub, gets_the_journey_at_the_trips_end_but_no_counters_of_one_trip) {
  trip->end(v1::TripEnded::STAFF);
  uploader->trip_ended();
  ASSERT_EQ(units.open.size(), 1U);
  units.answer(CW_OK, says(200, 0, receipt(asked_for())));
  EXPECT_TRUE(units.open.empty());
  clock.advance_ms(3'600'000);
  uploader->sink_up();
  EXPECT_EQ(units.open.size(), 1U);
}

TEST_F(Hub, that_forges_receipts_deletes_nothing_and_is_not_asked_without_end) {
  uploader->flush();
  const std::size_t cut = batches();
  const Digest digest = asked_for();
  const SigningKey other = SigningKey::generate();
  units.answer(CW_OK, says(200, 0, signed_by(other, digest)));
  ASSERT_TRUE(asks());
  EXPECT_EQ(asked_for(), digest);
  EXPECT_THAT(last<JourneyChanged>().trouble, HasSubstr("pinned hub key"));
  units.answer(CW_OK, says(200, 0, signed_by(other, digest)));
  EXPECT_TRUE(units.open.empty());  // waits before it asks again
  EXPECT_EQ(batches(), cut);
  EXPECT_EQ(uploader->delivered(), 0U);
}

TEST_F(Hub, that_answers_with_another_batches_receipt_deletes_that_one_alone) {
  uploader->flush();
  const Digest first = asked_for();
  Digest second{};
  for (const Digest& id : outbox->pending()) {
    if (id != first) second = id;
  }
  units.answer(CW_OK, says(200, 0, receipt(second)));
  EXPECT_TRUE(outbox->batch(first).has_value());
  EXPECT_FALSE(outbox->batch(second).has_value());
  ASSERT_TRUE(asks());
  EXPECT_EQ(asked_for(), first);
  units.answer(CW_OK, says(200, 0, receipt(first)));
  EXPECT_FALSE(outbox->batch(first).has_value());
}

TEST_F(Hub, that_has_a_batch_already_is_asked_for_its_receipt) {
  uploader->flush();
  const Digest digest = asked_for();
  units.answer(CW_DEVICE_ERROR, says(409));
  ASSERT_TRUE(asks());
  EXPECT_EQ(asked_for(), digest);
  EXPECT_TRUE(outbox->batch(digest).has_value());
  units.answer(CW_OK, says(200, 0, receipt(digest)));
  EXPECT_FALSE(outbox->batch(digest).has_value());
}

TEST_F(Hub, that_knows_no_receipt_gets_the_batch_again) {
  uploader->flush();
  const Digest digest = asked_for();
  units.answer(CW_DUPLICATE);
  units.answer(CW_NOT_FOUND, says(404));
  EXPECT_TRUE(units.open.empty());
  uploader->sink_up();
  EXPECT_FALSE(asks());
  EXPECT_EQ(asked_for(), digest);
}

struct HubTrouble {
  const char* name;
  std::int32_t status;
  std::uint32_t code;
  std::uint32_t retry_after_s;
  const char* text;
};

struct Away : Hub, ::testing::WithParamInterface<HubTrouble> {};

TEST_P(Away, loses_nothing_and_tells_why_and_goes_on_when_the_sink_is_back) {
  uploader->flush();
  const std::size_t cut = batches();
  const Digest digest = asked_for();
  units.answer(GetParam().status, GetParam().code == 0
                                      ? host::Record()
                                      : says(GetParam().code, GetParam().retry_after_s));
  EXPECT_TRUE(units.open.empty());
  EXPECT_EQ(batches(), cut);
  EXPECT_TRUE(units.blobs.empty());
  EXPECT_EQ(last<JourneyChanged>().waiting, cut);
  EXPECT_THAT(last<JourneyChanged>().trouble, HasSubstr(GetParam().text));
  uploader->sink_up();
  EXPECT_EQ(asked_for(), digest);
  units.answer(CW_OK, says(200, 0, receipt(digest)));
  EXPECT_EQ(batches(), cut - 1);
  EXPECT_EQ(last<JourneyChanged>().trouble, "");
}

INSTANTIATE_TEST_SUITE_P(
    Hubs, Away,
    ::testing::Values(HubTrouble{"busy", CW_BUSY, 503, 120, "busy (HTTP 503)"},
                      HubTrouble{"captive_portal", CW_DEVICE_ERROR, 200, 0, "no hub"},
                      HubTrouble{"forbidden", CW_DEVICE_ERROR, 403, 0, "HTTP 403"},
                      HubTrouble{"empty_answer", CW_OK, 200, 0, "does not answer"},
                      HubTrouble{"away", CW_LINK_DOWN, 0, 0, "does not answer"},
                      HubTrouble{"silent", CW_TIMEOUT, 0, 0, "does not answer"}),
    [](const auto& test) { return test.param.name; });

TEST_F(Hub, that_refuses_one_batch_gets_the_others) {
  uploader->flush();
  const Digest refused = asked_for();
  units.answer(CW_DEVICE_ERROR, says(413));
  ASSERT_EQ(units.open.size(), 1U);
  EXPECT_NE(asked_for(), refused);
  EXPECT_TRUE(outbox->batch(refused).has_value());
}

TEST_F(Hub, waits_where_the_disk_is_busy_and_the_app_is_told) {
  block_disk();
  uploader->flush();
  EXPECT_TRUE(units.open.empty());
  EXPECT_THAT(last<JourneyChanged>().trouble, HasSubstr("cart.db"));
  free_disk();
  uploader->flush();
  EXPECT_EQ(units.open.size(), 1U);
}

TEST_F(Hub, keeps_a_batch_whose_receipt_the_disk_did_not_take) {
  uploader->flush();
  const Digest digest = asked_for();
  block_disk();
  units.answer(CW_OK, says(200, 0, receipt(digest)));
  EXPECT_TRUE(units.open.empty());
  EXPECT_TRUE(outbox->batch(digest).has_value());
  free_disk();
  uploader->sink_up();
  EXPECT_EQ(asked_for(), digest);
}

TEST_F(Hub, is_not_needed_for_journeys_to_wait_on_the_cart) {
  start("");
  uploader->flush();
  EXPECT_TRUE(units.open.empty());
  EXPECT_GE(batches(), 2U);
}

TEST_F(Hub, gets_nothing_of_a_journey_that_was_withdrawn_before_it_went) {
  trip->set_consent(v1::PURPOSE_STORE_INSIGHT, false, "notice-1");
  uploader->flush();
  while (!units.open.empty()) {
    const Bytes bytes = units.blobs.begin()->second;
    const auto opened = std::get<journey::OpenedBatch>(
        journey::open(bytes, [this](const journey::KeyId&) { return key.public_key(); }));
    EXPECT_NE(opened.batch.kind(), v1::BATCH_KIND_JOURNEY);
    units.answer(CW_OK, says(200, 0, receipt(asked_for())));
  }
  EXPECT_EQ(batches(), 0U);
}

}  // namespace
}  // namespace cartwright::cart
