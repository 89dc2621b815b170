#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/hex.hpp"
#include "base/zone_rule.hpp"

namespace cartwright {

// A zone of the IANA database: local time minus UTC at each instant, clock changes included. A
// value; it reads no environment and changes none. May be used from any thread.
class TimeZone {
 public:
  // "Europe/Berlin", from the system's database. Error not_found for a name that it does not have.
  static TimeZone load(std::string_view name,
                       const std::filesystem::path& database = "/usr/share/zoneinfo");
  // The content of a TZif file (RFC 8536). Error corrupt.
  static TimeZone parse(ByteView tzif, const std::string& name);

  // Seconds to add to Unix time for local time.
  std::int32_t offset_at(std::int64_t unix_seconds) const;

 private:
  TimeZone() = default;

  struct Change {
    std::int64_t at = 0;
    std::int32_t offset = 0;
  };
  std::vector<Change> changes_;   // ascending
  std::int32_t before_ = 0;       // in force before the first change
  std::optional<ZoneRule> rule_;  // after the last change
};

}  // namespace cartwright
