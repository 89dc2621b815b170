#include "gs1/date.hpp"

#include <algorithm>
#include <chrono>

namespace cartwright::gs1 {
namespace {

unsigned two(std::string_view text, std::size_t at) {
  return static_cast<unsigned>((text[at] - '0') * 10 + (text[at + 1] - '0'));
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::string padded(unsigned number, std::size_t width) {
  std::string text = std::to_string(number);
  if (text.size() < width) text.insert(0, width - text.size(), '0');
  return text;
}

}  // namespace

std::string Date::text() const {
  return padded(static_cast<unsigned>(year), 4) + "-" + padded(month, 2) + "-" + padded(day, 2);
}

unsigned days_of_month(unsigned year, unsigned month) {
  const std::chrono::month in_year(month);
  if (!in_year.ok()) return 0;
  return unsigned{(std::chrono::year(static_cast<int>(year)) / in_year / std::chrono::last).day()};
}

unsigned year_of_two_digits(unsigned two_digits, unsigned current_year) {
  const unsigned century = current_year - current_year % 100;
  const int ahead = static_cast<int>(two_digits) - static_cast<int>(current_year % 100);
  if (ahead >= 51) return century - 100 + two_digits;
  if (ahead <= -50) return century + 100 + two_digits;
  return century + two_digits;
}

std::optional<Date> read_date(std::string_view yymmdd, unsigned current_year) {
  if (yymmdd.size() != 6 || !std::ranges::all_of(yymmdd, is_digit)) return std::nullopt;
  const unsigned year = year_of_two_digits(two(yymmdd, 0), current_year);
  const unsigned month = two(yymmdd, 2);
  const unsigned last = days_of_month(year, month);
  const unsigned day = two(yymmdd, 4) == 0 ? last : two(yymmdd, 4);
  if (day == 0 || day > last) return std::nullopt;
  return Date{static_cast<std::int16_t>(year), static_cast<std::uint8_t>(month),
              static_cast<std::uint8_t>(day)};
}

std::optional<Date> date_of_text(std::string_view text) {
  constexpr std::string_view kForm = "dddd-dd-dd";
  if (text.size() != kForm.size()) return std::nullopt;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (kForm[i] == '-' ? text[i] != '-' : !is_digit(text[i])) return std::nullopt;
  }
  const unsigned year = two(text, 0) * 100 + two(text, 2);
  const unsigned month = two(text, 5);
  const unsigned day = two(text, 8);
  if (day == 0 || day > days_of_month(year, month)) return std::nullopt;
  return Date{static_cast<std::int16_t>(year), static_cast<std::uint8_t>(month),
              static_cast<std::uint8_t>(day)};
}

}  // namespace cartwright::gs1
