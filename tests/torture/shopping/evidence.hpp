#pragma once

#include <cstddef>
#include <set>
#include <string>

#include "shopping/cart.hpp"
#include "shopping/store.hpp"

namespace cartwright::shopping {

// What is left of a trip at the cart and at the hub, compared with what script.cpp states. Each
// function throws Failure with both.

// The trip's log and sale record: sums, lines, one charge, one end, and `cartwright trip verify`.
// `earlier` is how many sales the terminal had made before, as it says itself.
void check_sale(const Store& store, const std::string& trip_id, std::size_t earlier);

// Waits until the hub has one journey more than `known`, ended and whole, without telling the cart
// to send it; a cart that has died is started. Returns its id.
std::string await_journey(const Store& store, Cart& cart, const std::set<std::string>& known,
                          milliseconds longest);
// Every event in its place, numbers dense from 1.
void check_journey(const Store& store, const std::string& journey_id);
// Lets the cart send what it still has, and checks that nothing waits there then.
void flush(Cart& cart);
// The hub's counters are those of so many trips, and nothing has come that it can not read.
void check_counters(const Store& store, std::size_t trips);

}  // namespace cartwright::shopping
