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
  EXPECT_EQ(local_date(kHalfPastEleven, 0), (gs1::Date{2026, 2, 28}));
  EXPECT_EQ(local_date(kHalfPastEleven, 60), (gs1::Date{2026, 3, 1}));
  EXPECT_EQ(local_date(0, -60), (gs1::Date{1969, 12, 31}));
}

}  // namespace
}  // namespace cartwright::trip
