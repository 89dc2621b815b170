#include "trip/clock.hpp"

#include <gtest/gtest.h>

#include "unit/trip/small_store.hpp"

namespace cartwright::trip {
namespace {

TEST(BusinessDate, changes_at_the_cut_over_and_not_at_midnight) {
  Time time = testing::morning();
  EXPECT_EQ(business_date(time, 240), "2026-03-01");
  // 03:59 in the store, four hours and sixteen minutes before.
  time.utc_ms -= 256 * 60'000;
  EXPECT_EQ(business_date(time, 240), "2026-02-28");
  EXPECT_EQ(business_date(time, 0), "2026-03-01");
  time.utc_ms += 60'000;
  EXPECT_EQ(business_date(time, 240), "2026-03-01");
}

TEST(BusinessDate, is_the_stores_day_and_not_that_of_utc) {
  // 23:30 UTC is 00:30 of the next day one hour east.
  const Time time{.utc_ms = 1'772'321'400'000, .monotonic_ns = 0, .offset_minutes = 60};
  EXPECT_EQ(local_text(time.utc_ms, 0), "2026-02-28 23:30:00");
  EXPECT_EQ(business_date(time, 0), "2026-03-01");
}

TEST(LocalText, shows_the_stores_time) {
  EXPECT_EQ(local_text(testing::kMorning, 60), "2026-03-01 08:15:00");
  EXPECT_EQ(local_text(testing::kMorning, -300), "2026-03-01 02:15:00");
}

TEST(SystemClock, counts_forward_within_one_boot) {
  SystemClock clock;
  const Time first = clock.now();
  const Time second = clock.now();
  EXPECT_GE(second.monotonic_ns, first.monotonic_ns);
  EXPECT_GT(first.utc_ms, 0);
  EXPECT_EQ(clock.boot_id().size(), 36U);
  EXPECT_EQ(clock.boot_id(), SystemClock().boot_id());
}

TEST(LocalDate, is_the_stores_and_not_that_of_utc) {
  constexpr std::int64_t kHalfPastEleven = 1'772'321'400'000;  // 2026-02-28 23:30 UTC
  EXPECT_EQ(local_date(kHalfPastEleven, TimeZone::load("UTC")), (gs1::Date{2026, 2, 28}));
  EXPECT_EQ(local_date(kHalfPastEleven, TimeZone::load("Europe/Berlin")), (gs1::Date{2026, 3, 1}));
  EXPECT_EQ(local_date(0, TimeZone::load("America/New_York")), (gs1::Date{1969, 12, 31}));
}

TEST(LocalDate, follows_a_change_of_clocks_at_midnight) {
  // In Cairo 23 April 2026 ends at 22:00 UTC and 24 April begins at 01:00 local time.
  const TimeZone cairo = TimeZone::load("Africa/Cairo");
  constexpr std::int64_t kChange = 1'776'981'600'000;  // 2026-04-23 22:00 UTC
  EXPECT_EQ(local_date(kChange - 1, cairo), (gs1::Date{2026, 4, 23}));
  EXPECT_EQ(local_date(kChange, cairo), (gs1::Date{2026, 4, 24}));
  // On 29 October 2026 the last hour comes twice: at 21:30 UTC the day is not over yet.
  constexpr std::int64_t kAgain = 1'793'309'400'000;  // 2026-10-29 21:30 UTC
  EXPECT_EQ(local_date(kAgain, cairo), (gs1::Date{2026, 10, 29}));
  EXPECT_EQ(local_date(kAgain + 30 * 60'000, cairo), (gs1::Date{2026, 10, 30}));
}

}  // namespace
}  // namespace cartwright::trip
