#pragma once

#include <optional>
#include <span>
#include <vector>

#include "offers/basket_units.hpp"
#include "offers/offers_file.hpp"
#include "offers/reasons.hpp"
#include "offers/sets_memory.hpp"

namespace cartwright::offers {

// An offer, and the units of the basket that each of its sets may take, by its times too.
struct TouchedOffer {
  const Offer* offer = nullptr;
  const OfferBrief* brief = nullptr;
  std::span<std::span<UnitIndex>> sets;  // as Candidate::sets, each ascending
};

// Offers of which a set holds a unit of the basket. Moved, not copied: its parts look at each
// other.
struct TouchedOffers {
  TouchedOffers() = default;
  TouchedOffers(TouchedOffers&&) = default;
  TouchedOffers& operator=(TouchedOffers&&) = default;
  TouchedOffers(const TouchedOffers&) = delete;
  TouchedOffers& operator=(const TouchedOffers&) = delete;

  std::vector<TouchedOffer> offers;  // that facts and times let in, ascending by id
  // Of the book, ascending: these offers and those that facts or times keep out.
  std::vector<std::uint32_t> numbers;
  // What `offers` looks at.
  std::vector<std::span<UnitIndex>> sets;
  std::vector<UnitIndex> units;
};

// The offers that touch the basket. For those that the facts or their times keep out it adds to
// `reasons`. Costs what is found, not what there is. `memory`, of the same book: null for none.
TouchedOffers touched_offers(const OfferBook& book, const BasketUnits& all, bool member,
                             const Facts& facts, Reasons& reasons, SetsMemory* memory = nullptr);

}  // namespace cartwright::offers
