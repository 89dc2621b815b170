#pragma once

#include <cstdint>
#include <string>

#include "base/time_zone.hpp"
#include "gs1/date.hpp"

namespace cartwright::trip {

// One reading of all that a fact's time needs.
struct Time {
  std::int64_t utc_ms = 0;
  std::uint64_t monotonic_ns = 0;   // since boot, sleep included
  std::int32_t offset_minutes = 0;  // local time minus UTC
  bool synchronised = false;        // whether UTC may be believed
};

// Where a trip's times come from. Used on the cart loop.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Time now() = 0;
  // Names the boot that monotonic_ns counts from; the same for the clock's whole life.
  virtual std::string boot_id() const = 0;
};

// The machine's clocks: CLOCK_REALTIME, CLOCK_BOOTTIME, the kernel's boot id and its word on
// synchronisation (adjtimex). The offset is that of the process's zone (TZ).
class SystemClock : public Clock {
 public:
  // Error unavailable where the kernel tells no boot id.
  SystemClock();
  Time now() override;
  std::string boot_id() const override { return boot_id_; }

 private:
  std::string boot_id_;
};

// A clock that stands until it is set, for tests and simulations.
class ManualClock : public Clock {
 public:
  explicit ManualClock(Time start = {}, std::string boot_id = "manual-boot")
      : time_(start), boot_id_(std::move(boot_id)) {}
  Time now() override { return time_; }
  std::string boot_id() const override { return boot_id_; }
  void set(const Time& time) { time_ = time; }
  // Moves UTC and monotonic time on.
  void advance_ms(std::int64_t ms) {
    time_.utc_ms += ms;
    time_.monotonic_ns += static_cast<std::uint64_t>(ms) * 1'000'000U;
  }

 private:
  Time time_;
  std::string boot_id_;
};

// The store's day, YYYY-MM-DD, that a sale at this time counts for: local time, moved back by the
// store's cut-over. With a cut-over at 240 minutes, 03:59 still belongs to the day before. Clock
// changes included, as in local_date(). From 1970 on.
std::string business_date(std::int64_t utc_ms, const TimeZone& zone, int cut_over_minutes);

// The store's day on the wall's calendar, clock changes included: by its zone and not by the offset
// that a cart's clock is set to. From 1970 on.
gs1::Date local_date(std::int64_t utc_ms, const TimeZone& zone);

// Local time of the store, `YYYY-MM-DD HH:MM:SS`.
std::string local_text(std::int64_t utc_ms, std::int32_t offset_minutes);

}  // namespace cartwright::trip
