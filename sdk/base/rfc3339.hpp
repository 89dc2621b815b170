#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cartwright {

// A moment as RFC 3339 writes it: the instant, and what the clock on the wall showed there.
struct Rfc3339 {
  std::int64_t seconds = 0;         // Unix time
  std::int32_t offset_seconds = 0;  // local time minus UTC
  std::int32_t milliseconds = 0;    // of the second that began, 0 to 999

  std::int64_t utc_ms() const { return seconds * 1000 + milliseconds; }
};

// "2026-11-23T09:15:00.250+01:00"; digits behind the third of a fraction are dropped. Nothing on
// anything that is no date and time with offset (RFC 3339 5.6), so also on 30 February, nor on what
// was before 1970 both there and in UTC.
std::optional<Rfc3339> parse_rfc3339(std::string_view text);

// "2026-11-23T09:15:00+01:00", and "Z" for no offset. Years 1970 to 9999.
std::string format_rfc3339(const Rfc3339& moment);

}  // namespace cartwright
