#include "base/rfc3339.hpp"

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>

namespace cartwright {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Takes text from the front; `good` stays false once something was not as expected.
struct Taker {
  std::string_view rest;
  bool good = true;

  int number(std::size_t digits) {
    int value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      if (rest.empty() || !is_digit(rest.front())) {
        good = false;
        return 0;
      }
      value = value * 10 + (rest.front() - '0');
      rest.remove_prefix(1);
    }
    return value;
  }

  char one_of(std::string_view wanted) {
    if (rest.empty() || wanted.find(rest.front()) == std::string_view::npos) {
      good = false;
      return 0;
    }
    const char c = rest.front();
    rest.remove_prefix(1);
    return c;
  }

  // In milliseconds, cut.
  int fraction() {
    if (rest.empty() || rest.front() != '.') return 0;
    rest.remove_prefix(1);
    int value = number(1) * 100;
    for (int weight = 10; !rest.empty() && is_digit(rest.front()); weight /= 10)
      value += number(1) * weight;
    return value;
  }

  std::int32_t offset() {
    const char sign = one_of("Zz+-");
    if (sign != '+' && sign != '-') return 0;
    const int hours = number(2);
    one_of(":");
    const int minutes = number(2);
    if (hours > 23 || minutes > 59) good = false;
    const std::int32_t seconds = (hours * 60 + minutes) * 60;
    return sign == '-' ? -seconds : seconds;
  }
};

}  // namespace

std::optional<Rfc3339> parse_rfc3339(std::string_view text) {
  Taker taker{text};
  const int year = taker.number(4);
  taker.one_of("-");
  const int month = taker.number(2);
  taker.one_of("-");
  const int day = taker.number(2);
  taker.one_of("Tt ");
  const int hour = taker.number(2);
  taker.one_of(":");
  const int minute = taker.number(2);
  taker.one_of(":");
  const int second = taker.number(2);
  const int milliseconds = taker.fraction();
  const std::int32_t offset = taker.offset();
  const std::chrono::year_month_day date(std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day)));
  // 60 is a leap second, which Unix time does not count: it is the next minute's first.
  if (!taker.good || !taker.rest.empty() || !date.ok() || hour > 23 || minute > 59 || second > 60) {
    return std::nullopt;
  }
  const std::int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
  const std::int64_t seconds = ((days * 24 + hour) * 60 + minute) * 60 + second - offset;
  if (year < 1970 && seconds < 0) return std::nullopt;
  return Rfc3339{seconds, offset, milliseconds};
}

std::string format_rfc3339(const Rfc3339& moment) {
  const std::chrono::sys_seconds local{
      std::chrono::seconds(moment.seconds + moment.offset_seconds)};
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(local - day);
  const int minutes = std::abs(moment.offset_seconds) / 60;
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d", int{date.year()},
                unsigned{date.month()}, unsigned{date.day()},
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  std::string result = text.data();
  if (moment.offset_seconds == 0) return result + "Z";
  std::snprintf(text.data(), text.size(), "%c%02d:%02d", moment.offset_seconds < 0 ? '-' : '+',
                minutes / 60, minutes % 60);
  return result + text.data();
}

}  // namespace cartwright
