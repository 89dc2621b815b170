#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cartwright::gs1 {

// A day of the Gregorian calendar.
struct Date {
  std::int16_t year = 0;
  std::uint8_t month = 0;
  std::uint8_t day = 0;

  // "2027-01-31"
  std::string text() const;
  auto operator<=>(const Date&) const = default;
};

// 28 to 31; 0 where the month is none.
unsigned days_of_month(unsigned year, unsigned month);

// The year that two digits mean, seen from `current_year` (GS1 General Specifications 7.12): at
// most 50 years ahead and 49 back.
unsigned year_of_two_digits(unsigned two_digits, unsigned current_year);

// The day of YYMMDD. Day 00 is the last of its month. Nothing where it is no day.
std::optional<Date> read_date(std::string_view yymmdd, unsigned current_year);

// The day of "2027-01-31", as text() writes it. Nothing where it is no day.
std::optional<Date> date_of_text(std::string_view text);

}  // namespace cartwright::gs1
