#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "offers/component.hpp"
#include "offers/search_rule.hpp"
#include "offers/search_score.hpp"

namespace cartwright::offers::search {

// The states of all that is open, side by side in a few words.
inline constexpr std::size_t kWords = 4;
using Joint = std::array<std::uint64_t, kWords>;

// Where a small number stands in a Joint, while it is alive.
struct Digit {
  std::uint8_t word = 0;
  std::uint8_t shift = 0;
  std::uint8_t bits = 0;

  std::uint64_t get(const Joint& joint) const {
    return bits == 0 ? 0 : joint[word] >> shift & mask();
  }
  void set(Joint& joint, std::uint64_t value) const {
    if (bits == 0) return;
    joint[word] = (joint[word] & ~(mask() << shift)) | value << shift;
  }

 private:
  std::uint64_t mask() const {
    return bits == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << bits) - 1;
  }
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
  Digit digit;
  bool is_placed = true;
  std::size_t first = 0;
  std::size_t last = 0;
};

struct PlannedRule {
  std::uint32_t candidate = 0;
  std::unique_ptr<Rule> rule;
  Digit digit;
  bool is_placed = true;  // false where no room is left for its state: it is not used
  bool exclusive = true;
  std::vector<std::uint32_t> counters;
  std::uint32_t group = 0;  // index + 1 into Plan::groups; 0: none
  std::uint64_t member = 0;
  std::size_t first = 0;
  std::size_t last = 0;
  std::vector<Ahead> ahead;        // by class: what that class and those after it offer
  std::vector<std::int64_t> seen;  // by class: units of set 0 up to its end
  Score start;                     // of one application
};

// Offers that use a unit by itself, and what that is worth.
struct FreePick {
  Score score;
  std::int64_t discount = 0;
  std::vector<std::uint32_t> candidates;
};

struct PlannedClass {
  struct Use {
    std::uint32_t rule = 0;  // index into Plan::rules
    std::uint32_t mask = 0;
  };
  const UnitClass* facts = nullptr;
  std::vector<Use> exclusive;
  std::vector<Use> stackable;
  std::vector<FreePick> alone;    // one exclusive free offer each; the first is none
  std::vector<FreePick> stacked;  // one stackable free offer each
  FreePick best;                  // of all free ones, for a unit that nothing else uses
  std::int64_t worth = 0;         // in kParts: no use of a unit is worth more

  // The stackable free offers that are best within `room`.
  FreePick beside(std::int64_t room) const;
};

// A component made ready for the search.
struct Plan {
  std::vector<PlannedRule> rules;
  std::vector<Counter> counters;
  std::vector<Choice> groups;
  std::vector<PlannedClass> classes;
  std::vector<std::int64_t> worth_after;  // by class: of all units of later classes
  bool is_whole = true;                   // false where a Joint is too small for some of it
};

Plan make_plan(const Problem& problem, const Component& component,
               const std::vector<std::int64_t>& most);

}  // namespace cartwright::offers::search
