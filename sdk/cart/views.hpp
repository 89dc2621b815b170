#pragma once

#include <cartwright/events.hpp>

#include <string_view>

#include "offers/totals.hpp"
#include "trip/trip_state.hpp"

namespace cartwright::cart {

// From the trip's own types to the plain values of the Cart API. Pure functions.

Totals view_of(const offers::Totals& totals, const offers::Currency& currency);
// Requires a line with this key.
Line line_of(const trip::TripState& state, std::string_view key);
Trip view_of(const trip::TripState& state);
PaymentState view_of(trip::PaymentState state);

}  // namespace cartwright::cart
