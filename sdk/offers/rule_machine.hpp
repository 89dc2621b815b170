#pragma once

#include <cstdint>
#include <memory>
#include <memory_resource>
#include <span>
#include <vector>

#include "offers/search_rule.hpp"

namespace cartwright::offers::search {

// A rule written out over the stops of one component: its states are numbered as they are met, 0
// is nothing open, and what it gains at most from each of them on is worked out by dynamic
// programming over this one rule, given the rent that each unit costs. Where a rule has too many
// states for that, its own estimate stands in.
class Machine {
 public:
  // A way to take a unit.
  struct Step {
    Move move;
    std::uint32_t next = 0;
    std::int64_t profit = 0;  // without rent, in kParts: less what finds no room upon it
  };
  struct Steps {
    std::uint32_t from = 0;
    std::uint32_t to = 0;
  };

  // `stops`: at least one, then one that says what is ahead after the last. `limit`: so many
  // applications at most; below 0: any number. Takes its memory from where the stops have theirs.
  Machine(std::unique_ptr<Rule> rule, std::pmr::vector<Stop> stops, std::int64_t limit);

  const Rule& rule() const { return *rule_; }
  std::size_t stops() const { return stops_.size() - 1; }
  const Stop& stop(std::size_t at) const { return stops_[at]; }
  // Of the number of a state; more than 64 where there may be too many of them.
  int bits() const;

  // The ways to take a unit of a stop, as places for step(). Valid until the machine goes.
  Steps steps(std::size_t stop, std::uint32_t state);
  const Step& step(std::uint32_t at) const { return steps_[at]; }
  // Whether it can go on past a stop: what is open can be completed, and may stay open so long.
  bool passes(std::size_t stop, std::uint32_t state) const;

  // In kParts: what is gained from a stop and state on is never above the profit and the rents of
  // all units taken from there on. Below kHopeless what is open can not be completed.
  static constexpr std::int64_t kHopeless = -(std::int64_t{1} << 61);
  std::int64_t profit(std::size_t stop, std::uint32_t state) const {
    return is_written_out_ ? profits_[stop * states_.size() + state] : estimate(stop, state);
  }
  // What it gains without rents. Rents are of a unit, by class, in kParts and not below zero.
  void pay(std::span<const std::int64_t> rents);
  // How many units of each class the most profitable choice takes, added to `demand`. After pay()
  // with the same rents.
  void add_demand(std::span<const std::int64_t> rents, std::span<std::int64_t> demand);

 private:
  // A state that can be had at a stop.
  struct Place {
    std::uint32_t state = 0;
    Steps steps;
    bool passes = false;
  };

  std::uint32_t number_of(State key);
  State own_of(std::uint32_t state) const;
  std::uint32_t* slot_of(State key);
  void write_out();
  bool is_new(std::uint32_t state);
  bool write_out(std::size_t stop, std::pmr::vector<std::uint32_t>& here);
  Steps make_steps(std::size_t stop, std::uint32_t state);
  const std::int64_t* fill(std::size_t stop, std::int64_t rent);
  std::int64_t estimate(std::size_t stop, std::uint32_t state) const;
  std::span<const Place> places(std::size_t stop) const {
    return {places_.data() + starts_[stop], starts_[stop + 1] - starts_[stop]};
  }

  std::unique_ptr<Rule> rule_;
  std::pmr::vector<Stop> stops_;
  std::int64_t limit_;
  int rule_bits_ = 0;
  bool watches_price_;
  bool is_written_out_ = false;

  std::pmr::vector<State> states_;         // by number
  std::pmr::vector<std::uint32_t> slots_;  // number + 1 by hash of the state; 0: free
  std::pmr::vector<Step> steps_;
  std::pmr::vector<Move> moves_;  // of one call

  std::pmr::vector<Place> places_;                 // by stop; written out
  std::pmr::vector<std::uint32_t> starts_;         // by stop, into the places
  std::pmr::vector<bool> seen_;                    // by state, of the stop that is written out
  std::pmr::vector<Place> at_;                     // by stop and state
  std::pmr::vector<std::int64_t> profits_;         // by stop and state
  std::pmr::vector<std::int64_t> ways_;            // of one stop: by units left and state
  std::pmr::vector<std::pmr::vector<Steps>> met_;  // by stop and state; not written out
  std::pmr::vector<std::int64_t> slack_;  // by stop; not written out: what rents leave to take
};

}  // namespace cartwright::offers::search
