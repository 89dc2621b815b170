#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/crypto.hpp"
#include "hub/http_server.hpp"
#include "hub/store.hpp"

namespace cartwright::hub {

struct HubConfig {
  // Holds hub.db, hub.key (secret) and hub.pub (hex, for the carts to pin); made where missing.
  std::filesystem::path folder;
  // Loopback unless said otherwise: the hub speaks plain HTTP and stands behind a TLS end.
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;  // 0: a free one
  HttpLimits limits;
};

struct HubSummary {
  StoreTotals stored;
  std::uint64_t duplicates = 0;  // batches sent again, since the start
  std::uint64_t refused = 0;     // requests with a batch that was not taken, since the start
};

// A hub of one store: POST /v1/batches (application/x-protobuf; 200 with a SignedReceipt, 400, 401,
// 413, 503), GET /v1/receipts/HEXDIGEST (SignedReceipt or 404), GET /v1/health (JSON). Its
// functions may be called from any thread. Another process may enrol carts in the same folder
// meanwhile.
class Hub {
 public:
  explicit Hub(HubConfig config);
  ~Hub();
  Hub(const Hub&) = delete;
  Hub& operator=(const Hub&) = delete;

  // Listens. Error unavailable where the address is taken. All else works without it, so that what
  // another process serves can be looked at.
  void start();
  void stop();
  // 0 before start().
  std::uint16_t port() const;
  PublicKey public_key() const;
  void enrol(const std::string& cart_id, const PublicKey& key);

  HubSummary summary() const;
  std::vector<StoredJourney> journeys() const;
  std::vector<v1::JourneyEvent> events(const std::string& journey_id) const;
  std::vector<StoredCounter> counters() const;

  // What the server answers; for a test or a tester that puts faults in between.
  HttpResponse answer(const HttpRequest& request);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace cartwright::hub
