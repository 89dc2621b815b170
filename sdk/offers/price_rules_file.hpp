#pragma once

#include <string>
#include <string_view>

#include "offers/price_rules.hpp"

namespace cartwright::offers {

// What the store decides once, as one JSON object with the names of a cart's [store] table:
// {"taxes":{"standard":1900},"prices_without_tax":false,"round_total_to_minor":1,
// "tax_rounding":"half_up","tax_per":"total"}; only `taxes` is required. Half cents of tax go up or
// to the even neighbour ("half_even"), on the sum of a class or for each "line". The currency is
// not in it. Error invalid_input `NAME: key: ...`.
PriceRules parse_price_rules(std::string_view text, const std::string& name,
                             const Currency& currency);

}  // namespace cartwright::offers
