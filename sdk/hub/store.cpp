#include "hub/store.hpp"

#include <algorithm>
#include <cstring>

#include "base/error.hpp"
#include "journey/compress.hpp"

namespace cartwright::hub {
namespace {

using journey::Purposes;

constexpr const char* kTables = R"sql(
CREATE TABLE IF NOT EXISTS cart_key (
  key_id BLOB PRIMARY KEY,
  cart_id TEXT NOT NULL,
  public_key BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS batch (
  digest BLOB PRIMARY KEY,         -- of the envelope as it came
  kind INTEGER NOT NULL,
  schema_version INTEGER NOT NULL,
  journey_id TEXT,
  cart_id TEXT,                    -- with counters only
  stored_ms INTEGER NOT NULL,
  decoded INTEGER NOT NULL,
  bytes BLOB                       -- zstd of the Batch; null where a tombstone forbids it
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS journey (
  journey_id TEXT PRIMARY KEY,
  level INTEGER NOT NULL DEFAULT 0,
  store_gln TEXT NOT NULL DEFAULT '',
  business_date TEXT NOT NULL DEFAULT '',
  hour INTEGER NOT NULL DEFAULT 0,
  currency TEXT NOT NULL DEFAULT '',
  ended INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS event (
  journey_id TEXT NOT NULL,
  jseq INTEGER NOT NULL,
  first_jseq INTEGER NOT NULL,     -- below jseq only for a gap
  type TEXT NOT NULL,
  offset_ms INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (journey_id, jseq)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS counter (
  business_date TEXT NOT NULL,
  hour INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  value INTEGER NOT NULL,
  PRIMARY KEY (business_date, hour, kind)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS tombstone (
  journey_id TEXT NOT NULL,
  through_jseq INTEGER NOT NULL,
  remaining INTEGER NOT NULL,
  withdrawn INTEGER NOT NULL,
  PRIMARY KEY (journey_id, through_jseq, remaining)
) WITHOUT ROWID;
)sql";

template <typename List>
Purposes purposes_of(const List& list) {
  Purposes purposes;
  for (const int purpose : list) purposes = purposes.with(static_cast<v1::Purpose>(purpose));
  return purposes;
}

std::uint64_t first_of(const v1::JourneyEvent& event) {
  return event.has_gap() ? event.gap().from() : event.jseq();
}

v1::JourneyEvent withdrawn_gap(std::uint64_t from, std::uint64_t to) {
  v1::JourneyEvent event;
  event.set_jseq(to);
  event.mutable_gap()->set_from(from);
  event.mutable_gap()->set_to(to);
  event.mutable_gap()->set_cause(v1::GAP_CAUSE_WITHDRAWN);
  return event;
}

}  // namespace

Store::Store(const std::filesystem::path& file) : database_(file) {
  database_.run(kTables);
}

void Store::enrol(const std::string& cart_id, const PublicKey& key) {
  if (cart_id.empty()) {
    throw Error(ErrorKind::invalid_input, "a cart is enrolled by its id, which must not be empty");
  }
  const journey::KeyId id = journey::key_id(key);
  Transaction transaction(database_);
  const std::optional<EnrolledCart> holder = cart(id);
  if (holder && holder->cart_id != cart_id) {
    throw Error(ErrorKind::conflict, "key " + to_hex(id) + " belongs to cart " + holder->cart_id +
                                         "; give each cart a key of its own");
  }
  database_.prepare("INSERT OR IGNORE INTO cart_key VALUES (?, ?, ?)")
      .bind(ByteView(id), cart_id, ByteView(key))
      .run();
  transaction.commit();
}

std::optional<EnrolledCart> Store::cart(const journey::KeyId& key) {
  Statement select = database_.prepare("SELECT cart_id, public_key FROM cart_key WHERE key_id = ?");
  select.bind(ByteView(key));
  if (!select.step()) return std::nullopt;
  EnrolledCart cart;
  cart.cart_id = select.text(0);
  const Bytes stored = select.blob(1);
  if (stored.size() != cart.key.size()) {
    throw Error(ErrorKind::corrupt, "database " + database_.file().string() + ": the key of cart " +
                                        cart.cart_id + " is damaged; enrol it again");
  }
  std::copy(stored.begin(), stored.end(), cart.key.begin());
  return cart;
}

std::optional<std::uint64_t> Store::stored_ms(const Digest& id) {
  Statement select = database_.prepare("SELECT stored_ms FROM batch WHERE digest = ?");
  select.bind(ByteView(id));
  return select.step() ? std::optional(static_cast<std::uint64_t>(select.integer(0)))
                       : std::nullopt;
}

void Store::put(const Digest& id, const v1::Batch& batch, std::uint64_t now_ms) {
  Transaction transaction(database_);
  const bool decoded = batch.schema_version() <= journey::kSchemaVersion;
  const std::vector<Tombstone> stones = tombstones(batch.journey_id());
  const bool withdrawn = std::any_of(stones.begin(), stones.end(), [&](const Tombstone& stone) {
    return batch.kind() != v1::BATCH_KIND_TOMBSTONE && batch.first_jseq() <= stone.through;
  });
  const bool with_cart = decoded && batch.kind() == v1::BATCH_KIND_COUNTERS;
  std::optional<Bytes> bytes;
  if (!withdrawn) {
    v1::Batch kept = batch;
    if (!with_cart) kept.clear_cart_id();
    bytes = journey::compress(as_bytes(kept.SerializeAsString()));
  }
  database_.prepare("INSERT INTO batch VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
      .bind(ByteView(id), static_cast<int>(batch.kind()), batch.schema_version(),
            batch.journey_id().empty() ? std::nullopt : std::optional(batch.journey_id()),
            with_cart ? std::optional(batch.cart_id()) : std::nullopt, now_ms, decoded, bytes)
      .run();
  if (decoded) {
    if (batch.kind() == v1::BATCH_KIND_JOURNEY) put_events(batch, stones);
    if (batch.kind() == v1::BATCH_KIND_COUNTERS) put_counters(batch.counters());
    if (batch.kind() == v1::BATCH_KIND_TOMBSTONE) put_tombstone(batch);
  }
  transaction.commit();
}

std::vector<Store::Tombstone> Store::tombstones(const std::string& journey_id) {
  std::vector<Tombstone> found;
  if (journey_id.empty()) return found;
  Statement select =
      database_.prepare("SELECT through_jseq, remaining FROM tombstone WHERE journey_id = ?");
  select.bind(journey_id);
  while (select.step()) {
    found.push_back({static_cast<std::uint64_t>(select.integer(0)),
                     Purposes::from_bits(static_cast<std::uint32_t>(select.integer(1)))});
  }
  return found;
}

void Store::put_events(const v1::Batch& batch, const std::vector<Tombstone>& stones) {
  for (v1::JourneyEvent event : batch.events()) {
    const std::uint64_t from = first_of(event);
    const std::uint64_t to = event.jseq();
    bool refused = false;
    for (const Tombstone& stone : stones) {
      if (to > stone.through) continue;
      refused = refused || stone.remaining.empty();
      keep_granted(event, stone.remaining);
    }
    if (refused) continue;
    if (event.event_case() == v1::JourneyEvent::EVENT_NOT_SET) event = withdrawn_gap(from, to);
    put_event(batch.journey_id(), event);
  }
}

void Store::put_event(const std::string& journey_id, const v1::JourneyEvent& event) {
  const auto* field = v1::JourneyEvent::descriptor()->FindFieldByNumber(event.event_case());
  database_
      .prepare(
          "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET first_jseq = "
          "excluded.first_jseq, type = excluded.type, offset_ms = excluded.offset_ms, bytes = "
          "excluded.bytes WHERE event.type = 'gap' AND excluded.type <> 'gap'")
      .bind(journey_id, event.jseq(), first_of(event), field->name(), event.offset_ms(),
            as_bytes(event.SerializeAsString()))
      .run();
  note_in_journey(journey_id, event);
}

void Store::note_in_journey(const std::string& journey_id, const v1::JourneyEvent& event) {
  database_.prepare("INSERT OR IGNORE INTO journey (journey_id) VALUES (?)").bind(journey_id).run();
  if (event.has_journey_started()) {
    const v1::JourneyStarted& started = event.journey_started();
    database_
        .prepare(
            "UPDATE journey SET level = max(level, ?), store_gln = ?, business_date = ?, hour = "
            "?, currency = ? WHERE journey_id = ?")
        .bind(started.level(), started.store_gln(), started.business_date(), started.hour(),
              started.currency(), journey_id)
        .run();
  } else if (event.has_consent_changed()) {
    database_.prepare("UPDATE journey SET level = max(level, ?) WHERE journey_id = ?")
        .bind(event.consent_changed().level(), journey_id)
        .run();
  } else if (event.has_journey_ended()) {
    database_.prepare("UPDATE journey SET ended = ? WHERE journey_id = ?")
        .bind(static_cast<int>(event.journey_ended().cause()), journey_id)
        .run();
  }
}

void Store::put_counters(const v1::HourCounters& hour) {
  for (const v1::Counter& counter : hour.counters()) {
    database_
        .prepare(
            "INSERT INTO counter VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET value = value + "
            "excluded.value")
        .bind(hour.business_date(), hour.hour(), static_cast<int>(counter.kind()), counter.value())
        .run();
  }
}

void Store::put_tombstone(const v1::Batch& batch) {
  const v1::Tombstone& stone = batch.tombstone();
  database_.prepare("INSERT OR IGNORE INTO tombstone VALUES (?, ?, ?, ?)")
      .bind(batch.journey_id(), stone.through_jseq(), purposes_of(stone.remaining()).bits(),
            purposes_of(stone.withdrawn()).bits())
      .run();
}

StoreTotals Store::totals() {
  Statement select = database_.prepare(
      "SELECT (SELECT count(DISTINCT cart_id) FROM cart_key), (SELECT count(*) FROM journey), "
      "(SELECT count(*) FROM event WHERE type <> 'gap'), (SELECT count(*) FROM batch), "
      "(SELECT count(*) FROM batch WHERE decoded = 0)");
  select.bind().step();
  const auto column = [&](int i) { return static_cast<std::uint64_t>(select.integer(i)); };
  return {column(0), column(1), column(2), column(3), column(4)};
}

std::vector<StoredJourney> Store::journeys() {
  std::vector<StoredJourney> found;
  Statement select = database_.prepare(
      "SELECT j.journey_id, level, store_gln, business_date, hour, currency, ended FROM journey j "
      "ORDER BY business_date, hour, j.journey_id");
  select.bind();
  Statement spans = database_.prepare(
      "SELECT first_jseq, jseq, type = 'gap' FROM event WHERE journey_id = ? ORDER BY jseq");
  while (select.step()) {
    StoredJourney journey;
    journey.journey_id = select.text(0);
    journey.level = static_cast<std::uint32_t>(select.integer(1));
    journey.store_gln = select.text(2);
    journey.business_date = select.text(3);
    journey.hour = static_cast<std::uint32_t>(select.integer(4));
    journey.currency = select.text(5);
    journey.ended = static_cast<v1::JourneyEndCause>(select.integer(6));
    journey.whole = true;
    spans.bind(journey.journey_id);
    while (spans.step()) {
      const auto first = static_cast<std::uint64_t>(spans.integer(0));
      journey.whole = journey.whole && first <= journey.last_jseq + 1;
      journey.last_jseq = static_cast<std::uint64_t>(spans.integer(1));
      if (spans.integer(2) == 0) ++journey.events;
    }
    found.push_back(std::move(journey));
  }
  return found;
}

std::vector<v1::JourneyEvent> Store::events(const std::string& journey_id) {
  std::vector<v1::JourneyEvent> found;
  Statement select =
      database_.prepare("SELECT bytes FROM event WHERE journey_id = ? ORDER BY jseq");
  select.bind(journey_id);
  while (select.step()) {
    const Bytes bytes = select.blob(0);
    if (!found.emplace_back().ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
      throw Error(ErrorKind::corrupt, "database " + database_.file().string() +
                                          ": an event of journey " + journey_id +
                                          " does not parse; restore the file from its backup");
    }
  }
  return found;
}

std::vector<StoredCounter> Store::counters() {
  std::vector<StoredCounter> found;
  Statement select = database_.prepare(
      "SELECT business_date, hour, kind, value FROM counter ORDER BY business_date, hour, kind");
  select.bind();
  while (select.step()) {
    found.push_back({select.text(0), static_cast<std::uint32_t>(select.integer(1)),
                     static_cast<v1::CounterKind>(select.integer(2)),
                     static_cast<std::uint64_t>(select.integer(3))});
  }
  return found;
}

}  // namespace cartwright::hub
