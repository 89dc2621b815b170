#pragma once

#include <cartwright/events.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "cart/loop.hpp"
#include "cart/units.hpp"
#include "journey/outbox.hpp"
#include "journey/upload_schedule.hpp"
#include "trip/clock.hpp"

namespace cartwright::cart {

// Brings what waits in the outbox to the hub through a sink: cuts batches, sends them one at a
// time, gives receipts to the outbox, which alone deletes. A full or busy disk stops journeys,
// never the sale: no function throws for it, JourneyChanged tells the trouble. One thread, the cart
// loop.
class Uploader {
 public:
  using Tell = std::function<void(const Event&)>;

  // `sink`: the unit that delivers; empty: everything waits.
  Uploader(Loop& loop, journey::Outbox& outbox, trip::Clock& clock, Units& units, std::string sink,
           Tell tell);
  ~Uploader();

  Uploader(const Uploader&) = delete;
  Uploader& operator=(const Uploader&) = delete;

  // Something was committed: looks again soon.
  void poke();
  // Sends the journey that has just ended. Counters wait for their hour: a batch of one trip's
  // numbers would be a record of the trip without a grant.
  void trip_ended();
  // Cuts all that waits, counters of the hour too, and sends it now. For the end of a day or of a
  // cart's service.
  void flush();
  // The sink came up: no use in waiting for the back-off.
  void sink_up();

  std::uint64_t delivered() const { return delivered_; }
  const std::string& trouble() const { return trouble_; }

 private:
  void look();
  void later(std::chrono::milliseconds delay);
  void send(const journey::UploadSchedule::Step& step);
  void answered(const Digest& batch, bool asked, std::int32_t status, const host::Record& result);
  journey::UploadAnswer judge(const Digest& batch, bool asked, std::int32_t status,
                              const host::Record& result);
  void guarded(const std::function<void()>& work);
  void tell();

  Loop& loop_;
  journey::Outbox& outbox_;
  trip::Clock& clock_;
  Units& units_;
  std::string sink_;
  Tell tell_;
  journey::UploadSchedule schedule_;
  bool under_way_ = false;
  std::optional<Loop::TimerId> timer_;
  std::uint64_t waiting_ = 0;
  std::uint64_t delivered_ = 0;
  std::uint64_t dropped_ = 0;
  std::string trouble_;
};

}  // namespace cartwright::cart
