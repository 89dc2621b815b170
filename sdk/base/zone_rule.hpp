#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace cartwright {

// The rule by which a zone's clocks change for ever, as the last line of a TZif file says it:
// "CET-1CEST,M3.5.0,M10.5.0/3" (POSIX TZ; RFC 8536 3.3).
class ZoneRule {
 public:
  // Nothing where the text is no such rule.
  static std::optional<ZoneRule> parse(std::string_view text);

  // Seconds to add to Unix time for local time.
  std::int32_t offset_at(std::int64_t unix_seconds) const;

 private:
  // A day of the year at which clocks change, and the local second of that day.
  struct Day {
    enum class Kind : std::uint8_t { month_week_day, julian, zero_based };
    Kind kind = Kind::month_week_day;
    int month = 1;
    int week = 1;  // 5: the last
    int day = 0;   // of the week, 0 Sunday; or of the year
    int second = 7200;
    std::int64_t in_year(int year) const;  // local seconds since 1970 began
  };
  class Reader;

  std::int32_t standard_ = 0;
  std::int32_t summer_ = 0;
  bool changes_ = false;
  Day to_summer_;
  Day to_standard_;
};

}  // namespace cartwright
