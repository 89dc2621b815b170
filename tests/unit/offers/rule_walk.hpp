#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

#include "offers/search_rule.hpp"

namespace cartwright::offers::search::testing {

// A unit, and the sets that it stands in.
struct Piece {
  std::int64_t base = 0;
  std::uint32_t mask = 1;
  std::vector<std::int64_t> upon = {};  // what stacks upon it
};

// One complete way of a rule over the units.
struct Way {
  std::int64_t gain = 0;
  std::vector<Application> applications;

  // What is off a unit.
  std::int64_t off(UnitIndex unit) const {
    std::int64_t sum = 0;
    for (const Application& one : applications) {
      for (const Share& share : one.reward) sum += share.unit == unit ? share.discount : 0;
    }
    return sum;
  }
};

// Goes every way that a rule has over a few units, dearest first, as the search does, and holds
// what the rule says on each of them against the contract of search_rule.hpp.
class RuleWalk {
 public:
  RuleWalk(std::unique_ptr<Rule> rule, std::vector<Piece> pieces)
      : rule_(std::move(rule)), pieces_(std::move(pieces)) {
    std::ranges::stable_sort(pieces_, std::greater<>(), &Piece::base);
    for (const Piece& piece : pieces_) {
      const auto unit = static_cast<std::uint32_t>(problem_.units.size());
      problem_.units.push_back({.line = unit, .rank = unit, .product = unit, .base = piece.base});
    }
    eligible_.resize((pieces_.size() + 1) * kSets);
    for (std::size_t at = pieces_.size(); at-- > 0;) {
      for (std::size_t set = 0; set < kSets; ++set) {
        eligible_[at * kSets + set] =
            eligible_[(at + 1) * kSets + set] + (pieces_[at].mask >> set & 1);
      }
    }
    std::vector<Stop> stops;
    for (std::size_t at = 0; at < pieces_.size(); ++at) {
      stops.push_back({.at = static_cast<std::uint32_t>(at),
                       .mask = pieces_[at].mask,
                       .base = pieces_[at].base,
                       .count = 1,
                       .upon = pieces_[at].upon,
                       .ahead = ahead(at)});
    }
    rule_->look_at(stops);
    go(0, 0);
  }

  const Rule& rule() const { return *rule_; }
  const std::vector<Way>& ways() const { return ways_; }
  // The first of those that gain most.
  const Way& best() const { return *std::ranges::max_element(ways_, {}, &Way::gain); }
  // Whether some way takes something off this unit.
  bool may_reward(UnitIndex unit) const {
    return std::ranges::any_of(ways_, [&](const Way& way) { return way.off(unit) > 0; });
  }

 private:
  static constexpr std::size_t kSets = 4;

  struct Step {
    State from = 0;
    Move move;
    UnitIndex unit = 0;
  };

  Ahead ahead(std::size_t at) const {
    std::int64_t seen = 0;
    for (std::size_t i = 0; i < at; ++i) seen += pieces_[i].mask & 1;
    return {.eligible = {eligible_.data() + at * kSets, kSets},
            .price = at < pieces_.size() ? pieces_[at].base : 0,
            .seen = seen};
  }

  void go(std::size_t at, State state) {
    if (at == pieces_.size()) {
      if (rule_->is_complete(state)) end();
      return;
    }
    const bool falls = at > 0 && pieces_[at].base < pieces_[at - 1].base;
    if (falls && rule_->watches_price() && !rule_->may_fall(state, ahead(at))) return;
    go(at + 1, state);
    Moves moves;
    rule_->moves(state, pieces_[at].base, pieces_[at].mask, moves);
    for (const Move& move : moves) {
      steps_.push_back({state, move, static_cast<UnitIndex>(at)});
      go(at + 1, move.next);
      steps_.pop_back();
    }
  }

  void end() {
    Way way;
    std::vector<Taken> taken;
    std::uint32_t starts = 0;
    for (const Step& step : steps_) {
      way.gain += step.move.gain;
      taken.push_back({step.unit, step.move.set});
      starts += step.move.starts;
      EXPECT_TRUE(rule_->bits() == 0 || step.move.next >> rule_->bits() == 0);
      EXPECT_TRUE(rule_->can_complete(step.from, ahead(step.unit)));
    }
    way.applications = rule_->assemble(taken, problem_);
    check_estimate(way.gain);
    // One that does not pay is left out.
    EXPECT_LE(way.applications.size(), starts);
    std::int64_t off = 0;
    for (const Step& step : steps_) {
      off += way.off(step.unit);
      if (way.applications.size() == starts && !may_be_told_apart(step)) {
        EXPECT_GE(way.off(step.unit), step.move.discount);
      }
    }
    EXPECT_GE(off, way.gain);
    ways_.push_back(std::move(way));
  }

  // A bundle's run may take less where it could have kept to a cap.
  bool may_be_told_apart(const Step& step) const {
    return !step.move.known && step.move.set == 0 &&
           std::ranges::any_of(pieces_, [](const Piece& one) { return !one.upon.empty(); });
  }

  // From no state on more is gained than its credit and the worth of the units taken from there.
  void check_estimate(std::int64_t gain) const {
    std::int64_t worth = 0;
    std::int64_t gained = 0;
    for (std::size_t i = steps_.size(); i-- > 0;) {
      const Piece& piece = pieces_[steps_[i].unit];
      worth += rule_->worth(piece.base, piece.mask);
      gained += steps_[i].move.gain;
      EXPECT_LE(gained * kParts, rule_->credit(steps_[i].from, ahead(steps_[i].unit)) + worth);
    }
    EXPECT_EQ(gained, gain);
  }

  std::unique_ptr<Rule> rule_;
  std::vector<Piece> pieces_;
  std::vector<std::int64_t> eligible_;
  Problem problem_;
  std::vector<Step> steps_;
  std::vector<Way> ways_;
};

// So many pieces of one price.
inline std::vector<Piece> equal(std::size_t count, std::int64_t base, std::uint32_t mask = 1) {
  return std::vector<Piece>(count, Piece{base, mask});
}

}  // namespace cartwright::offers::search::testing
