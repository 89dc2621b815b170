#pragma once

#include <cartwright/abi/terminal.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "cartwright/v1/trip.pb.h"
#include "host/record.hpp"
#include "trip/trip_state.hpp"

namespace cartwright::cart {

// Between the records of cw.terminal/1 and what the trip keeps of them. Pure functions.

// CW_TERMINAL_BASELINE: moves no money.
host::Record baseline_order(std::uint32_t currency);
// CW_TERMINAL_AUTHORIZE: the payment's amount under its key.
host::Record authorize_order(const trip::Payment& payment, std::uint32_t currency);
// CW_TERMINAL_LOOKUP: what became of it since its baseline.
host::Record lookup_order(const trip::Payment& payment, std::uint32_t currency);

// The facts of a CW_TERMINAL_RESULT as far as its writer knew them; all zero for another record.
cw_terminal_facts facts_of(const host::Record& result);
// The terminal's words for a person; empty where it has none.
std::string text_of(const host::Record& result);
// The value as the trip keeps it, empty where the facts lack it (`bit` of CW_HAS_*).
std::string number(const cw_terminal_facts& facts, std::uint32_t bit, std::uint32_t value);
v1::CardFacts card_of(const host::Record& result);
// What is wrong with an approval for this payment; empty where it fits.
std::string misfit(const cw_terminal_facts& facts, const trip::Payment& payment,
                   std::uint32_t currency);

}  // namespace cartwright::cart
