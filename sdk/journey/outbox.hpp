#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/crypto.hpp"
#include "base/sqlite.hpp"
#include "cartwright/v1/batch.pb.h"
#include "journey/consent.hpp"
#include "journey/receipt.hpp"

namespace cartwright::journey {

struct OutboxSettings {
  std::string cart_id;
  SigningKey key;
  // The key whose receipts count; without it nothing is ever deleted on a receipt.
  std::optional<PublicKey> hub;
  // A batch is cut at the first of these.
  std::size_t batch_events = 256;
  std::size_t batch_bytes = 48U << 10;
  std::uint64_t batch_wait_ms = 60'000;
  // What waits longer, or for which there is no room, is dropped, counted, and told as a Gap.
  std::uint64_t most_bytes = 64U << 20;
  std::uint64_t most_age_ms = 30ULL * 24 * 3600 * 1000;
};

struct OutboxStats {
  std::uint64_t rows = 0;     // events that wait, gaps included
  std::uint64_t batches = 0;  // batches that wait for a receipt
  std::uint64_t bytes = 0;    // of rows and batches
  std::uint64_t dropped = 0;  // events and counter batches that a bound dropped, ever
  std::optional<std::uint64_t> oldest_ms;
};

// Journeys and counters on their way to a hub, in the same database file as the trip log.
//
// Two kinds of functions. Those of the first part write inside a transaction that the caller has
// open on the same connection, so that a trip event and its journey row are one commit; they throw
// Error internal without one. Those of the second part open their own. Nothing is remembered
// outside the database: a rolled-back transaction or a crash needs no repair. Used by the thread
// that owns the connection. Times are UTC milliseconds since 1970.
class Outbox {
 public:
  // Makes the tables where they are missing. The database must outlive the outbox.
  Outbox(Database& database, OutboxSettings settings);

  // --- inside the caller's transaction ---------------------------------------------------------

  // Begins the trip's journey under a grant; `started` says store, day, currency and what lies in
  // the cart now, the rest is filled in. Returns the journey id. Error invalid_input without a
  // purpose, conflict where the trip's journey is open already.
  std::string start(std::string_view trip_id, const Consent& consent, v1::JourneyStarted started,
                    std::uint64_t at_ms);
  // Writes what the grant allows of the event; jseq and offset are assigned here. False where the
  // trip has no open journey or nothing of the event is granted: then nothing is written. Error
  // invalid_input where a text is not UTF-8.
  bool append(std::string_view trip_id, v1::JourneyEvent event, std::uint64_t at_ms);
  // Adds purposes to the open journey; what was not written before stays unwritten.
  void grant(std::string_view trip_id, const Consent& consent, std::uint64_t at_ms);
  // Takes purposes back from every journey of the trip that is still here: unsent events that need
  // them are erased, their batches are taken apart, and a tombstone goes to the hub. A journey that
  // has no purpose left ends.
  void withdraw(std::string_view trip_id, Purposes purposes, std::uint64_t at_ms);
  // The trip is over: the journey gets its last event. Nothing where there is none.
  void end(std::string_view trip_id, v1::JourneyEndCause cause, std::uint64_t at_ms);
  // Adds to a counter of the hour (level L0). `business_date` is YYYY-MM-DD, `hour` 0 to 23.
  void count(std::string_view business_date, std::uint32_t hour, v1::CounterKind kind,
             std::uint64_t by, std::uint64_t at_ms);

  // The purposes of the trip's open journey; none without one.
  Purposes granted(std::string_view trip_id);

  // --- own transactions ------------------------------------------------------------------------

  enum class Cut : std::uint8_t {
    due,  // full batches, ended journeys, waiting time over, hours over
    all   // whatever waits
  };
  // Makes immutable batches; returns how many.
  std::size_t cut(std::uint64_t now_ms, Cut which = Cut::due);
  // Ids of the batches that wait for a receipt, in the order to send them: tombstones first.
  std::vector<Digest> pending(std::size_t most = 1024);
  // The envelope's bytes; nothing where the batch is gone.
  std::optional<Bytes> batch(const Digest& id);
  // Deletes the batch that the receipt names, with its events. Error refused, and nothing deleted,
  // unless the pinned hub signed these bytes and the batch waits here.
  CheckedReceipt accept_receipt(ByteView bytes);
  // Drops what the bounds do not allow and returns how many events and counter batches that were.
  // Nothing is dropped by age while the clock is not trusted.
  std::size_t enforce_bounds(std::uint64_t now_ms, bool clock_trusted);
  OutboxStats stats();

 private:
  struct Journey {
    std::string id;
    Purposes purposes;
    std::uint64_t next_jseq = 1;
    std::uint64_t started_ms = 0;
    std::uint64_t last_offset_ms = 0;
    bool ended = false;
  };

  void require_transaction() const;
  std::vector<Journey> journeys(std::string_view trip_id, bool only_open);
  void save(const Journey& journey);
  bool write(Journey& journey, v1::JourneyEvent event, std::uint64_t at_ms);
  void insert_row(const std::string& journey, const v1::JourneyEvent& event, std::uint64_t at_ms);
  void put_gap(const std::string& journey, std::uint64_t from, std::uint64_t to, v1::GapCause cause,
               std::uint64_t at_ms);
  void erase_events(const Journey& journey);
  void refilter_events(const Journey& journey);
  void put_tombstone(const Journey& journey, Purposes withdrawn, std::uint64_t at_ms);

  v1::Batch new_batch(v1::BatchKind kind) const;
  std::int64_t store_batch(const v1::Batch& batch, std::uint64_t at_ms);
  std::size_t cut_journey(const std::string& journey);
  std::size_t cut_counters(std::uint64_t now_ms, Cut which);
  void forget_finished_journeys();

  // How many events went; 0 where none is left.
  std::uint64_t drop_oldest_events(std::uint64_t before_ms, v1::GapCause cause);
  bool drop_oldest_counters(std::uint64_t before_ms);
  bool drop_oldest_gap();
  std::uint64_t total_bytes();

  Database& database_;
  OutboxSettings settings_;
  // Those that every scan runs.
  Statement select_journeys_;
  Statement update_journey_;
  Statement insert_row_;
  Statement add_to_counter_;
};

}  // namespace cartwright::journey
