#pragma once

#include <string>
#include <vector>

#include "offers/problem_builder.hpp"
#include "offers/use_worth.hpp"

namespace cartwright::offers {

// Units, or an amount, that an offer lacks for its next use.
struct Lack {
  const ProductSet* set = nullptr;  // null: any product
  std::int64_t units = 0;           // 0: an amount is missing
  Money amount;
  std::uint32_t number = 0;      // which of the offer's sets
  std::vector<UnitIndex> there;  // units of the basket that are in it
};

struct NearMiss {
  const Offer* offer = nullptr;
  std::vector<Lack> lacks;
  std::string gift;  // a product that is missing, instead
  UseWorth worth;
};

// A nudge asks for no more units than these.
inline constexpr std::int64_t kMostNudgedUnits = 3;

// The offers that facts and times let in and that a few units more would bring to use, those that
// lack the least first, then by id. `built` is the problem of the basket as it is, `net` what each
// unit costs now.
std::vector<NearMiss> near_misses(const OfferBook& book, bool member, const Facts& facts,
                                  const BuiltProblem& built, std::span<const std::int64_t> net);

}  // namespace cartwright::offers
