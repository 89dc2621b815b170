#pragma once

#include "offers/money.hpp"

namespace cartwright::offers {

// What can be paid in coins and notes: cash totals are a multiple of this many minor units, 1 where
// the currency has a coin of its minor unit. Amounts have ISO 4217's digits; CLDR, release 42,
// supplementalData.xml, currencyData/fractions (cashDigits, cashRounding), says what of them cash
// can pay, and Act III of 2008 says it for HUF: 5 forints.
Money cash_step(const Currency& currency);

// The total where it is paid in cash: the nearest multiple of the step, halves away from zero.
Money cash_total(Money total, const Currency& currency);

}  // namespace cartwright::offers
