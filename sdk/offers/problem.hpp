#pragma once

#include <boost/container/small_vector.hpp>
#include <cstdint>
#include <optional>
#include <vector>

#include "offers/offer.hpp"

namespace cartwright::offers {

// What is left to decide once the facts are settled: which offers apply to which units. A value
// without names, times or clock; problem_builder.hpp makes it, solver.hpp answers it. Amounts are
// minor units.

// An index into Problem::units.
using UnitIndex = std::uint32_t;

// A piece, or one weighing.
struct Unit {
  std::uint32_t line = 0;     // index of its line in the basket
  std::uint32_t rank = 0;     // where its line's key stands among all keys: equal units go by it
  std::uint32_t product = 0;  // equal for units of one product
  std::int64_t base = 0;      // the price it is discounted from, >= 0
};

// Units, and lists of them. Most are few, and then take no memory beside what holds them.
using UnitSet = boost::container::small_vector<UnitIndex, 4>;
using UnitLists = boost::container::small_vector<UnitSet, 1>;

// An item offer that this basket could use, and the units that each of its sets may take.
struct Candidate {
  const Offer* offer = nullptr;  // lives as long as the book of offers
  // Ascending units: of the one set; for buy_get of buy, then get; for a meal deal of each slot.
  UnitLists sets;
  std::optional<std::uint32_t> group;   // index; of one group at most one offer is used
  std::optional<std::uint32_t> coupon;  // index into Problem::coupons
};

// A basket offer with an amount or a rate. Points and gifts are not the solver's.
struct BasketCandidate {
  const Offer* offer = nullptr;
  UnitSet scope;  // ascending
  std::optional<std::uint32_t> group;
  std::optional<std::uint32_t> coupon;
};

struct Problem {
  std::vector<Unit> units;
  std::vector<Candidate> items;          // by offer id
  std::vector<BasketCandidate> baskets;  // ascending (order, id)
  std::vector<std::int64_t> coupons;     // how often each was presented
  std::uint32_t groups = 0;
};

struct Share {
  UnitIndex unit = 0;
  std::int64_t discount = 0;  // >= 0
};
using Shares = boost::container::small_vector<Share, 2>;

// One use of an item offer.
struct Application {
  std::uint32_t candidate = 0;  // index into Problem::items
  UnitSet qualify;              // ascending
  Shares reward;                // ascending by unit
};

// One use of a basket offer, in the order in which they take.
struct BasketApplication {
  std::uint32_t candidate = 0;  // index into Problem::baskets
  Shares shares;                // ascending by unit
};

struct Solution {
  std::vector<Application> items;  // ascending by (offer id, units)
  std::vector<BasketApplication> baskets;
  std::int64_t goods = 0;    // base of all units less every discount
  std::int64_t bound = 0;    // no feasible choice comes below; <= goods
  std::uint64_t states = 0;  // expanded
  bool proven() const { return bound == goods; }
};

}  // namespace cartwright::offers
