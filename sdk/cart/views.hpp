#pragma once

#include <cartwright/events.hpp>

#include <string>
#include <string_view>
#include <vector>

#include "trip/trip_state.hpp"

namespace cartwright::cart {

// From the trip's own types to the plain values of the Cart API. Pure functions.

// The totals of a started trip.
Totals totals_of(const trip::TripState& state);
// What is used, by the offers' names.
std::vector<AppliedOffer> applied_of(const trip::TripState& state);
// Why a coupon that was presented takes nothing off, by its last presentation; empty where it does.
std::string why_unused(const trip::TripState& state, const std::string& coupon);
// As a shopper knows the offer: its name, or its id where it has none.
std::string offer_name(const trip::TripState& state, const std::string& offer);
// Requires a line with this key.
Line line_of(const trip::TripState& state, std::string_view key);
// All but its nudges.
Trip view_of(const trip::TripState& state);
PaymentState view_of(trip::PaymentState state);

}  // namespace cartwright::cart
