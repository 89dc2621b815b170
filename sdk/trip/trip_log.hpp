#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/crypto.hpp"
#include "base/sqlite.hpp"
#include "offers/offer_store.hpp"

namespace cartwright::v1 {
class TripEvent;
}

namespace cartwright::trip {

// One trip of the log, without its facts.
struct TripEntry {
  enum class Status : std::uint8_t { open = 0, ended = 1, set_aside = 2 };
  std::string trip_id;
  std::int64_t started_utc_ms = 0;
  std::string business_date;
  std::uint64_t last_seq = 0;
  Status status = Status::open;
};

// A row of the log as it lies there.
struct StoredEvent {
  std::uint64_t seq = 0;
  Bytes bytes;
};

struct StoredSale {
  Bytes bytes;  // a SaleRecord
  Digest digest{};
};

// The tables of trips, their facts and the sale records, in a database that others may share. The
// database must outlive the log. One thread. Writing functions run inside the caller's
// transaction, so that what belongs together is committed together.
class TripLog {
 public:
  // Makes the tables or brings older ones up to date. Error conflict where a newer program wrote
  // them.
  explicit TripLog(Database& database);

  // Writes the fact under the next number of its trip and sets that number in `event`. A
  // TripStarted opens the trip, a TripEnded closes it. Error not_found for an unknown trip,
  // conflict where another trip is open or this one is not.
  void append(std::string_view trip_id, v1::TripEvent& event);

  // Keeps the sale record for good. Error conflict where the trip has one.
  void write_sale(std::string_view trip_id, ByteView record, const Digest& digest);

  // Keeps a version of the offers, so that the trips that name it can be priced again whatever
  // becomes of the folder that it came from. Nothing happens where it is kept already.
  void keep_offers(const offers::OfferVersion& version);
  // Removes the versions that no trip of the log names any more; returns how many went.
  std::int64_t prune_offers();
  // The version with that digest (hex), or null. Error corrupt where another one is kept under it.
  std::shared_ptr<const offers::OfferVersion> offers(std::string_view digest);
  // offers() for a fold; the log must outlive it.
  offers::OfferSource offer_source();

  // Takes a trip that can not be read out of the way, so that the cart can start another. Nothing
  // is deleted. Runs in a transaction of its own. Error not_found.
  void set_aside(std::string_view trip_id);

  // The trip that was running when the cart stopped.
  std::optional<std::string> open_trip();
  // All, the latest first.
  std::vector<TripEntry> trips();
  std::optional<TripEntry> find(std::string_view trip_id);
  // The facts as stored, by number. Error not_found.
  std::vector<StoredEvent> stored_events(std::string_view trip_id);
  // The same, read. Error corrupt that names trip and seq where one is no TripEvent or bears
  // another number than its row.
  std::vector<v1::TripEvent> load(std::string_view trip_id);
  std::optional<StoredSale> sale(std::string_view trip_id);
  // The trips that have a sale record, also those whose log is gone.
  std::vector<std::string> sales();

  Database& database() { return database_; }

 private:
  std::int64_t row_of(std::string_view trip_id);

  Database& database_;
  Statement last_seq_;
  Statement insert_event_;
  std::string cached_trip_;
  std::int64_t cached_row_ = 0;
  std::shared_ptr<const offers::OfferVersion> cached_offers_;
};

// The event that a row holds. Error corrupt as for TripLog::load.
v1::TripEvent read_event(std::string_view trip_id, const StoredEvent& stored);

}  // namespace cartwright::trip
