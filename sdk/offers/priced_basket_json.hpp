#pragma once

#include <string>

#include "offers/priced_basket.hpp"

namespace cartwright::offers {

// The result object of docs/offers.md as JSON text on one line, its keys in that order.
std::string to_json(const PricedBasket& priced, const Currency& currency);

}  // namespace cartwright::offers
