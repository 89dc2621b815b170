#include "base/zone_rule.hpp"

#include <chrono>

namespace cartwright {
namespace {

namespace ch = std::chrono;
constexpr std::int64_t kDay = 86'400;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace

class ZoneRule::Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  bool take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }

  // "CET" or "<+03>"
  void name() {
    const bool quoted = take('<');
    std::size_t size = 0;
    const auto ends = [&](char c) {
      return quoted ? c == '>' : is_digit(c) || c == '+' || c == '-' || c == ',';
    };
    while (size < rest_.size() && !ends(rest_[size])) ++size;
    if (size < 3) good = false;
    rest_.remove_prefix(size);
    if (quoted && !take('>')) good = false;
  }

  int number(int most) {
    if (rest_.empty() || !is_digit(rest_.front())) good = false;
    int value = 0;
    while (!rest_.empty() && is_digit(rest_.front()) && value <= most) {
      value = value * 10 + (rest_.front() - '0');
      rest_.remove_prefix(1);
    }
    if (value > most) good = false;
    return value;
  }

  // [+-]hh[:mm[:ss]] in seconds
  int time() {
    const bool negative = take('-');
    if (!negative) take('+');
    int seconds = number(167) * 3600;
    if (take(':')) seconds += number(59) * 60;
    if (take(':')) seconds += number(59);
    return negative ? -seconds : seconds;
  }

  Day day() {
    Day day;
    if (!take(',')) good = false;
    if (take('M')) {
      day.month = number(12);
      good = good && take('.');
      day.week = number(5);
      good = good && take('.');
      day.day = number(6);
      good = good && day.month > 0 && day.week > 0;
    } else {
      day.kind = take('J') ? Day::Kind::julian : Day::Kind::zero_based;
      day.day = number(365);
    }
    if (take('/')) day.second = time();
    return day;
  }

  bool ended() const { return rest_.empty(); }
  bool good = true;

 private:
  std::string_view rest_;
};

std::int64_t ZoneRule::Day::in_year(int year) const {
  const ch::year y(year);
  ch::sys_days date = y / 1 / 1;
  if (kind == Kind::month_week_day) {
    const ch::weekday weekday(static_cast<unsigned>(day));
    const ch::month m(static_cast<unsigned>(month));
    date = week == 5 ? ch::sys_days(y / m / weekday[ch::last])
                     : ch::sys_days(y / m / weekday[static_cast<unsigned>(week)]);
  } else if (kind == Kind::zero_based) {
    date += ch::days(day);
  } else {  // from 1, and 29 February is not counted
    date += ch::days(day - 1 + (y.is_leap() && day >= 60 ? 1 : 0));
  }
  return date.time_since_epoch().count() * kDay + second;
}

std::optional<ZoneRule> ZoneRule::parse(std::string_view text) {
  Reader reader(text);
  ZoneRule rule;
  reader.name();
  rule.standard_ = -reader.time();  // POSIX counts westward
  rule.summer_ = rule.standard_ + 3600;
  if (reader.good && !reader.ended()) {
    rule.changes_ = true;
    Reader with_offset = reader;
    reader.name();
    with_offset = reader;
    const int summer = -with_offset.time();
    if (with_offset.good) {
      rule.summer_ = summer;
      reader = with_offset;
    }
    rule.to_summer_ = reader.day();
    rule.to_standard_ = reader.day();
  }
  if (!reader.good || !reader.ended()) return std::nullopt;
  return rule;
}

std::int32_t ZoneRule::offset_at(std::int64_t unix_seconds) const {
  if (!changes_) return standard_;
  const ch::sys_days day{ch::floor<ch::days>(ch::seconds(unix_seconds + standard_))};
  const int year = static_cast<int>(ch::year_month_day(day).year());
  // Each change is told in the local time that was in force before it.
  const std::int64_t to_summer = to_summer_.in_year(year) - standard_;
  const std::int64_t to_standard = to_standard_.in_year(year) - summer_;
  const bool summer = to_summer < to_standard
                          ? unix_seconds >= to_summer && unix_seconds < to_standard
                          : unix_seconds >= to_summer || unix_seconds < to_standard;
  return summer ? summer_ : standard_;
}

}  // namespace cartwright
