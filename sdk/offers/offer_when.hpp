#pragma once

#include <cstdint>

#include "base/json_object.hpp"
#include "base/time_zone.hpp"
#include "offers/offer.hpp"

namespace cartwright::offers {

// Reads {"from","to","days","hours"}: instants of RFC 3339, names of days, and spans of a local day
// as "08:00-12:00". A span over midnight, "22:00-02:00", is split into what each day has of it.
When read_when(JsonObject object);

// Whether a line added at this moment is within the times. `local_seconds` is Unix time plus the
// store's offset from UTC at that instant: where clocks change, an hour that comes twice counts
// twice, and one that is left out never comes.
bool within(const When& when, std::int64_t unix_seconds, std::int64_t local_seconds);

// Whether any moment is within the times: not where days or hours miss the span from `from` to
// `to`, also because clocks leave them out. In the store's zone; while it is null, in any.
bool ever_within(const When& when, const TimeZone* zone);

}  // namespace cartwright::offers
