#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/crypto.hpp"
#include "base/sqlite.hpp"
#include "cartwright/v1/batch.pb.h"
#include "journey/consent.hpp"
#include "journey/envelope.hpp"

namespace cartwright::hub {

struct EnrolledCart {
  std::string cart_id;
  PublicKey key{};
};

struct StoredJourney {
  std::string journey_id;
  std::uint32_t level = 0;
  std::string store_gln;
  std::string business_date;
  std::uint32_t hour = 0;
  std::string currency;
  v1::JourneyEndCause ended = v1::JOURNEY_END_CAUSE_UNSPECIFIED;
  std::uint64_t events = 0;     // gaps not counted
  std::uint64_t last_jseq = 0;  // as far as anything is known
  // True if every jseq from 1 to last_jseq is an event or inside a gap.
  bool whole = false;
};

struct StoredCounter {
  std::string business_date;
  std::uint32_t hour = 0;
  v1::CounterKind kind = v1::COUNTER_KIND_UNSPECIFIED;
  std::uint64_t value = 0;
};

struct StoreTotals {
  std::uint64_t carts = 0;
  std::uint64_t journeys = 0;
  std::uint64_t events = 0;
  std::uint64_t batches = 0;
  std::uint64_t undecoded = 0;  // batches of a newer schema, kept as they are
};

// What the hub has on disk: one SQLite file, synchronous FULL. A journey's batches are kept without
// the cart that sent them. Used by one thread at a time.
class Store {
 public:
  explicit Store(const std::filesystem::path& file);

  // A cart may have several keys, a key one cart. Error conflict where the key is another cart's.
  void enrol(const std::string& cart_id, const PublicKey& key);
  std::optional<EnrolledCart> cart(const journey::KeyId& key);

  // When the batch was stored; nothing where it is not.
  std::optional<std::uint64_t> stored_ms(const Digest& id);
  // Stores the batch and its content in one transaction. On return it is synced to disk; on an
  // Error nothing of it is stored. Events that stand already stay as they are; an event takes the
  // place of a gap. Tombstones are heeded before every insert. A batch of a newer schema is kept
  // undecoded. The caller has checked that the batch holds together.
  void put(const Digest& id, const v1::Batch& batch, std::uint64_t now_ms);

  StoreTotals totals();
  std::vector<StoredJourney> journeys();
  // In order of jseq, gaps included.
  std::vector<v1::JourneyEvent> events(const std::string& journey_id);
  std::vector<StoredCounter> counters();

 private:
  struct Tombstone {
    std::uint64_t through = 0;
    journey::Purposes remaining;
  };

  std::vector<Tombstone> tombstones(const std::string& journey_id);
  void put_events(const v1::Batch& batch, const std::vector<Tombstone>& tombstones);
  void put_event(const std::string& journey_id, const v1::JourneyEvent& event);
  void note_in_journey(const std::string& journey_id, const v1::JourneyEvent& event);
  void put_counters(const v1::HourCounters& hour);
  void put_tombstone(const v1::Batch& batch);

  Database database_;
};

}  // namespace cartwright::hub
