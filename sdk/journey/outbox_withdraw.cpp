// Withdrawal: what has not left the cart is erased here, what has left is answered by a tombstone.

#include <utility>

#include "journey/outbox.hpp"

namespace cartwright::journey {

void Outbox::withdraw(std::string_view trip_id, Purposes purposes, std::uint64_t at_ms) {
  require_transaction();
  for (Journey& journey : journeys(trip_id, false)) {
    const Purposes before = journey.purposes;
    if (!before.touches(purposes)) continue;
    journey.purposes = before.without(purposes);
    put_tombstone(journey, before.without(journey.purposes), at_ms);
    if (journey.purposes.empty()) {
      erase_events(journey);
      journey.ended = true;
      save(journey);
      continue;
    }
    refilter_events(journey);
    save(journey);
    if (journey.ended) continue;
    v1::JourneyEvent event;
    auto& changed = *event.mutable_consent_changed();
    changed.set_level(level_of(journey.purposes));
    for (const v1::Purpose purpose : journey.purposes.list()) changed.add_granted(purpose);
    write(journey, std::move(event), at_ms);
  }
}

void Outbox::put_tombstone(const Journey& journey, Purposes withdrawn, std::uint64_t at_ms) {
  v1::Batch batch = new_batch(v1::BATCH_KIND_TOMBSTONE);
  batch.set_journey_id(journey.id);
  for (const v1::Purpose purpose : withdrawn.list())
    batch.mutable_tombstone()->add_withdrawn(purpose);
  for (const v1::Purpose purpose : journey.purposes.list())
    batch.mutable_tombstone()->add_remaining(purpose);
  batch.mutable_tombstone()->set_through_jseq(journey.next_jseq - 1);
  const std::int64_t seq = store_batch(batch, at_ms);
  database_.prepare("INSERT INTO outbox_tombstone VALUES (?, ?, ?, ?)")
      .bind(journey.id, withdrawn.bits(), journey.next_jseq - 1, seq)
      .run();
}

void Outbox::erase_events(const Journey& journey) {
  database_.prepare("DELETE FROM outbox_row WHERE journey_id = ?").bind(journey.id).run();
  database_.prepare("DELETE FROM outbox_batch WHERE journey_id = ? AND kind = ?")
      .bind(journey.id, static_cast<int>(v1::BATCH_KIND_JOURNEY))
      .run();
}

void Outbox::refilter_events(const Journey& journey) {
  struct Row {
    v1::JourneyEvent event;
    std::uint64_t at_ms = 0;
    std::optional<std::int64_t> batch;
  };
  std::vector<Row> changed;
  Statement select = database_.prepare(
      "SELECT bytes, at_ms, batch FROM outbox_row WHERE journey_id = ? AND gap = 0 ORDER BY jseq");
  select.bind(journey.id);
  while (select.step()) {
    Row row;
    const Bytes stored = select.blob(0);
    row.event.ParseFromArray(stored.data(), static_cast<int>(stored.size()));
    row.at_ms = static_cast<std::uint64_t>(select.integer(1));
    if (!select.is_null(2)) row.batch = select.integer(2);
    keep_granted(row.event, journey.purposes);
    if (as_bytes(row.event.SerializeAsString()).size() != stored.size()) changed.push_back(row);
  }
  select.reset();

  for (const Row& row : changed) {
    if (row.batch) {
      database_.prepare("UPDATE outbox_row SET batch = NULL WHERE batch = ?")
          .bind(*row.batch)
          .run();
      database_.prepare("DELETE FROM outbox_batch WHERE seq = ?").bind(*row.batch).run();
    }
    const std::uint64_t jseq = row.event.jseq();
    database_.prepare("DELETE FROM outbox_row WHERE journey_id = ? AND jseq = ?")
        .bind(journey.id, jseq)
        .run();
    if (row.event.event_case() == v1::JourneyEvent::EVENT_NOT_SET) {
      put_gap(journey.id, jseq, jseq, v1::GAP_CAUSE_WITHDRAWN, row.at_ms);
    } else {
      insert_row(journey.id, row.event, row.at_ms);
    }
  }
}

void Outbox::put_gap(const std::string& journey, std::uint64_t from, std::uint64_t to,
                     v1::GapCause cause, std::uint64_t at_ms) {
  Statement neighbours = database_.prepare(
      "SELECT jseq, first_jseq, at_ms FROM outbox_row WHERE journey_id = ?1 AND gap = ?2 AND batch "
      "IS "
      "NULL AND (jseq = ?3 OR first_jseq = ?4)");
  neighbours.bind(journey, static_cast<int>(cause), from - 1, to + 1);
  std::vector<std::uint64_t> swallowed;
  while (neighbours.step()) {
    swallowed.push_back(static_cast<std::uint64_t>(neighbours.integer(0)));
    to = std::max(to, swallowed.back());
    from = std::min(from, static_cast<std::uint64_t>(neighbours.integer(1)));
    at_ms = std::min(at_ms, static_cast<std::uint64_t>(neighbours.integer(2)));
  }
  neighbours.reset();
  for (const std::uint64_t jseq : swallowed) {
    database_.prepare("DELETE FROM outbox_row WHERE journey_id = ? AND jseq = ?")
        .bind(journey, jseq)
        .run();
  }
  v1::JourneyEvent event;
  event.set_jseq(to);
  event.mutable_gap()->set_from(from);
  event.mutable_gap()->set_to(to);
  event.mutable_gap()->set_cause(cause);
  insert_row(journey, event, at_ms);
}

}  // namespace cartwright::journey
