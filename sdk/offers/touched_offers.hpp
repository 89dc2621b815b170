#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "offers/basket_units.hpp"
#include "offers/facts.hpp"
#include "offers/offers_file.hpp"

namespace cartwright::offers {

// An offer, and the units of the basket that each of its sets may take, by its times too.
struct TouchedOffer {
  const Offer* offer = nullptr;
  std::vector<std::vector<UnitIndex>> sets;  // as Candidate::sets
};

// Why an offer is not used, by its id.
using Reasons = std::map<std::string, std::string, std::less<>>;

// The offers of which a set holds a unit of the basket and which the facts let in, ascending by
// id. For those that the facts or their times keep out `reasons` says why. Costs what is found,
// not what there is.
std::vector<TouchedOffer> touched_offers(const OfferBook& book, const BasketUnits& all, bool member,
                                         const Facts& facts, Reasons& reasons);

}  // namespace cartwright::offers
