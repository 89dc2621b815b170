#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/time_zone.hpp"
#include "offers/basket.hpp"
#include "offers/facts.hpp"
#include "offers/funding.hpp"
#include "offers/offers_file.hpp"
#include "offers/solver.hpp"
#include "offers/totals.hpp"

namespace cartwright::offers {

enum class Role : std::uint8_t { qualify, reward };

// What one application of an offer is on a line.
struct LineShare {
  std::string offer;
  std::int64_t application = 0;  // from 1, by offer
  Role role = Role::reward;
  std::int64_t units = 0;  // a weighing is one
  Money amount;            // the discount; 0 for units that only qualify
  FunderShares funders;
};

struct AppliedOffer {
  std::string offer;
  std::string name;  // for people; empty where the offer has none
  std::int64_t applications = 0;
  Money discount;
  std::int64_t points = 0;  // earned
};

struct DeclinedOffer {
  std::string offer;
  std::string why;
};

// Add these, and the discounts grow by `saves`.
struct Nudge {
  struct Need {
    std::string product;
    std::int64_t units = 0;
  };
  std::string offer;
  std::vector<Need> need;
  Money saves;
};

// The answer about a basket: what docs/offers.md calls the result.
struct PricedBasket {
  Totals totals;
  Money provisional;  // by how much the total rises if servers refuse what they were not heard on
  bool proven_best = false;
  Money bound;  // no choice of offers brings totals.goods below
  std::uint64_t states = 0;
  std::vector<std::vector<LineShare>> shares;  // by line of the basket
  std::vector<AppliedOffer> applied;           // by id
  std::vector<DeclinedOffer> declined;         // by id
  std::vector<Nudge> nudges;                   // the greatest saving first
};

// A product that fits the set, to be named in a nudge, or null.
using Suggest = std::function<std::shared_ptr<const Product>(const ProductSet& set)>;

class PriceMemory;

struct PriceOptions {
  std::uint64_t budget = kDefaultBudget;
  const TimeZone* zone = nullptr;  // the store's; without one lines say their local time
  bool declined = true;            // say which offers are not used, and why
  bool explain = false;            // of every offer, not only of those that are near
  std::size_t nudges = 3;          // at most; 0 saves the work
  Suggest suggest;                 // for sets of which nothing is in the basket
  PriceMemory* memory = nullptr;   // price_memory.hpp: pricing again is faster; null for none
};

// Prices the basket with the best choice of offers. A pure function of its arguments: the same on
// every machine, whatever the order of lines. Rules without any tax class mean that no tax is
// worked out. Error invalid_input where the currencies of offers and rules differ, where the rules
// lack a tax class, and for sums beyond 64 bits.
PricedBasket price(const OfferBook& book, const Basket& basket, const Facts& facts,
                   const PriceRules& rules, const PriceOptions& options = {});

}  // namespace cartwright::offers
