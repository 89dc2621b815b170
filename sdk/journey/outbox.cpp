#include "journey/outbox.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "journey/business_date.hpp"
#include "journey/envelope.hpp"

namespace cartwright::journey {
namespace {

constexpr const char* kTables = R"sql(
CREATE TABLE IF NOT EXISTS outbox_journey (
  journey_id TEXT PRIMARY KEY,
  trip_id TEXT NOT NULL,           -- never leaves the cart
  purposes INTEGER NOT NULL,       -- granted now
  next_jseq INTEGER NOT NULL,
  started_ms INTEGER NOT NULL,
  last_offset_ms INTEGER NOT NULL,
  ended INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS outbox_journey_of_trip ON outbox_journey (trip_id);
CREATE TABLE IF NOT EXISTS outbox_batch (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  digest BLOB NOT NULL UNIQUE,
  kind INTEGER NOT NULL,
  journey_id TEXT,
  first_jseq INTEGER NOT NULL,
  last_jseq INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,          -- of its oldest content
  bytes BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS outbox_batch_of_journey ON outbox_batch (journey_id);
CREATE TABLE IF NOT EXISTS outbox_row (
  journey_id TEXT NOT NULL,
  jseq INTEGER NOT NULL,
  first_jseq INTEGER NOT NULL,     -- below jseq only for a gap
  gap INTEGER NOT NULL,            -- GapCause, 0 for an event
  at_ms INTEGER NOT NULL,
  batch INTEGER,                   -- outbox_batch.seq, null until cut
  bytes BLOB NOT NULL,
  PRIMARY KEY (journey_id, jseq)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS outbox_row_by_age ON outbox_row (at_ms);
CREATE INDEX IF NOT EXISTS outbox_row_of_batch ON outbox_row (batch);
CREATE TABLE IF NOT EXISTS outbox_counter (
  business_date TEXT NOT NULL,
  hour INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  value INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,          -- of the first increment
  PRIMARY KEY (business_date, hour, kind)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS outbox_tombstone (
  journey_id TEXT NOT NULL,
  purposes INTEGER NOT NULL,
  through_jseq INTEGER NOT NULL,
  batch INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS outbox_total (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
)sql";

Database& with_tables(Database& database) {
  database.run(kTables);
  return database;
}

bool is_empty(const v1::JourneyEvent& event) {
  return event.event_case() == v1::JourneyEvent::EVENT_NOT_SET;
}

}  // namespace

Outbox::Outbox(Database& database, OutboxSettings settings)
    : database_(with_tables(database)),
      settings_(std::move(settings)),
      select_journeys_(database_.prepare(
          "SELECT journey_id, purposes, next_jseq, started_ms, last_offset_ms, ended FROM "
          "outbox_journey WHERE trip_id = ?1 AND (ended = 0 OR ?2 = 0) ORDER BY started_ms")),
      update_journey_(database_.prepare(
          "UPDATE outbox_journey SET purposes = ?, next_jseq = ?, last_offset_ms = ?, ended = ? "
          "WHERE journey_id = ?")),
      insert_row_(database_.prepare("INSERT INTO outbox_row VALUES (?, ?, ?, ?, ?, NULL, ?)")),
      add_to_counter_(database_.prepare(
          "INSERT INTO outbox_counter VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE SET "
          "value = min(value + excluded.value, ?6)")) {
  if (settings_.cart_id.empty() || !is_utf8(as_bytes(settings_.cart_id))) {
    throw Error(ErrorKind::invalid_input, "the cart's id must be text, as the hub enrolled it");
  }
}

void Outbox::require_transaction() const {
  if (sqlite3_get_autocommit(database_.handle()) != 0) {
    throw Error(ErrorKind::internal,
                "the outbox writes inside the transaction of what it tells; open one first");
  }
}

std::vector<Outbox::Journey> Outbox::journeys(std::string_view trip_id, bool only_open) {
  Statement& select = select_journeys_;
  select.bind(trip_id, only_open);
  std::vector<Journey> found;
  while (select.step()) {
    Journey journey;
    journey.id = select.text(0);
    journey.purposes = Purposes::from_bits(static_cast<std::uint32_t>(select.integer(1)));
    journey.next_jseq = static_cast<std::uint64_t>(select.integer(2));
    journey.started_ms = static_cast<std::uint64_t>(select.integer(3));
    journey.last_offset_ms = static_cast<std::uint64_t>(select.integer(4));
    journey.ended = select.integer(5) != 0;
    found.push_back(std::move(journey));
  }
  return found;
}

void Outbox::save(const Journey& journey) {
  update_journey_
      .bind(journey.purposes.bits(), journey.next_jseq, journey.last_offset_ms, journey.ended,
            journey.id)
      .run();
}

void Outbox::insert_row(const std::string& journey, const v1::JourneyEvent& event,
                        std::uint64_t at_ms) {
  const bool gap = event.has_gap();
  const std::string bytes = event.SerializeAsString();
  // Protobuf writes text that it will not read; a hub would refuse the whole batch for ever.
  if (!v1::JourneyEvent().ParseFromString(bytes)) {
    throw Error(ErrorKind::invalid_input, "journey event " + std::to_string(event.jseq()) +
                                              " holds text that is not UTF-8; convert it before "
                                              "it is written");
  }
  insert_row_
      .bind(journey, event.jseq(), gap ? event.gap().from() : event.jseq(),
            gap ? static_cast<int>(event.gap().cause()) : 0, at_ms, as_bytes(bytes))
      .run();
}

bool Outbox::write(Journey& journey, v1::JourneyEvent event, std::uint64_t at_ms) {
  // A clock that was set back must not make a journey run backwards.
  const std::uint64_t since = at_ms > journey.started_ms ? at_ms - journey.started_ms : 0;
  journey.last_offset_ms = std::max(journey.last_offset_ms, since);
  event.set_jseq(journey.next_jseq);
  event.set_offset_ms(journey.last_offset_ms);
  keep_granted(event, journey.purposes);
  if (is_empty(event)) return false;
  insert_row(journey.id, event, at_ms);
  ++journey.next_jseq;
  save(journey);
  return true;
}

std::string Outbox::start(std::string_view trip_id, const Consent& consent,
                          v1::JourneyStarted started, std::uint64_t at_ms) {
  require_transaction();
  if (consent.granted.empty()) {
    throw Error(ErrorKind::invalid_input,
                "a journey needs a granted purpose; without one only counters are kept");
  }
  if (!journeys(trip_id, true).empty()) {
    throw Error(ErrorKind::conflict,
                "trip " + std::string(trip_id) + " has an open journey; add purposes with grant()");
  }
  Journey journey;
  journey.id = random_id();
  journey.purposes = consent.granted;
  journey.started_ms = at_ms;
  database_.prepare("INSERT INTO outbox_journey VALUES (?, ?, ?, 1, ?, 0, 0)")
      .bind(journey.id, trip_id, journey.purposes.bits(), at_ms)
      .run();

  started.set_level(level_of(consent.granted));
  started.clear_granted();
  for (const v1::Purpose purpose : consent.granted.list()) started.add_granted(purpose);
  started.set_notice_version(consent.notice_version);
  started.set_profile_id(consent.profile_id);
  v1::JourneyEvent event;
  *event.mutable_journey_started() = std::move(started);
  write(journey, std::move(event), at_ms);
  return journey.id;
}

bool Outbox::append(std::string_view trip_id, v1::JourneyEvent event, std::uint64_t at_ms) {
  require_transaction();
  std::vector<Journey> open = journeys(trip_id, true);
  return !open.empty() && write(open.front(), std::move(event), at_ms);
}

void Outbox::grant(std::string_view trip_id, const Consent& consent, std::uint64_t at_ms) {
  require_transaction();
  std::vector<Journey> open = journeys(trip_id, true);
  if (open.empty()) {
    throw Error(ErrorKind::not_found,
                "trip " + std::string(trip_id) + " has no open journey; begin one with start()");
  }
  Journey& journey = open.front();
  journey.purposes = journey.purposes.with(consent.granted);
  v1::JourneyEvent event;
  auto& changed = *event.mutable_consent_changed();
  changed.set_level(level_of(journey.purposes));
  for (const v1::Purpose purpose : journey.purposes.list()) changed.add_granted(purpose);
  changed.set_notice_version(consent.notice_version);
  changed.set_profile_id(consent.profile_id);
  write(journey, std::move(event), at_ms);
}

void Outbox::end(std::string_view trip_id, v1::JourneyEndCause cause, std::uint64_t at_ms) {
  require_transaction();
  for (Journey& journey : journeys(trip_id, true)) {
    journey.ended = true;
    v1::JourneyEvent event;
    event.mutable_journey_ended()->set_cause(cause);
    write(journey, std::move(event), at_ms);
  }
}

void Outbox::count(std::string_view business_date, std::uint32_t hour, v1::CounterKind kind,
                   std::uint64_t by, std::uint64_t at_ms) {
  require_transaction();
  if (!is_business_date(business_date) || hour > 23 || kind == v1::COUNTER_KIND_UNSPECIFIED) {
    throw Error(ErrorKind::invalid_input,
                "a counter needs a business date as YYYY-MM-DD, an hour from 0 to 23 and a kind; "
                "got " +
                    std::string(business_date) + ", " + std::to_string(hour));
  }
  add_to_counter_
      .bind(business_date, hour, static_cast<int>(kind), std::min(by, kMostCounted), at_ms,
            kMostCounted)
      .run();
}

Purposes Outbox::granted(std::string_view trip_id) {
  const std::vector<Journey> open = journeys(trip_id, true);
  return open.empty() ? Purposes() : open.front().purposes;
}

}  // namespace cartwright::journey
