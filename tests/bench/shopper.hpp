#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/sqlite.hpp"
#include "bench/samples.hpp"
#include "cart/journal.hpp"
#include "journey/outbox.hpp"
#include "offers/catalog.hpp"
#include "trip/trip.hpp"

namespace cartwright::bench {

// Makes a catalog of `products` pieces in `folder` and returns the codes of their labels.
std::vector<std::string> make_catalog(const std::filesystem::path& folder, int products);

// A cart's way from a code to a committed total: identified, found in the catalog, on disk with its
// journey and counters, total known. One trip after another, each of `kLines` scans.
class Shopper {
 public:
  static constexpr int kLines = 40;

  // `consents`: whether each trip begins with a grant, so that its journey is written.
  Shopper(const std::filesystem::path& database, const std::filesystem::path& catalog,
          bool consents);

  struct Scan {
    Clock::duration taken;
    std::size_t event_size;  // bytes of the trip log's new row
  };
  Scan scan(const std::string& code);

 private:
  void next_trip();

  bool consents_;
  Database database_;
  offers::Catalog catalog_;
  trip::SystemClock clock_;
  journey::Outbox outbox_;
  cart::Journal journal_;
  trip::Trip trip_;
  int scans_ = 0;
};

}  // namespace cartwright::bench
