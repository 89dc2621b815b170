#include "gs1/date.hpp"

#include <gtest/gtest.h>

namespace cartwright::gs1 {
namespace {

std::string day(std::string_view yymmdd, unsigned current_year) {
  const auto date = read_date(yymmdd, current_year);
  return date ? date->text() : "none";
}

TEST(TwoDigitYears, lie_at_most_50_ahead_and_49_back) {
  EXPECT_EQ(year_of_two_digits(27, 2026), 2027U);
  EXPECT_EQ(year_of_two_digits(75, 2026), 2075U);
  EXPECT_EQ(year_of_two_digits(76, 2026), 2076U);
  EXPECT_EQ(year_of_two_digits(77, 2026), 1977U);
  EXPECT_EQ(year_of_two_digits(99, 2026), 1999U);
  EXPECT_EQ(year_of_two_digits(0, 2026), 2000U);
  EXPECT_EQ(year_of_two_digits(49, 2099), 2149U);
  EXPECT_EQ(year_of_two_digits(50, 2099), 2050U);
  EXPECT_EQ(year_of_two_digits(1, 2060), 2101U);
  EXPECT_EQ(year_of_two_digits(99, 2000), 1999U);
}

TEST(Dates, are_days_of_the_calendar) {
  EXPECT_EQ(day("270131", 2026), "2027-01-31");
  EXPECT_EQ(day("240229", 2026), "2024-02-29");
  EXPECT_EQ(day("990101", 2026), "1999-01-01");
  for (const char* text :
       {"230229", "270132", "271301", "270001", "27013", "2701311", "27013A", ""}) {
    EXPECT_EQ(day(text, 2026), "none") << text;
  }
}

TEST(Dates, without_a_day_are_the_last_of_their_month) {
  EXPECT_EQ(day("270200", 2026), "2027-02-28");
  EXPECT_EQ(day("280200", 2026), "2028-02-29");
  EXPECT_EQ(day("271200", 2026), "2027-12-31");
  EXPECT_EQ(day("271300", 2026), "none");
}

TEST(Months, know_the_leap_years) {
  EXPECT_EQ(days_of_month(2000, 2), 29U);
  EXPECT_EQ(days_of_month(1900, 2), 28U);
  EXPECT_EQ(days_of_month(2027, 4), 30U);
  EXPECT_EQ(days_of_month(2027, 0), 0U);
  EXPECT_EQ(days_of_month(2027, 13), 0U);
}

TEST(Dates, are_read_back_from_their_text) {
  EXPECT_EQ(date_of_text("2027-01-31"), (Date{2027, 1, 31}));
  EXPECT_EQ(date_of_text("2028-02-29"), (Date{2028, 2, 29}));
  for (const char* text : {"2027-02-29", "2027-13-01", "2027-00-01", "2027-01-00", "27-01-31",
                           "2027/01/31", "2027-01-3a", "2027-01-311", ""}) {
    EXPECT_FALSE(date_of_text(text)) << text;
  }
}

}  // namespace
}  // namespace cartwright::gs1
