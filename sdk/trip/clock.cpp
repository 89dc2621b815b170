#include "trip/clock.hpp"

#include <sys/timex.h>
#include <time.h>

#include <array>
#include <chrono>
#include <cstdio>

#include "base/error.hpp"
#include "base/file.hpp"

namespace cartwright::trip {
namespace {

constexpr const char* kBootIdFile = "/proc/sys/kernel/random/boot_id";

timespec read_clock(clockid_t id) {
  timespec value{};
  clock_gettime(id, &value);
  return value;
}

bool kernel_is_synchronised() {
  timex query{};
  const int state = adjtimex(&query);
  return state != -1 && state != TIME_ERROR && (query.status & STA_UNSYNC) == 0;
}

std::chrono::sys_time<std::chrono::milliseconds> local(std::int64_t utc_ms, std::int32_t minutes) {
  return std::chrono::sys_time<std::chrono::milliseconds>(std::chrono::milliseconds(utc_ms)) +
         std::chrono::minutes(minutes);
}

std::chrono::sys_seconds local(std::int64_t utc_ms, const TimeZone& zone) {
  const std::int64_t seconds = utc_ms / 1000;
  return std::chrono::sys_seconds(std::chrono::seconds(seconds + zone.offset_at(seconds)));
}

std::string date_text(std::chrono::sys_days day) {
  const std::chrono::year_month_day date(day);
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text.data();
}

}  // namespace

SystemClock::SystemClock() : boot_id_(read_file(kBootIdFile)) {
  while (!boot_id_.empty() && boot_id_.back() == '\n') boot_id_.pop_back();
  if (boot_id_.empty())
    throw Error(ErrorKind::unavailable, std::string(kBootIdFile) + " is empty; mount /proc");
}

Time SystemClock::now() {
  const timespec utc = read_clock(CLOCK_REALTIME);
  const timespec boot = read_clock(CLOCK_BOOTTIME);
  tm civil{};
  localtime_r(&utc.tv_sec, &civil);
  return {.utc_ms = std::int64_t{utc.tv_sec} * 1000 + utc.tv_nsec / 1'000'000,
          .monotonic_ns = static_cast<std::uint64_t>(boot.tv_sec) * 1'000'000'000U +
                          static_cast<std::uint64_t>(boot.tv_nsec),
          .offset_minutes = static_cast<std::int32_t>(civil.tm_gmtoff / 60),
          .synchronised = kernel_is_synchronised()};
}

std::string business_date(std::int64_t utc_ms, const TimeZone& zone, int cut_over_minutes) {
  return date_text(std::chrono::floor<std::chrono::days>(local(utc_ms, zone) -
                                                         std::chrono::minutes(cut_over_minutes)));
}

gs1::Date local_date(std::int64_t utc_ms, const TimeZone& zone) {
  const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(local(utc_ms, zone)));
  return {static_cast<std::int16_t>(int{day.year()}),
          static_cast<std::uint8_t>(unsigned{day.month()}),
          static_cast<std::uint8_t>(unsigned{day.day()})};
}

std::string local_text(std::int64_t utc_ms, std::int32_t offset_minutes) {
  const auto moment = local(utc_ms, offset_minutes);
  const auto day = std::chrono::floor<std::chrono::days>(moment);
  const std::chrono::hh_mm_ss clock(moment - day);
  std::array<char, 24> text{};
  std::snprintf(text.data(), text.size(), " %02d:%02d:%02d",
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  return date_text(day) + text.data();
}

}  // namespace cartwright::trip
