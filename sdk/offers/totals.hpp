#pragma once

#include <span>
#include <string>
#include <vector>

#include "offers/basket.hpp"
#include "offers/money.hpp"
#include "offers/price_rules.hpp"

namespace cartwright::offers {

// What an offer takes off a line, whichever offer and however it was found. The totals do not ask.
struct Discount {
  std::string key;    // the line
  std::string offer;  // its id, for the receipt
  Money amount;       // above zero; all of a line's together at most its list amount
  // Tax is then worked out as if the discount had not been given.
  bool keeps_tax_base = false;
};

struct LineTotal {
  std::string key;
  std::string product;
  Quantity quantity;
  Money price;  // in force: a piece, a kg or 100 g
  Money list;   // price x quantity
  Money net;    // list less discounts
  Money taxed;  // what counts for tax: list less the discounts that lower the tax base
  Money deposit;
};

struct TaxTotal {
  std::string tax;  // the class
  TaxRate rate;
  Money base;  // what counts for tax of its lines, with the tax where it is included
  Money tax_amount;
};

// The names are those of the result format: list is `list_minor` and so on.
//   total = goods + deposit + tax_on_top + rounding
struct Totals {
  Money list;
  Money goods;  // list less all discounts
  Money deposit;
  Money tax;         // all of it, whether inside the prices or on top
  Money tax_on_top;  // the part that total adds to goods
  Money rounding;
  Money total;
  std::vector<LineTotal> lines;  // in the basket's order
  std::vector<TaxTotal> taxes;   // by class, those that occur
};

// A pure function of its arguments. Tax is worked out once a class, on the sum of its lines, so
// that neither the order of lines nor the splitting of pieces over lines changes it; or, where the
// rules say so, for each line by itself, and then its splitting may. Deposits are
// outside discounts and tax. Error invalid_input for a tax class that the rules do not have (names
// the product and the nearest class), for a discount on an unknown line or above what it costs,
// and for sums beyond 64 bits.
Totals totals(const Basket& basket, const PriceRules& rules,
              std::span<const Discount> discounts = {});

// The result format as JSON text: {"currency","list_minor","goods_minor","deposit_minor",
// "tax_minor","rounding_minor","total_minor","lines":[...],"taxes":[...]}.
std::string to_json(const Totals& totals, const Currency& currency);

}  // namespace cartwright::offers
