#pragma once

#include <deque>
#include <functional>
#include <mutex>
#include <utility>

#include "hub/http_server.hpp"

namespace cartwright::hub {

// What stands between a cart and its hub on a bad day.
enum class Fault : std::uint8_t {
  none,
  captive_portal,  // 200 and a page; the hub never sees the request
  forbidden,       // 403 from a proxy
  server_error,    // 500
  busy,            // 503 with Retry-After
  lost_answer,     // the hub takes the batch, the cart sees a gateway's 504
  bare_duplicate   // the hub takes the batch, a relay says 409 without a receipt
};

// A handler for an HttpServer that puts planned faults before another handler, one a request.
class FaultPlan {
 public:
  explicit FaultPlan(HttpServer::Handler hub) : hub_(std::move(hub)) {}

  void add(Fault fault) {
    const std::scoped_lock lock(mutex_);
    faults_.push_back(fault);
  }

  HttpResponse operator()(const HttpRequest& request) {
    switch (next()) {
      case Fault::none:
        return hub_(request);
      case Fault::captive_portal:
        return {200, "text/html", "<html><body>Accept our terms to go online</body></html>", {}};
      case Fault::forbidden:
        return {403, "text/html", "<html><body>Blocked by policy</body></html>", {}};
      case Fault::server_error:
        return {500, "text/plain", "oops\n", {}};
      case Fault::busy:
        return {503, "text/plain", "try later\n", 7};
      case Fault::lost_answer:
        hub_(request);
        return {504, "text/html", "<html><body>Gateway timeout</body></html>", {}};
      case Fault::bare_duplicate:
        hub_(request);
        return {409, "text/plain", "seen before\n", {}};
    }
    return {500, "text/plain", "", {}};
  }

 private:
  Fault next() {
    const std::scoped_lock lock(mutex_);
    if (faults_.empty()) return Fault::none;
    const Fault fault = faults_.front();
    faults_.pop_front();
    return fault;
  }

  HttpServer::Handler hub_;
  std::mutex mutex_;
  std::deque<Fault> faults_;
};

}  // namespace cartwright::hub
