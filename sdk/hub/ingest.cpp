#include "hub/ingest.hpp"

#include <algorithm>
#include <limits>
#include <variant>

#include "journey/business_date.hpp"
#include "journey/envelope.hpp"
#include "journey/receipt.hpp"

namespace cartwright::hub {
namespace {

constexpr std::uint64_t kLargestJseq = std::numeric_limits<std::int64_t>::max() - 1;
bool is_lower_hex(const std::string& text, std::size_t digits) {
  return text.size() == digits && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

// Each event follows the one before without a hole, and the batch says where it begins and ends.
bool is_dense(const v1::Batch& batch) {
  if (batch.first_jseq() == 0 || batch.last_jseq() > kLargestJseq) return false;
  std::uint64_t next = batch.first_jseq();
  for (const v1::JourneyEvent& event : batch.events()) {
    if (event.event_case() == v1::JourneyEvent::EVENT_NOT_SET) return false;
    const std::uint64_t first = event.has_gap() ? event.gap().from() : event.jseq();
    if (first != next || event.jseq() < first || event.jseq() > kLargestJseq) return false;
    if (event.has_gap() && event.gap().to() != event.jseq()) return false;
    next = event.jseq() + 1;
  }
  return batch.events_size() != 0 && next == batch.last_jseq() + 1;
}

bool is_sound(const v1::HourCounters& hour) {
  return journey::is_business_date(hour.business_date()) && hour.hour() < 24 &&
         hour.counters_size() != 0 &&
         std::all_of(hour.counters().begin(), hour.counters().end(),
                     [](const v1::Counter& counter) {
                       return v1::CounterKind_IsValid(counter.kind()) &&
                              counter.kind() != v1::COUNTER_KIND_UNSPECIFIED &&
                              counter.value() <= journey::kMostCounted;
                     });
}

bool is_sound(const v1::Batch& batch) {
  if (batch.schema_version() == 0) return false;
  if (batch.schema_version() > journey::kSchemaVersion) return true;
  const bool has_journey = is_lower_hex(batch.journey_id(), 32);
  switch (batch.kind()) {
    case v1::BATCH_KIND_JOURNEY:
      return has_journey && is_dense(batch) && !batch.has_counters() && !batch.has_tombstone();
    case v1::BATCH_KIND_COUNTERS:
      return batch.journey_id().empty() && batch.events_size() == 0 && batch.has_counters() &&
             !batch.has_tombstone() && is_sound(batch.counters());
    case v1::BATCH_KIND_TOMBSTONE:
      return has_journey && batch.events_size() == 0 && !batch.has_counters() &&
             batch.has_tombstone() && batch.tombstone().withdrawn_size() != 0 &&
             batch.tombstone().through_jseq() <= kLargestJseq;
    default:
      return false;
  }
}

IngestResult refusal(journey::EnvelopeFault fault) {
  switch (fault) {
    case journey::EnvelopeFault::too_large:
      return {Ingested::too_large, {}, "the batch is larger than this hub takes; cut smaller ones"};
    case journey::EnvelopeFault::unknown_key:
      return {Ingested::unauthorised, {}, "no enrolled cart has this key; enrol the cart's key"};
    case journey::EnvelopeFault::bad_signature:
      return {Ingested::unauthorised, {}, "the signature does not match the payload"};
    case journey::EnvelopeFault::malformed:
      break;
  }
  return {Ingested::malformed, {}, "the bytes are no signed batch"};
}

}  // namespace

IngestResult ingest(Store& store, const SigningKey& hub, ByteView envelope, std::uint64_t now_ms) {
  const Digest id = sha256(envelope);
  // The same bytes were checked when they were stored.
  if (const auto stored = store.stored_ms(id)) {
    return {Ingested::duplicate,
            journey::sign_receipt(id, *stored, v1::RECEIPT_STATUS_DUPLICATE, hub),
            {}};
  }
  std::optional<EnrolledCart> cart;
  auto opened = journey::open(envelope, [&](const journey::KeyId& key) {
    cart = store.cart(key);
    return cart ? std::optional(cart->key) : std::nullopt;
  });
  if (const auto* fault = std::get_if<journey::EnvelopeFault>(&opened)) return refusal(*fault);
  const v1::Batch& batch = std::get<journey::OpenedBatch>(opened).batch;
  if (batch.cart_id() != cart->cart_id) {
    return {Ingested::unauthorised, {}, "the batch names another cart than its key"};
  }
  if (!is_sound(batch)) {
    return {Ingested::malformed, {}, "the batch does not hold together"};
  }
  store.put(id, batch, now_ms);
  return {Ingested::stored, journey::sign_receipt(id, now_ms, v1::RECEIPT_STATUS_STORED, hub), {}};
}

std::optional<Bytes> receipt_of(Store& store, const SigningKey& hub, const Digest& batch) {
  const auto stored = store.stored_ms(batch);
  if (!stored) return std::nullopt;
  return journey::sign_receipt(batch, *stored, v1::RECEIPT_STATUS_STORED, hub);
}

}  // namespace cartwright::hub
