#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "offers/sweep_plan.hpp"

namespace cartwright::offers::search {

// One use of a unit: a rule of the plan and its set, or a free candidate.
struct Pick {
  std::uint32_t what = 0;
  std::uint8_t set = 0;
};
inline constexpr std::uint8_t kFree = 0xff;

// A joint state after some units, and the best way to it.
struct Node {
  Joint joint{};
  Score score;
  std::uint32_t parent = 0;
  std::uint32_t picks = 0;  // of its last unit, in the pool of picks
  std::uint32_t picks_end = 0;
  bool closes = false;  // its last units are the rest of a class
};

// The joint states after equally many units, each once, with the best way to it. Nodes live in one
// vector for the whole search.
class Layer {
 public:
  explicit Layer(std::vector<Node>& nodes) : nodes_(&nodes) {}

  bool empty() const { return members_.empty(); }
  std::size_t size() const { return members_.size(); }
  const std::vector<std::uint32_t>& members() const { return members_; }

  void add(const Node& node) {
    if (2 * (members_.size() + 1) > slots_.size()) grow();
    std::uint32_t& slot = find(node.joint);
    if (slot == 0) {
      nodes_->push_back(node);
      members_.push_back(static_cast<std::uint32_t>(nodes_->size() - 1));
      slot = static_cast<std::uint32_t>(nodes_->size());
    } else if (node.score.is_better_than((*nodes_)[slot - 1].score)) {
      (*nodes_)[slot - 1] = node;
    }
  }

  // Keeps `width` members of the largest bound and the one with nothing open. Returns the largest
  // bound of those that went.
  template <typename Bound>
  std::int64_t keep(std::size_t width, const Bound& bound) {
    struct Ranked {
      std::int64_t bound;
      std::uint32_t index;
    };
    std::vector<Ranked> ranked;
    for (const std::uint32_t index : members_) ranked.push_back({bound((*nodes_)[index]), index});
    std::ranges::sort(ranked, [](const Ranked& a, const Ranked& b) {
      return a.bound != b.bound ? a.bound > b.bound : a.index < b.index;
    });
    const std::int64_t lost = ranked[width].bound;
    members_.clear();
    for (std::size_t i = 0; i < ranked.size(); ++i) {
      if (i < width || (*nodes_)[ranked[i].index].joint == Joint{}) {
        members_.push_back(ranked[i].index);
      }
    }
    return lost;
  }

 private:
  std::uint32_t& find(const Joint& joint) {
    std::uint64_t hash = 0;
    for (const std::uint64_t word : joint) hash = (hash ^ word) * 0x9E3779B97F4A7C15 ^ hash >> 29;
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = (hash ^ hash >> 32) & mask;
    while (slots_[at] != 0 && (*nodes_)[slots_[at] - 1].joint != joint) at = (at + 1) & mask;
    return slots_[at];
  }
  void grow() {
    slots_.assign(std::max<std::size_t>(16, slots_.size() * 2), 0);
    for (const std::uint32_t index : members_) find((*nodes_)[index].joint) = index + 1;
  }

  std::vector<Node>* nodes_;
  std::vector<std::uint32_t> members_;
  std::vector<std::uint32_t> slots_;  // index + 1 into the nodes; 0: free
};

}  // namespace cartwright::offers::search
