#pragma once

// How much a slow line may be given at once, so that nothing lies in buffers until it is stale.

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace cartwright::driver {

// A line of so many bytes a second, of which `burst` may be on their way at once.
class LinePace {
 public:
  static constexpr std::int64_t burst = 512;

  constexpr LinePace() = default;
  // 0: no limit.
  explicit constexpr LinePace(std::uint64_t bytes_per_second) : rate_(bytes_per_second) {}

  // Nothing is on its way.
  constexpr void restart(std::chrono::nanoseconds now) {
    credit_ = burst;
    paid_at_ = now;
  }

  // How long to wait before so many bytes may go out; 0: now.
  constexpr std::chrono::nanoseconds wait_for(std::size_t size, std::chrono::nanoseconds now) {
    if (rate_ == 0) return {};
    refill(now);
    const auto bytes = static_cast<std::int64_t>(size);
    const std::int64_t wanted = bytes < burst ? bytes : burst;
    if (credit_ >= wanted) return {};
    return time_of(static_cast<std::uint64_t>(wanted - credit_));
  }
  constexpr void pay(std::size_t size, std::chrono::nanoseconds now) {
    if (rate_ == 0) return;
    refill(now);
    credit_ -= static_cast<std::int64_t>(size);
  }

  // How long so many bytes are on the line, rounded up to a millisecond.
  constexpr std::chrono::nanoseconds time_of(std::uint64_t bytes) const {
    if (rate_ == 0) return {};
    return std::chrono::milliseconds(bytes * 1000 / rate_ + 1);
  }

 private:
  constexpr void refill(std::chrono::nanoseconds now) {
    constexpr std::int64_t second_us = 1'000'000;
    constexpr std::int64_t hour_us = 3600 * second_us;  // no line owes more
    const std::int64_t passed = (now - paid_at_) / std::chrono::microseconds(1);
    const std::int64_t counted = passed < hour_us ? passed : hour_us;
    const std::int64_t earned = counted * static_cast<std::int64_t>(rate_) / second_us;
    if (earned <= 0) return;
    credit_ = credit_ + earned < burst ? credit_ + earned : burst;
    paid_at_ = now;
  }

  std::uint64_t rate_ = 0;
  std::int64_t credit_ = burst;
  std::chrono::nanoseconds paid_at_{0};
};

}  // namespace cartwright::driver
