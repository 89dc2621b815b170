#pragma once

#include <cstdint>

#include "offers/money.hpp"
#include "offers/price_rules.hpp"

namespace cartwright::offers {

// Every rounding of an amount in Cartwright is one of these functions; no other place divides
// money. Products are taken in 128 bits. A result beyond 64 bits throws Error (invalid_input).

// a * b / divisor, halves away from zero ("half up" for amounts, and the same for their
// refunds). divisor > 0.
std::int64_t multiply_divide_half_up(std::int64_t a, std::int64_t b, std::int64_t divisor);

// What `grams` cost at a price for `per` grams (> 0; 1000 for one per kg): price x grams / per,
// half up.
Money price_of_weight(Money price, Grams grams, std::int64_t per);

// The same with halves to the even neighbour ("banker's rounding").
std::int64_t multiply_divide_half_even(std::int64_t a, std::int64_t b, std::int64_t divisor);

// A rate in basis points of an amount: amount x bps / 10000, half up.
Money share_of(Money amount, std::int64_t bps);

// The tax on an amount that does not include it, amount x bps / 10000, and the tax inside one that
// does, amount x bps / (10000 + bps).
Money tax_on(Money amount, std::int64_t bps, Halves halves = Halves::up);
Money tax_within(Money amount, std::int64_t bps, Halves halves = Halves::up);

// What must be added to `amount` so that it is a multiple of `step` (> 0), halves away from zero.
Money rounding_to(Money amount, Money step);

}  // namespace cartwright::offers
