#pragma once

#include <string>
#include <vector>

#include "cartwright/v1/trip.pb.h"
#include "offers/offers_file.hpp"

namespace cartwright::trip {

// What does not hold in the offers of a sale, each as a sentence; empty where all does. Needs no
// search: shares and funding add up, nothing is negative, no offer is used beyond its limit, coupon
// or group, or by a shopper whom it is not for, and no unit serves two exclusive offers. `book` is
// the version that the header names; without it what offers say is not looked at. Error
// invalid_input for a line that sells nothing that could be sold.
std::vector<std::string> pricing_findings(const v1::SaleRecord& record,
                                          const offers::OfferBook* book);

}  // namespace cartwright::trip
