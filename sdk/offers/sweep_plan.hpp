#pragma once

#include <boost/container/small_vector.hpp>
#include <cstdint>
#include <memory_resource>
#include <span>
#include <vector>

#include "offers/component.hpp"
#include "offers/rest_table.hpp"
#include "offers/rule_machine.hpp"
#include "offers/search_score.hpp"
#include "offers/stack_table.hpp"

namespace cartwright::offers::search {

// Where a small number stands in the words of a joint state, while it is alive.
struct Digit {
  std::uint8_t word = 0;
  std::uint8_t shift = 0;
  std::uint8_t bits = 0;

  std::uint64_t get(const std::uint64_t* joint) const {
    return bits == 0 ? 0 : joint[word] >> shift & mask();
  }
  void set(std::uint64_t* joint, std::uint64_t value) const {
    if (bits == 0) return;
    joint[word] = (joint[word] & ~(mask() << shift)) | value << shift;
  }
  std::uint64_t mask() const {
    return bits == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << bits) - 1;
  }
};

// What the caller wants to know of a component's choices besides their gain, because basket offers
// depend on it. Choices that differ in any of it are kept apart.
struct Outside {
  std::vector<std::uint32_t> groups;   // whether one of the group was used
  std::vector<std::uint32_t> coupons;  // how often it was used
  std::vector<std::uint32_t> marks;    // bits of UnitClass::mark: what was taken off those units
  std::int64_t window = 0;             // choices that gain less than the best by more do not matter
  std::int64_t gain = -1;              // is known to be possible; below 0: none is

  bool empty() const { return groups.empty() && coupons.empty() && marks.empty(); }
};

// At most `most` applications of some rules together: a limit, or a coupon presented so often.
struct Counter {
  Digit digit;
  std::uint64_t most = 0;
  std::size_t first = 0;  // classes between which it is alive
  std::size_t last = 0;
};

// Of the rules of a group only one is used: its number in the group, or 0.
struct Choice {
  explicit Choice(std::pmr::memory_resource* memory) : idle(memory) {}

  std::pmr::vector<std::int64_t> idle;  // by class, in kParts: what the best gains from there on
  Digit digit;
  bool is_placed = true;
  std::size_t first = 0;
  std::size_t last = 0;
};

// What is taken off the units of a mark.
struct Tally {
  Digit digit;
  std::uint32_t bit = 0;
  bool is_placed = true;
};

struct PlannedRule {
  std::uint32_t candidate = 0;
  Machine machine;
  Digit digit = {};       // the number of its state
  bool is_placed = true;  // false where no room is left for its state: it is not used
  bool exclusive = true;
  boost::container::small_vector<std::uint32_t, 2> counters;
  std::uint32_t group = 0;  // index + 1 into Plan::groups; 0: none
  std::uint64_t member = 0;
  std::size_t first = 0;
  std::size_t last = 0;
  std::uint32_t whole = 0;  // bits: tallies that hold all of its classes
  Score start = {};         // of one application
};

// A rule at a class.
struct Use {
  std::uint32_t rule = 0;  // index into Plan::rules
  std::uint32_t stop = 0;  // of its machine
};

struct PlannedClass {
  PlannedClass(const UnitClass& facts_in, std::pmr::memory_resource* memory)
      : facts(&facts_in),
        exclusive(memory),
        stackable(memory),
        alone(memory),
        stacked(memory),
        worth(memory) {}

  const UnitClass* facts = nullptr;
  std::pmr::vector<Use> exclusive;
  std::pmr::vector<Use> stackable;
  std::pmr::vector<FreePick>
      alone;                  // where anything stacks: one exclusive free offer each; first none
  StackTable stacked;         // of the stackable free offers
  FreePick single;            // of all free ones, for a unit that nothing else uses
  RestTable rest;             // the units that nothing bound uses
  std::uint32_t tallies = 0;  // bits: tallies that it counts for
  std::int64_t upon = 0;      // what all stackable free offers take off a unit
  std::pmr::vector<std::int64_t>
      worth;  // by units left, in kParts: of these and those of later classes
};

// A component made ready for the search. All of it lives in one piece of memory, which goes as a
// whole.
struct Plan {
  explicit Plan(std::pmr::memory_resource* memory)
      : rules(memory),
        counters(memory),
        groups(memory),
        tallies(memory),
        outside(memory),
        classes(memory),
        rents(memory) {}

  const Problem* problem = nullptr;
  const Component* component = nullptr;
  std::pmr::vector<PlannedRule> rules;
  std::pmr::vector<Counter> counters;
  std::pmr::vector<Choice> groups;
  std::pmr::vector<Tally> tallies;
  std::pmr::vector<Digit> outside;  // groups, coupons, marks as asked; a digit without bits says 0
  std::pmr::vector<PlannedClass> classes;
  std::pmr::vector<std::int64_t> rents;  // by class, in kParts: what a unit costs whatever uses it
  std::int64_t credit = 0;               // what all rules gain above the rents
  std::int64_t bound = 0;                // no choice has a larger gain
  std::size_t words = 1;                 // of a joint state
  int bits = 0;                          // of all rules' states together
  bool is_whole = true;                  // false where a joint state is too small for some of it
};

// The largest joint state.
inline constexpr std::size_t kMostWords = 16;

// The component, the problem and the memory must outlive the plan.
Plan make_plan(const Problem& problem, const Component& component,
               std::span<const std::int64_t> most, const Outside& outside,
               std::pmr::memory_resource* memory);

}  // namespace cartwright::offers::search
