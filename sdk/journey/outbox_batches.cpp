// Batches: cut, waiting, and gone on a receipt.

#include <algorithm>
#include <cstring>

#include "base/error.hpp"
#include "journey/envelope.hpp"
#include "journey/outbox.hpp"

namespace cartwright::journey {
namespace {

constexpr std::uint64_t kHourMs = 3'600'000;
constexpr std::size_t kNonceBytes = 16;

struct Run {
  std::vector<v1::JourneyEvent> events;
  std::size_t bytes = 0;
  std::uint64_t at_ms = 0;
};

std::uint64_t first_of(const v1::JourneyEvent& event) {
  return event.has_gap() ? event.gap().from() : event.jseq();
}

}  // namespace

v1::Batch Outbox::new_batch(v1::BatchKind kind) const {
  v1::Batch batch;
  batch.set_kind(kind);
  batch.set_schema_version(kSchemaVersion);
  batch.set_cart_id(settings_.cart_id);
  if (kind != v1::BATCH_KIND_JOURNEY) {
    const Bytes nonce = random_bytes(kNonceBytes);
    batch.set_nonce(nonce.data(), nonce.size());
  }
  return batch;
}

std::int64_t Outbox::store_batch(const v1::Batch& batch, std::uint64_t at_ms) {
  const Bytes envelope = seal(batch, settings_.key);
  const std::optional<std::string> journey =
      batch.journey_id().empty() ? std::nullopt : std::optional(batch.journey_id());
  database_
      .prepare(
          "INSERT INTO outbox_batch (digest, kind, journey_id, first_jseq, last_jseq, at_ms, "
          "bytes) VALUES (?, ?, ?, ?, ?, ?, ?)")
      .bind(ByteView(sha256(envelope)), static_cast<int>(batch.kind()), journey, batch.first_jseq(),
            batch.last_jseq(), at_ms, envelope)
      .run();
  return database_.last_rowid();
}

std::size_t Outbox::cut(std::uint64_t now_ms, Cut which) {
  Transaction transaction(database_);
  std::vector<std::string> due;
  Statement select = database_.prepare(
      "SELECT r.journey_id FROM outbox_row r JOIN outbox_journey j USING (journey_id) "
      "WHERE r.batch IS NULL GROUP BY r.journey_id HAVING ?1 OR max(j.ended) OR count(*) >= ?2 "
      "OR sum(length(r.bytes)) >= ?3 OR min(r.at_ms) <= ?4 ORDER BY min(r.at_ms), r.journey_id");
  select.bind(which == Cut::all, std::uint64_t{settings_.batch_events},
              std::uint64_t{settings_.batch_bytes},
              now_ms > settings_.batch_wait_ms ? now_ms - settings_.batch_wait_ms : 0);
  while (select.step()) due.push_back(select.text(0));
  select.reset();

  std::size_t made = cut_counters(now_ms, which);
  for (const std::string& journey : due) made += cut_journey(journey);
  if (made != 0) transaction.commit();
  return made;
}

std::size_t Outbox::cut_journey(const std::string& journey) {
  std::vector<Run> runs;
  Statement select = database_.prepare(
      "SELECT bytes, at_ms FROM outbox_row WHERE journey_id = ? AND batch IS NULL ORDER BY jseq");
  select.bind(journey);
  while (select.step()) {
    const Bytes bytes = select.blob(0);
    v1::JourneyEvent event;
    if (!event.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
      throw Error(ErrorKind::corrupt, "database " + database_.file().string() +
                                          ": an event of journey " + journey + " does not parse");
    }
    // Between two runs stands a batch that was cut before.
    const bool fits = !runs.empty() && runs.back().events.back().jseq() + 1 == first_of(event) &&
                      runs.back().events.size() < settings_.batch_events &&
                      runs.back().bytes + bytes.size() <= settings_.batch_bytes;
    if (!fits) {
      runs.emplace_back();
      runs.back().at_ms = static_cast<std::uint64_t>(select.integer(1));
    }
    runs.back().bytes += bytes.size();
    runs.back().events.push_back(std::move(event));
  }
  select.reset();

  for (Run& run : runs) {
    v1::Batch batch = new_batch(v1::BATCH_KIND_JOURNEY);
    batch.set_journey_id(journey);
    batch.set_first_jseq(first_of(run.events.front()));
    batch.set_last_jseq(run.events.back().jseq());
    for (v1::JourneyEvent& event : run.events) batch.add_events()->Swap(&event);
    const std::int64_t seq = store_batch(batch, run.at_ms);
    database_
        .prepare("UPDATE outbox_row SET batch = ? WHERE journey_id = ? AND jseq BETWEEN ? AND ?")
        .bind(seq, journey, batch.first_jseq(), batch.last_jseq())
        .run();
  }
  return runs.size();
}

std::size_t Outbox::cut_counters(std::uint64_t now_ms, Cut which) {
  struct Hour {
    v1::HourCounters counters;
    std::uint64_t at_ms = 0;
  };
  std::vector<Hour> hours;
  // An hour is over for the cart an hour after its first increment; what comes later is added.
  Statement select = database_.prepare(
      "SELECT business_date, hour, kind, value, min(at_ms) OVER (PARTITION BY business_date, hour) "
      "AS "
      "first_ms FROM outbox_counter ORDER BY business_date, hour, kind");
  select.bind();
  while (select.step()) {
    const auto at_ms = static_cast<std::uint64_t>(select.integer(4));
    if (which == Cut::due && at_ms + kHourMs > now_ms) continue;
    const auto hour = static_cast<std::uint32_t>(select.integer(1));
    if (hours.empty() || hours.back().counters.hour() != hour ||
        hours.back().counters.business_date() != select.text(0)) {
      hours.emplace_back();
      hours.back().at_ms = at_ms;
      hours.back().counters.set_business_date(select.text(0));
      hours.back().counters.set_hour(hour);
    }
    auto& counter = *hours.back().counters.add_counters();
    counter.set_kind(static_cast<v1::CounterKind>(select.integer(2)));
    counter.set_value(static_cast<std::uint64_t>(select.integer(3)));
  }
  select.reset();

  for (Hour& hour : hours) {
    database_.prepare("DELETE FROM outbox_counter WHERE business_date = ? AND hour = ?")
        .bind(hour.counters.business_date(), hour.counters.hour())
        .run();
    v1::Batch batch = new_batch(v1::BATCH_KIND_COUNTERS);
    *batch.mutable_counters() = std::move(hour.counters);
    store_batch(batch, hour.at_ms);
  }
  return hours.size();
}

std::vector<Digest> Outbox::pending(std::size_t most) {
  Statement select =
      database_.prepare("SELECT digest FROM outbox_batch ORDER BY kind = ? DESC, seq LIMIT ?");
  select.bind(static_cast<int>(v1::BATCH_KIND_TOMBSTONE), std::uint64_t{most});
  std::vector<Digest> ids;
  while (select.step()) {
    const Bytes stored = select.blob(0);
    std::copy_n(stored.begin(), std::min(stored.size(), Digest{}.size()),
                ids.emplace_back().begin());
  }
  return ids;
}

std::optional<Bytes> Outbox::batch(const Digest& id) {
  Statement select = database_.prepare("SELECT bytes FROM outbox_batch WHERE digest = ?");
  select.bind(ByteView(id));
  return select.step() ? std::optional(select.blob(0)) : std::nullopt;
}

CheckedReceipt Outbox::accept_receipt(ByteView bytes) {
  if (!settings_.hub) {
    throw Error(ErrorKind::refused, "no hub key is pinned; set the hub's key in the configuration");
  }
  const CheckedReceipt receipt = check_receipt(bytes, *settings_.hub);
  Transaction transaction(database_);
  Statement select = database_.prepare("SELECT seq FROM outbox_batch WHERE digest = ?");
  select.bind(ByteView(receipt.batch));
  if (!select.step()) {
    select.reset();
    throw Error(ErrorKind::refused, "the hub's receipt is for batch " + to_hex(receipt.batch) +
                                        ", which does not wait "
                                        "here; nothing is deleted");
  }
  const std::int64_t seq = select.integer(0);
  select.reset();
  database_.prepare("DELETE FROM outbox_row WHERE batch = ?").bind(seq).run();
  database_.prepare("DELETE FROM outbox_tombstone WHERE batch = ?").bind(seq).run();
  database_.prepare("DELETE FROM outbox_batch WHERE seq = ?").bind(seq).run();
  forget_finished_journeys();
  transaction.commit();
  return receipt;
}

void Outbox::forget_finished_journeys() {
  database_.run(
      "DELETE FROM outbox_journey WHERE ended = 1 "
      "AND journey_id NOT IN (SELECT journey_id FROM outbox_row) "
      "AND journey_id NOT IN (SELECT journey_id FROM outbox_tombstone)");
}

}  // namespace cartwright::journey
