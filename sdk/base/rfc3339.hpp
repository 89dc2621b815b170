#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace cartwright {

// A moment as RFC 3339 writes it: the instant, and what the clock on the wall showed there.
struct Rfc3339 {
  std::int64_t seconds = 0;         // Unix time
  std::int32_t offset_seconds = 0;  // local time minus UTC
};

// "2026-11-23T09:15:00+01:00"; a fraction of the second is read and dropped. Nothing on anything
// that is no date and time with offset (RFC 3339 5.6; years from 1970), so also on 30 February.
std::optional<Rfc3339> parse_rfc3339(std::string_view text);

}  // namespace cartwright
