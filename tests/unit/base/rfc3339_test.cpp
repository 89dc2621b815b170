#include "base/rfc3339.hpp"

#include <gtest/gtest.h>

#include <string_view>

namespace cartwright {
namespace {

std::int64_t seconds(std::string_view text) {
  const auto time = parse_rfc3339(text);
  EXPECT_TRUE(time) << text;
  return time ? time->seconds : -1;
}

TEST(Rfc3339, is_an_instant_and_what_the_wall_clock_showed) {
  EXPECT_EQ(seconds("1970-01-01T00:00:00Z"), 0);
  EXPECT_EQ(seconds("2026-11-23T09:15:00+01:00"), 1'795'421'700);
  EXPECT_EQ(seconds("2026-11-23T08:15:00z"), 1'795'421'700);
  EXPECT_EQ(parse_rfc3339("2026-11-23T09:15:00+01:00")->offset_seconds, 3600);
  EXPECT_EQ(parse_rfc3339("2026-11-23T04:45:00-03:30")->offset_seconds, -12'600);
}

TEST(Rfc3339, cuts_fractions_to_milliseconds_and_takes_a_leap_second_as_the_next) {
  EXPECT_EQ(parse_rfc3339("2026-11-23T08:15:00.999Z")->utc_ms(), 1'795'421'700'999);
  EXPECT_EQ(parse_rfc3339("2026-11-23T08:15:00.05Z")->milliseconds, 50);
  EXPECT_EQ(parse_rfc3339("2026-11-23T08:15:00.2509999999999999999999Z")->milliseconds, 250);
  EXPECT_EQ(parse_rfc3339("2026-11-23T08:15:00Z")->milliseconds, 0);
  EXPECT_EQ(seconds("2016-12-31T23:59:60Z"), seconds("2017-01-01T00:00:00Z"));
}

TEST(Rfc3339, refuses_what_is_no_date_and_time_with_offset) {
  for (const std::string_view text :
       {"", "2026-11-23", "2026-11-23T09:15:00", "2026-02-30T00:00:00Z", "2026-13-01T00:00:00Z",
        "2026-11-23T24:00:00Z", "2026-11-23T09:60:00Z", "2026-11-23T09:15:61Z",
        "2026-11-23T09:15:00+1:00", "2026-11-23T09:15:00+24:00", "2026-11-23T09:15:00.Z",
        "26-11-23T09:15:00Z", "2026-11-23T09:15:00Z ", "1969-12-31T23:59:59Z"}) {
    EXPECT_FALSE(parse_rfc3339(text)) << text;
  }
  EXPECT_TRUE(parse_rfc3339("2028-02-29T00:00:00Z"));
}

TEST(Rfc3339, reads_the_first_hours_of_1970_in_each_zone) {
  EXPECT_EQ(seconds("1969-12-31T20:30:00-03:30"), 0);
  EXPECT_EQ(seconds("1970-01-01T00:00:00+01:00"), -3600);
  EXPECT_FALSE(parse_rfc3339("1969-12-31T20:29:59-03:30"));
}

TEST(Rfc3339, is_written_as_it_is_read) {
  for (const char* text : {"2026-11-23T08:15:00Z", "2026-11-23T09:15:00+01:00",
                           "2026-11-23T04:45:59-03:30", "1970-01-01T00:00:00Z"}) {
    const auto moment = parse_rfc3339(text);
    ASSERT_TRUE(moment) << text;
    EXPECT_EQ(format_rfc3339(*moment), text);
  }
}

}  // namespace
}  // namespace cartwright
