#include "trip/trip_log.hpp"

#include <algorithm>
#include <limits>

#include "base/error.hpp"
#include "cartwright/v1/trip.pb.h"
#include "trip/trip_log_schema.hpp"

namespace cartwright::trip {
namespace {

constexpr const char* kEntryColumns =
    "SELECT trip_id, started_utc_ms, business_date, status,"
    " (SELECT coalesce(max(seq), 0) FROM trip_events WHERE trip = trips.row) FROM trips ";

TripEntry entry_of(const Statement& row) {
  return {.trip_id = row.text(0),
          .started_utc_ms = row.integer(1),
          .business_date = row.text(2),
          .last_seq = static_cast<std::uint64_t>(row.integer(4)),
          .status = static_cast<TripEntry::Status>(row.integer(3))};
}

[[noreturn]] void fail_unknown(std::string_view trip_id) {
  throw Error(ErrorKind::not_found, "there is no trip " + std::string(trip_id) + " in this log");
}

}  // namespace

TripLog::TripLog(Database& database)
    : database_(with_trip_tables(database)),
      last_seq_(database.prepare("SELECT max(seq) FROM trip_events WHERE trip = ?")),
      insert_event_(database.prepare("INSERT INTO trip_events VALUES (?, ?, ?)")) {}

std::int64_t TripLog::row_of(std::string_view trip_id) {
  if (cached_row_ != 0 && cached_trip_ == trip_id) return cached_row_;
  Statement find = database_.prepare("SELECT row, status FROM trips WHERE trip_id = ?");
  if (!find.bind(trip_id).step()) fail_unknown(trip_id);
  if (find.integer(1) != 0)
    throw Error(ErrorKind::conflict, "trip " + std::string(trip_id) + " is over; start another");
  cached_trip_ = trip_id;
  cached_row_ = find.integer(0);
  return cached_row_;
}

void TripLog::append(std::string_view trip_id, v1::TripEvent& event) {
  if (event.has_trip_started()) {
    if (const auto open = open_trip())
      throw Error(ErrorKind::conflict, "trip " + *open + " is still open; end it first");
    const v1::TripHeader& header = event.trip_started().header();
    // The row may be rolled back with the transaction, so it is not remembered here.
    database_
        .prepare(
            "INSERT INTO trips(trip_id, started_utc_ms, business_date, status, offers)"
            " VALUES (?, ?, ?, 0, ?)")
        .bind(trip_id, event.at().utc_ms(), header.business_date(),
              to_hex(as_bytes(header.offers_digest())))
        .run();
    event.set_seq(1);
    insert_event_.bind(database_.last_rowid(), 1, as_bytes(event.SerializeAsString())).run();
    return;
  }
  const std::int64_t row = row_of(trip_id);
  last_seq_.bind(row).step();
  const std::int64_t seq = last_seq_.integer(0) + 1;
  last_seq_.reset();
  event.set_seq(static_cast<std::uint64_t>(seq));
  insert_event_.bind(row, seq, as_bytes(event.SerializeAsString())).run();
  if (event.has_trip_ended()) {
    database_.prepare("UPDATE trips SET status = 1 WHERE row = ?").bind(row).run();
    cached_row_ = 0;
  }
}

void TripLog::write_sale(std::string_view trip_id, ByteView record, const Digest& digest) {
  database_.prepare("INSERT INTO sale_records(trip_id, digest, bytes) VALUES (?, ?, ?)")
      .bind(trip_id, ByteView(digest), record)
      .run();
}

void TripLog::keep_offers(const offers::OfferVersion& version) {
  database_.prepare("INSERT OR IGNORE INTO offers_versions(digest, text) VALUES (?, ?)")
      .bind(version.book.digest(), as_bytes(version.text))
      .run();
}

std::int64_t TripLog::prune_offers() {
  database_.run(
      "DELETE FROM offers_versions"
      " WHERE NOT EXISTS (SELECT 1 FROM trips WHERE trips.offers = offers_versions.digest)");
  return database_.changes();
}

std::shared_ptr<const offers::OfferVersion> TripLog::offers(std::string_view digest) {
  if (cached_offers_ != nullptr && cached_offers_->book.digest() == digest) return cached_offers_;
  Statement query = database_.prepare("SELECT text FROM offers_versions WHERE digest = ?");
  if (!query.bind(digest).step()) return nullptr;
  auto version = offers::OfferVersion::of(std::string(as_text(query.blob(0))),
                                          "the kept offers " + std::string(digest));
  if (version->book.digest() != digest)
    throw Error(ErrorKind::corrupt, "the offers kept as version " + std::string(digest) +
                                        " are version " + version->book.digest());
  cached_offers_ = version;
  return version;
}

offers::OfferSource TripLog::offer_source() {
  return [this](std::string_view digest) { return offers(digest); };
}

void TripLog::set_aside(std::string_view trip_id) {
  Transaction transaction(database_);
  database_.prepare("UPDATE trips SET status = 2 WHERE trip_id = ?").bind(trip_id).run();
  if (database_.changes() == 0) fail_unknown(trip_id);
  transaction.commit();
  cached_row_ = 0;
}

std::optional<std::string> TripLog::open_trip() {
  Statement find = database_.prepare("SELECT trip_id FROM trips WHERE status = 0");
  if (!find.step()) return std::nullopt;
  return find.text(0);
}

std::vector<TripEntry> TripLog::trips() {
  Statement query = database_.prepare(std::string(kEntryColumns) + "ORDER BY row DESC");
  std::vector<TripEntry> entries;
  while (query.step()) entries.push_back(entry_of(query));
  return entries;
}

std::optional<TripEntry> TripLog::find(std::string_view trip_id) {
  Statement query = database_.prepare(std::string(kEntryColumns) + "WHERE trip_id = ?");
  if (!query.bind(trip_id).step()) return std::nullopt;
  return entry_of(query);
}

std::vector<StoredEvent> TripLog::stored_events(std::string_view trip_id) {
  if (!find(trip_id)) fail_unknown(trip_id);
  Statement query = database_.prepare(
      "SELECT seq, bytes FROM trip_events JOIN trips ON trip = row WHERE trip_id = ? ORDER BY seq");
  query.bind(trip_id);
  std::vector<StoredEvent> events;
  while (query.step())
    events.push_back({static_cast<std::uint64_t>(query.integer(0)), query.blob(1)});
  return events;
}

std::vector<v1::TripEvent> TripLog::load(std::string_view trip_id) {
  std::vector<v1::TripEvent> events;
  for (const StoredEvent& stored : stored_events(trip_id))
    events.push_back(read_event(trip_id, stored));
  return events;
}

std::optional<StoredSale> TripLog::sale(std::string_view trip_id) {
  Statement query = database_.prepare("SELECT digest, bytes FROM sale_records WHERE trip_id = ?");
  if (!query.bind(trip_id).step()) return std::nullopt;
  StoredSale sale{.bytes = query.blob(1)};
  const Bytes digest = query.blob(0);
  if (digest.size() != sale.digest.size()) {
    throw Error(ErrorKind::corrupt, "the sale record of trip " + std::string(trip_id) +
                                        " has a digest of " + std::to_string(digest.size()) +
                                        " bytes instead of 32");
  }
  std::copy(digest.begin(), digest.end(), sale.digest.begin());
  return sale;
}

std::vector<std::string> TripLog::sales() {
  Statement query = database_.prepare("SELECT trip_id FROM sale_records ORDER BY trip_id");
  std::vector<std::string> trips;
  while (query.step()) trips.push_back(query.text(0));
  return trips;
}

v1::TripEvent read_event(std::string_view trip_id, const StoredEvent& stored) {
  const auto fail = [&](const std::string& what) {
    throw Error(ErrorKind::corrupt, "trip " + std::string(trip_id) + ", event " +
                                        std::to_string(stored.seq) + ": " + what);
  };
  v1::TripEvent event;
  if (stored.bytes.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()) ||
      !event.ParseFromArray(stored.bytes.data(), static_cast<int>(stored.bytes.size())))
    fail("its " + std::to_string(stored.bytes.size()) + " bytes are no TripEvent");
  if (event.seq() != stored.seq) fail("it bears the number " + std::to_string(event.seq()));
  return event;
}

}  // namespace cartwright::trip
