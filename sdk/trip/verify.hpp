#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "trip/trip_log.hpp"

namespace cartwright::trip {

// Something that does not hold together.
struct Finding {
  std::string trip_id;
  std::uint64_t seq = 0;  // the fact it was found at; 0: the trip as a whole
  std::string text;
};

// Checks a trip: its facts are dense, readable and follow from each other; its entry says what they
// say; the sale record has its digest, is what the facts add up to, and its sums hold. Empty where
// all is well. Error not_found where there is neither a trip nor a sale record of it.
std::vector<Finding> verify(TripLog& log, std::string_view trip_id);

// All trips and all sale records.
std::vector<Finding> verify_all(TripLog& log);

}  // namespace cartwright::trip
