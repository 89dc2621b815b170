#pragma once

#include <optional>
#include <string>
#include <vector>

#include "offers/offer.hpp"
#include "offers/offers_survey.hpp"

namespace cartwright::offers {

// Why the offer's shape gives nothing to anybody, in words; nothing where it may. `sets` are the
// facts of its sets by a catalog, none of them empty; null without a catalog, and then only what
// the offer says itself is judged.
std::optional<std::string> why_never_worth(const Offer& offer, const std::vector<SetFacts>* sets,
                                           const Currency& currency);

// Of tiers, the steps that nobody needs: one that gives no more than a lower one, or is beyond any
// basket. In words, one entry a step.
std::vector<std::string> idle_steps(const Tiers& tiers, const SetFacts* set);

// Whether the price that the offer states is no less than what the cheapest of its products cost
// without it, so that the offer is none for these; in words.
std::optional<std::string> why_dearer(const Offer& offer, const std::vector<SetFacts>& sets,
                                      const Currency& currency);

}  // namespace cartwright::offers
