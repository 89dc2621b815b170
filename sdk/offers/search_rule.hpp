#pragma once

#include <cstdint>
#include <memory>
#include <memory_resource>
#include <span>
#include <vector>

#include "offers/problem.hpp"

namespace cartwright::offers::search {

// The search goes over units from the dearest to the cheapest. An exchange of units shows that the
// applications of an offer may then be taken to be consecutive, so that what an offer remembers of
// the units passed is a small number, its state. 0: nothing is open.
using State = std::uint64_t;

// Bounds are kept in parts of a minor unit.
inline constexpr std::int64_t kParts = 1024;

// Taking a unit for an offer.
struct Move {
  State next = 0;
  std::int64_t gain = 0;  // what the sum of discounts grows by; below zero where a price is due
  // Off this unit; where it is not known, at least. Of what can also be had by another move, which
  // takes off less, it may be more.
  std::int64_t discount = 0;
  bool known = true;         // false in a bundle: its discount is shared when it is complete
  std::uint8_t set = 0;      // which of the candidate's sets the unit serves
  std::uint32_t starts = 0;  // applications that begin
};

using Moves = std::pmr::vector<Move>;

// What the units from a place on still offer to one candidate.
struct Ahead {
  std::span<const std::int64_t> eligible;  // by set
  std::int64_t price = 0;                  // of the dearest of them
  std::int64_t seen = 0;                   // units of set 0 that were passed
};

// Units of one class that a rule may take; the next stop is the next such class.
struct Stop {
  std::uint32_t at = 0;    // the class
  std::uint32_t mask = 0;  // sets of the candidate that its units stand in
  std::int64_t base = 0;
  std::int64_t count = 0;
  std::span<const std::int64_t> upon;  // what each stackable free offer takes off a unit
  Ahead ahead;                         // from here on
};

// A unit that was taken, in the order of the search.
struct Taken {
  UnitIndex unit = 0;
  std::uint8_t set = 0;
};

// One item offer as a machine over units. Immutable. `mask` has bit s where a unit stands in set s.
class Rule {
 public:
  virtual ~Rule() = default;
  Rule(const Rule&) = delete;
  Rule& operator=(const Rule&) = delete;

  // Told once, before anything is asked, of all units that there are, the dearest first.
  virtual void look_at(std::span<const Stop> /*stops*/) {}
  // Bits of a state; 0 where each unit is an application of its own.
  virtual int bits() const = 0;
  // Appends every way to take a unit of that price.
  virtual void moves(State state, std::int64_t base, std::uint32_t mask, Moves& out) const = 0;
  virtual bool is_complete(State state) const { return state == 0; }
  // False where what is open may not stay open while the price falls. Asked of those only that
  // watch the price.
  virtual bool watches_price() const { return false; }
  virtual bool may_fall(State /*state*/, const Ahead& /*ahead*/) const { return true; }
  // False where the units ahead are too few to complete what is open.
  virtual bool can_complete(State state, const Ahead& ahead) const = 0;

  // An estimate for rules of many states, in kParts: what is gained from a state on is never above
  // its credit and the worth of each unit taken from there on. A unit's worth is not below zero.
  virtual std::int64_t worth(std::int64_t base, std::uint32_t mask) const = 0;
  virtual std::int64_t credit(State state, const Ahead& ahead) const = 0;

  // The applications of all units that were taken.
  virtual std::vector<Application> assemble(std::span<const Taken> taken,
                                            const Problem& problem) const = 0;

 protected:
  Rule() = default;
};

// Whether units of one price are as good as each other for all that matters.
enum class Equals : std::uint8_t {
  alike,   // of units of one price those that come first are not the rewarded ones
  apart,   // it matters which of them is rewarded: something stacks, or a scope ends between them
  coupled  // the same, and what stacks remembers something
};

// The machine of a candidate of at most `most` (> 0) applications.
std::unique_ptr<Rule> make_rule(const Candidate& candidate, std::int64_t most, Equals equals);

std::unique_ptr<Rule> make_unit_rule(const UnitOffer& offer);
// One application of such an offer, without its candidate. No rule is needed to make it.
Application use_of(const UnitOffer& offer, UnitIndex unit, const Problem& problem);
std::unique_ptr<Rule> make_cheapest_rule(const CheapestOf& offer, std::int64_t most);
std::unique_ptr<Rule> make_cheapest_apart_rule(const CheapestOf& offer, std::int64_t most);
// `most`: 0 where what stacks upon its units is not all told by their stops.
std::unique_ptr<Rule> make_bundle_rule(const NForPrice& offer, std::int64_t most);
std::unique_ptr<Rule> make_buy_get_rule(const BuyGet& offer, const Candidate& candidate,
                                        std::int64_t most);
std::unique_ptr<Rule> make_meal_rule(const MealDeal& offer, std::int64_t most);
std::unique_ptr<Rule> make_tiers_rule(const Tiers& offer);

// Bits that hold every number from 0 to `most`.
int bits_for(std::int64_t most);

// Of an amount that is shared over prices of that sum (> 0): the least that one of them gets.
std::int64_t least_share(std::int64_t amount, std::int64_t base, std::int64_t sum);

// a x b / divisor in kParts, rounded up; a, b >= 0.
std::int64_t parts_up(std::int64_t a, std::int64_t b, std::int64_t divisor);

}  // namespace cartwright::offers::search
