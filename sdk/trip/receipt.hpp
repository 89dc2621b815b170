#pragma once

#include <string>

#include "cartwright/v1/trip.pb.h"

namespace cartwright::trip {

// The sale as text for a person, in lines of at most `width` characters (32 to 80) that end in
// line feeds; amounts stand in the last column. It says that it is no fiscal receipt: that one
// belongs to the point of sale or a fiscal device. Error invalid_input for another width
// and for a time outside the years 1970 to 9999, corrupt for a currency that there is not.
std::string receipt_text(const v1::SaleRecord& record, int width = 40);

}  // namespace cartwright::trip
