#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "offers/component.hpp"
#include "offers/search_score.hpp"

namespace cartwright::offers::search {

// One application of a local offer, on units of its one class, which all cost the same.
struct Pack {
  std::uint32_t candidate = 0;
  std::vector<std::uint8_t> sets;  // which set each of its units serves
  Score score;                     // gain > 0
};

// The packs of one local offer: one of which there may be `most`, or several of which there may be
// one.
struct PackChoice {
  std::vector<Pack> packs;
  std::int64_t most = 0;
};

// What a local candidate can do with `units` units of that price; `start` is the score of one of
// its applications without the gain.
PackChoice packs_of(const Candidate& candidate, std::uint32_t index, std::int64_t base,
                    std::int64_t units, std::int64_t most, const Score& start);

// What units of a class are worth where nothing ties them to other classes: for every number of
// them the best choice of packs, and of what takes single units. However many offers see the class
// alone, this is one small knapsack.
class RestTable {
 public:
  RestTable() = default;
  // `single`: the best for a unit by itself. `units`: how many the class has.
  RestTable(std::vector<PackChoice> choices, const Score& single, std::size_t units);

  // The best for that many units.
  Score best(std::size_t units) const {
    return steps_.empty() ? single_ * static_cast<std::int64_t>(units) : best_[units];
  }
  struct Use {
    const Pack* pack = nullptr;
    std::uint32_t count = 0;
  };
  // The packs of that choice; what they leave is taken by single units.
  std::vector<Use> choice(std::size_t units) const;
  // In kParts, rounded up: no unit is worth more.
  std::int64_t worth() const;

 private:
  struct Step {
    std::uint32_t pack = 0;
    std::uint32_t count = 0;
  };
  void add(const PackChoice& choice);

  std::vector<PackChoice> choices_;
  Score single_;
  std::vector<Score> best_;               // by number of units; empty without packs
  std::vector<std::vector<Step>> steps_;  // by choice, by number of units
};

}  // namespace cartwright::offers::search
