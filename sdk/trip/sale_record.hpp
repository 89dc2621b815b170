#pragma once

#include <string>

#include "base/hex.hpp"
#include "cartwright/v1/trip.pb.h"
#include "trip/trip_state.hpp"

namespace cartwright::trip {

// The sale as the state has it, settled at this time. The same state and time give the same record
// on every machine. Requires a started trip.
v1::SaleRecord make_sale_record(const TripState& state, const v1::Time& settled);

// The bytes that are stored and that the digest is taken over.
Bytes encode(const v1::SaleRecord& record);
// Error corrupt that names the trip where the bytes are no sale record.
v1::SaleRecord decode_sale_record(std::string_view trip_id, ByteView bytes);

}  // namespace cartwright::trip
