#include "base/zone_rule.hpp"

#include <gtest/gtest.h>

#include <string_view>

#include "base/rfc3339.hpp"

namespace cartwright {
namespace {

std::int32_t offset(std::string_view rule, std::string_view time) {
  const auto read = ZoneRule::parse(rule);
  EXPECT_TRUE(read) << rule;
  return read ? read->offset_at(parse_rfc3339(time)->seconds) : -1;
}

TEST(ZoneRule, changes_on_the_last_sundays_of_central_europe) {
  constexpr std::string_view kRule = "CET-1CEST,M3.5.0,M10.5.0/3";
  EXPECT_EQ(offset(kRule, "2050-03-27T00:59:59Z"), 3600);
  EXPECT_EQ(offset(kRule, "2050-03-27T01:00:00Z"), 7200);
  EXPECT_EQ(offset(kRule, "2050-10-30T00:59:59Z"), 7200);
  EXPECT_EQ(offset(kRule, "2050-10-30T01:00:00Z"), 3600);
}

TEST(ZoneRule, has_its_summer_over_the_new_year_in_the_south) {
  constexpr std::string_view kRule = "AEST-10AEDT,M10.1.0,M4.1.0/3";
  EXPECT_EQ(offset(kRule, "2050-01-01T00:00:00Z"), 39'600);
  EXPECT_EQ(offset(kRule, "2050-07-01T00:00:00Z"), 36'000);
}

TEST(ZoneRule, may_name_days_of_the_year_and_offsets_of_its_own) {
  EXPECT_EQ(offset("<+03>-3", "2050-07-01T00:00:00Z"), 10'800);
  EXPECT_EQ(offset("AAA3BBB1:30,J60/0,59", "2050-02-28T12:00:00Z"), -10'800);
  EXPECT_EQ(offset("NST3:30NDT,M3.2.0,M11.1.0", "2050-07-01T00:00:00Z"), -9000);
}

TEST(ZoneRule, is_refused_where_it_is_none) {
  for (const std::string_view rule :
       {"", "CET", "C-1", "CET-1CEST", "CET-1CEST,M13.1.0,M10.5.0", "CET-1CEST,M3.6.0,M10.5.0",
        "CET-1CEST,M3.5.0", "CET-1CEST,M3.5.0,M10.5.0/3x", "<+03-3"}) {
    EXPECT_FALSE(ZoneRule::parse(rule)) << rule;
  }
}

}  // namespace
}  // namespace cartwright
