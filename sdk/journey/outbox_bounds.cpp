// Bounds: the outbox never fills the cart's disk, and says what that cost.

#include <limits>

#include "journey/outbox.hpp"

namespace cartwright::journey {
namespace {

constexpr std::uint64_t kAnyAge = std::numeric_limits<std::int64_t>::max();

}  // namespace

std::uint64_t Outbox::total_bytes() {
  Statement select = database_.prepare(
      "SELECT (SELECT coalesce(sum(length(bytes)), 0) FROM outbox_row) + "
      "(SELECT coalesce(sum(length(bytes)), 0) FROM outbox_batch)");
  select.bind().step();
  return static_cast<std::uint64_t>(select.integer(0));
}

std::size_t Outbox::enforce_bounds(std::uint64_t now_ms, bool clock_trusted) {
  Transaction transaction(database_);
  std::uint64_t events = 0;
  bool changed = false;
  const auto drop_events = [&](std::uint64_t before_ms, v1::GapCause cause) {
    const std::uint64_t dropped = drop_oldest_events(before_ms, cause);
    events += dropped;
    changed = changed || dropped != 0;
    return dropped != 0;
  };
  const auto drop_counters = [&](std::uint64_t before_ms) {
    const bool dropped = drop_oldest_counters(before_ms);
    events += dropped ? 1 : 0;
    changed = changed || dropped;
    return dropped;
  };
  if (clock_trusted && now_ms > settings_.most_age_ms) {
    const std::uint64_t before_ms = now_ms - settings_.most_age_ms;
    while (drop_events(before_ms, v1::GAP_CAUSE_AGE)) {
    }
    while (drop_counters(before_ms)) {
    }
  }
  // Events go first, because a gap tells of them; then counters, then the gaps. Tombstones stay.
  while (total_bytes() > settings_.most_bytes) {
    if (drop_events(kAnyAge, v1::GAP_CAUSE_SIZE) || drop_counters(kAnyAge)) continue;
    if (!drop_oldest_gap()) break;
    changed = true;
  }
  if (!changed) return 0;
  database_
      .prepare(
          "INSERT INTO outbox_total VALUES ('dropped', ?) ON CONFLICT DO UPDATE SET value = "
          "value + excluded.value")
      .bind(events)
      .run();
  forget_finished_journeys();
  transaction.commit();
  return events;
}

std::uint64_t Outbox::drop_oldest_events(std::uint64_t before_ms, v1::GapCause cause) {
  Statement select = database_.prepare(
      "SELECT journey_id, jseq, batch, at_ms FROM outbox_row WHERE gap = 0 AND at_ms < ? ORDER BY "
      "at_ms, journey_id, jseq LIMIT 1");
  select.bind(before_ms);
  if (!select.step()) return 0;
  const std::string journey = select.text(0);
  const auto jseq = static_cast<std::uint64_t>(select.integer(1));
  const auto at_ms = static_cast<std::uint64_t>(select.integer(3));
  if (select.is_null(2)) {
    select.reset();
    database_.prepare("DELETE FROM outbox_row WHERE journey_id = ? AND jseq = ?")
        .bind(journey, jseq)
        .run();
    put_gap(journey, jseq, jseq, cause, at_ms);
    return 1;
  }
  // A batch is immutable: it goes as a whole.
  const std::int64_t batch = select.integer(2);
  select.reset();
  Statement span = database_.prepare(
      "SELECT min(first_jseq), max(jseq), sum(gap = 0) FROM outbox_row WHERE batch = ?");
  span.bind(batch).step();
  const auto from = static_cast<std::uint64_t>(span.integer(0));
  const auto to = static_cast<std::uint64_t>(span.integer(1));
  const auto events = static_cast<std::uint64_t>(span.integer(2));
  span.reset();
  database_.prepare("DELETE FROM outbox_row WHERE batch = ?").bind(batch).run();
  database_.prepare("DELETE FROM outbox_batch WHERE seq = ?").bind(batch).run();
  put_gap(journey, from, to, cause, at_ms);
  return events;
}

bool Outbox::drop_oldest_counters(std::uint64_t before_ms) {
  database_
      .prepare(
          "DELETE FROM outbox_batch WHERE seq = (SELECT seq FROM outbox_batch WHERE kind = ? AND "
          "at_ms < ? ORDER BY seq LIMIT 1)")
      .bind(static_cast<int>(v1::BATCH_KIND_COUNTERS), before_ms)
      .run();
  return database_.changes() != 0;
}

bool Outbox::drop_oldest_gap() {
  Statement select = database_.prepare(
      "SELECT journey_id, jseq, batch FROM outbox_row WHERE gap <> 0 ORDER BY at_ms, journey_id, "
      "jseq "
      "LIMIT 1");
  select.bind();
  if (!select.step()) return false;
  const std::string journey = select.text(0);
  const std::int64_t jseq = select.integer(1);
  const std::optional<std::int64_t> batch =
      select.is_null(2) ? std::nullopt : std::optional(select.integer(2));
  select.reset();
  if (batch) {
    database_.prepare("DELETE FROM outbox_row WHERE batch = ?").bind(*batch).run();
    database_.prepare("DELETE FROM outbox_batch WHERE seq = ?").bind(*batch).run();
  } else {
    database_.prepare("DELETE FROM outbox_row WHERE journey_id = ? AND jseq = ?")
        .bind(journey, jseq)
        .run();
  }
  return true;
}

OutboxStats Outbox::stats() {
  OutboxStats stats;
  Statement select = database_.prepare(
      "SELECT (SELECT count(*) FROM outbox_row), (SELECT count(*) FROM outbox_batch), "
      "(SELECT coalesce(sum(value), 0) FROM outbox_total WHERE name = 'dropped'), "
      "(SELECT min(at_ms) FROM (SELECT at_ms FROM outbox_row UNION ALL SELECT at_ms FROM "
      "outbox_batch))");
  select.bind().step();
  stats.rows = static_cast<std::uint64_t>(select.integer(0));
  stats.batches = static_cast<std::uint64_t>(select.integer(1));
  stats.dropped = static_cast<std::uint64_t>(select.integer(2));
  if (!select.is_null(3)) stats.oldest_ms = static_cast<std::uint64_t>(select.integer(3));
  stats.bytes = total_bytes();
  return stats;
}

}  // namespace cartwright::journey
