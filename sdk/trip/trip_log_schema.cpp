#include "trip/trip_log_schema.hpp"

#include <array>
#include <string>

#include "base/error.hpp"
#include "base/hex.hpp"
#include "cartwright/v1/trip.pb.h"

namespace cartwright::trip {
namespace {

// Step n leads from schema n to schema n + 1 and says so in trip_schema. A step that was released
// never changes.
constexpr std::array kMigrations{
    // The row number stands for the trip in the events, so that a fact is one short row at the end
    // of a page. Sale records name their trip by id and outlive it.
    R"(
    CREATE TABLE trip_schema(version INTEGER NOT NULL);
    INSERT INTO trip_schema VALUES (1);
    CREATE TABLE trips(
      row INTEGER PRIMARY KEY,
      trip_id TEXT NOT NULL UNIQUE,
      started_utc_ms INTEGER NOT NULL,
      business_date TEXT NOT NULL,
      status INTEGER NOT NULL);
    CREATE UNIQUE INDEX trips_one_open ON trips(status) WHERE status = 0;
    CREATE TABLE trip_events(
      trip INTEGER NOT NULL REFERENCES trips(row),
      seq INTEGER NOT NULL,
      bytes BLOB NOT NULL,
      PRIMARY KEY(trip, seq)) WITHOUT ROWID;
    CREATE TABLE sale_records(
      trip_id TEXT PRIMARY KEY,
      digest BLOB NOT NULL,
      bytes BLOB NOT NULL) WITHOUT ROWID;
    )",
    // A version of the offers once, however many trips name it.
    R"(
    INSERT INTO trip_schema VALUES (2);
    CREATE TABLE offers_versions(
      digest TEXT PRIMARY KEY,
      text BLOB NOT NULL) WITHOUT ROWID;
    )",
    // Which version a trip's header names, as hex; empty for none. fill_offers() reads it for trips
    // of before.
    R"(
    INSERT INTO trip_schema VALUES (3);
    ALTER TABLE trips ADD COLUMN offers TEXT NOT NULL DEFAULT '';
    CREATE INDEX trips_offers ON trips(offers);
    )",
};

constexpr auto kNewest = static_cast<std::int64_t>(kMigrations.size());

// The version stands in a table and not in the file's user_version: others share the file.
std::int64_t schema_version(Database& database) {
  Statement table = database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'trip_schema'");
  if (!table.step()) return 0;
  Statement version = database.prepare("SELECT max(version) FROM trip_schema");
  version.step();
  return version.integer(0);
}

// A trip that can not be read names none; nothing could be worked out of it again.
void fill_offers(Database& database) {
  Statement starts =
      database.prepare("SELECT row, bytes FROM trips JOIN trip_events ON trip = row WHERE seq = 1");
  Statement fill = database.prepare("UPDATE trips SET offers = ? WHERE row = ?");
  while (starts.step()) {
    const Bytes bytes = starts.blob(1);
    v1::TripEvent event;
    if (!event.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) continue;
    const std::string& digest = event.trip_started().header().offers_digest();
    fill.bind(to_hex(as_bytes(digest)), starts.integer(0)).run();
  }
}

}  // namespace

Database& with_trip_tables(Database& database) {
  const std::int64_t version = schema_version(database);
  if (version > kNewest) {
    throw Error(ErrorKind::conflict,
                "database " + database.file().string() + " holds a trip log of schema " +
                    std::to_string(version) + " and this program knows up to " +
                    std::to_string(kNewest) + "; run a newer Cartwright, the file is unchanged");
  }
  if (version == kNewest) return database;
  Transaction transaction(database);
  // Read again under the lock: another process may have been first.
  for (std::int64_t step = schema_version(database); step < kNewest; ++step)
    database.run(kMigrations[static_cast<std::size_t>(step)]);
  if (version == 1 || version == 2) fill_offers(database);
  transaction.commit();
  return database;
}

}  // namespace cartwright::trip
