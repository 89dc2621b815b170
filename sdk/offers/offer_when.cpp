#include "offers/offer_when.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "base/nearest.hpp"
#include "base/rfc3339.hpp"

namespace cartwright::offers {
namespace {

constexpr std::array<std::string_view, 7> kDays = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
constexpr int kMinutesOfDay = 1440;
constexpr std::int64_t kSecondsOfDay = 86'400;

std::optional<std::int64_t> read_instant(JsonObject& object, std::string_view key) {
  if (!object.has(key)) return std::nullopt;
  const std::string text = object.text(key);
  if (const auto time = parse_rfc3339(text)) return time->seconds;
  object.refuse(key, "\"" + text +
                         "\" is no time with offset of RFC 3339, such as "
                         "\"2026-11-23T00:00:00+01:00\"");
}

int read_day(const JsonObject& object, const std::string& text) {
  const auto found = std::find(kDays.begin(), kDays.end(), text);
  if (found != kDays.end()) return static_cast<int>(found - kDays.begin());
  object.refuse("days", "\"" + text + "\" is none of mon, tue, wed, thu, fri, sat, sun" +
                            did_you_mean(text, kDays));
}

// "08:00"; 24:00 is the day's end.
std::optional<int> minutes_of(std::string_view text) {
  const auto digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
  if (text.size() != 5 || text[2] != ':' || !digit(0) || !digit(1) || !digit(3) || !digit(4)) {
    return std::nullopt;
  }
  const int hours = (text[0] - '0') * 10 + (text[1] - '0');
  const int minutes = (text[3] - '0') * 10 + (text[4] - '0');
  const int total = hours * 60 + minutes;
  if (minutes > 59 || total > kMinutesOfDay) return std::nullopt;
  return total;
}

void read_hours(const JsonObject& object, const std::string& text, std::vector<Hours>& hours) {
  const std::size_t dash = std::min(text.find('-'), text.size());
  const auto from = minutes_of(std::string_view(text).substr(0, dash));
  const auto to = minutes_of(std::string_view(text).substr(std::min(dash + 1, text.size())));
  if (!from || !to || from == to || from == kMinutesOfDay) {
    object.refuse("hours", "\"" + text + "\" is no span of a day, such as \"08:00-12:00\"");
  }
  if (*from < *to) return hours.push_back({*from, *to});
  hours.push_back({*from, kMinutesOfDay});
  if (*to > 0) hours.push_back({0, *to});
}

}  // namespace

When read_when(JsonObject object) {
  When when;
  when.from = read_instant(object, "from");
  when.to = read_instant(object, "to");
  for (const std::string& day : object.texts("days")) when.days.push_back(read_day(object, day));
  for (const std::string& span : object.texts("hours")) read_hours(object, span, when.hours);
  object.finish();
  std::sort(when.days.begin(), when.days.end());
  when.days.erase(std::unique(when.days.begin(), when.days.end()), when.days.end());
  return when;
}

bool within(const When& when, std::int64_t unix_seconds, std::int64_t local_seconds) {
  if (when.from && unix_seconds < *when.from) return false;
  if (when.to && unix_seconds >= *when.to) return false;
  if (when.days.empty() && when.hours.empty()) return true;
  const std::int64_t second = ((local_seconds % kSecondsOfDay) + kSecondsOfDay) % kSecondsOfDay;
  const std::int64_t day = (local_seconds - second) / kSecondsOfDay;
  // 1 January 1970 was a Thursday.
  const int weekday = static_cast<int>(((day + 3) % 7 + 7) % 7);
  if (!when.days.empty() && !std::binary_search(when.days.begin(), when.days.end(), weekday)) {
    return false;
  }
  const int minute = static_cast<int>(second / 60);
  return when.hours.empty() ||
         std::any_of(when.hours.begin(), when.hours.end(),
                     [&](const Hours& span) { return span.from <= minute && minute < span.to; });
}

bool ever_within(const When& when, const TimeZone* zone) {
  // Each weekday lies in it twice, and clocks change on one of the two at most.
  constexpr std::int64_t kLongEnough = 16 * kSecondsOfDay;
  constexpr std::int64_t kMinute = 60;
  constexpr std::int64_t kWest = -12 * 60 * kMinute;  // local time minus UTC
  constexpr std::int64_t kEast = 14 * 60 * kMinute;
  constexpr std::int64_t kStep = 15 * kMinute;
  if (!when.from || !when.to) return true;
  if (*when.to <= *when.from) return false;
  const bool has_hours = !when.days.empty() || !when.hours.empty();
  if (!has_hours || *when.to - *when.from > kLongEnough) return true;
  for (std::int64_t at = *when.from; at < *when.to;
       at += kMinute - (at % kMinute + kMinute) % kMinute) {
    if (zone != nullptr) {
      if (within(when, at, at + zone->offset_at(at))) return true;
      continue;
    }
    for (std::int64_t offset = kWest; offset <= kEast; offset += kStep) {
      if (within(when, at, at + offset)) return true;
    }
  }
  return false;
}

}  // namespace cartwright::offers
