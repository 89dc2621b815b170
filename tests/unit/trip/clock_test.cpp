#include "trip/clock.hpp"

#include <gtest/gtest.h>

#include "unit/trip/small_store.hpp"

namespace cartwright::trip {
namespace {

TEST(BusinessDate, changes_at_the_cut_over_and_not_at_midnight) {
  const TimeZone berlin = TimeZone::load("Europe/Berlin");
  std::int64_t utc_ms = testing::kMorning;
  EXPECT_EQ(business_date(utc_ms, berlin, 240), "2026-03-01");
  // 03:59 in the store, four hours and sixteen minutes before.
  utc_ms -= 256 * 60'000;
  EXPECT_EQ(business_date(utc_ms, berlin, 240), "2026-02-28");
  EXPECT_EQ(business_date(utc_ms, berlin, 0), "2026-03-01");
  utc_ms += 60'000;
  EXPECT_EQ(business_date(utc_ms, berlin, 240), "2026-03-01");
}

TEST(BusinessDate, is_the_stores_day_and_not_that_of_utc) {
  constexpr std::int64_t kHalfPastEleven = 1'772'321'400'000;  // 2026-02-28 23:30 UTC
  EXPECT_EQ(business_date(kHalfPastEleven, TimeZone::load("UTC"), 0), "2026-02-28");
  EXPECT_EQ(business_date(kHalfPastEleven, TimeZone::load("Europe/Berlin"), 0), "2026-03-01");
}

TEST(BusinessDate, follows_a_change_of_clocks_in_the_night) {
  // In Berlin 29 March 2026 has no hour from 02:00, so that 02:00 UTC is 04:00.
  const TimeZone berlin = TimeZone::load("Europe/Berlin");
  constexpr std::int64_t kFour = 1'774'749'600'000;  // 2026-03-29 02:00 UTC
  EXPECT_EQ(business_date(kFour - 1, berlin, 240), "2026-03-28");
  EXPECT_EQ(business_date(kFour, berlin, 240), "2026-03-29");
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
