#pragma once

#include "offers/priced_basket.hpp"

namespace cartwright::offers {

// price() where GS1 coupons are among those presented. What they bring along joins the offers that
// touch the basket, and the same choice is made of all; what hangs on servers is what the basket
// costs more without the coupons that wait for them.
PricedBasket price_with_gs1_coupons(const OfferBook& book, const Basket& basket, const Facts& facts,
                                    const PriceRules& rules, const PriceOptions& options);

}  // namespace cartwright::offers
