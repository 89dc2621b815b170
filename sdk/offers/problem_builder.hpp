#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "offers/stage_zero.hpp"

namespace cartwright::offers {

struct BuildOptions {
  const TimeZone* zone = nullptr;              // the store's; without one lines say their own
  bool explain = false;                        // reasons for all offers, not only the touched
  std::set<std::string, std::less<>> without;  // ids that this build leaves out
  SetsMemory* memory = nullptr;                // of the same book; null for none
};

// A gift of which a unit is in the basket: the item offer that stands for it in the problem, and
// what its threshold counts.
struct GiftUse {
  const Offer* offer = nullptr;
  std::uint32_t item = 0;  // index into Problem::items
  UnitSet scope;
};

// A basket offer that gives points; the problem does not know it.
struct PointsUse {
  const Offer* offer = nullptr;
  UnitSet scope;
};

// A problem, and what was settled before it.
struct BuiltProblem {
  Problem problem;
  BasketUnits all;  // all.units is empty: they moved into the problem
  std::vector<MandatoryUse> mandatory;
  std::vector<GiftUse> gifts;
  std::vector<PointsUse> points;            // ascending (order, id)
  std::vector<const Offer*> missing_gifts;  // reached, but no unit of the gift is in the basket
  Reasons reasons;                          // of offers that are not in the problem, each once
  // Item offers that stand for gifts: any one unit of the gift, at 10000 basis points, once.
  std::vector<std::unique_ptr<const Offer>> derived;
};

// Settles the facts: expands units, finds the offers that touch them, applies stage 0, and leaves
// out what can not fire. A pure function of its arguments, which must outlive the result; the order
// of lines leaves no trace but in Unit::line.
//
// A gift in the basket enters as an item offer, so that the search weighs it with all else. Where
// its threshold is on "list" it is checked here. One on "net" hangs on the choice: the caller
// checks it on the answer, and builds again without the offer where it does not hold.
//
// Error invalid_input for more units than kMaxBasketUnits, and for sums beyond 64 bits.
BuiltProblem build_problem(const OfferBook& book, const Basket& basket, const Facts& facts,
                           const BuildOptions& options = {});

}  // namespace cartwright::offers
