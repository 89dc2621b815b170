#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory_resource>
#include <vector>

#include "offers/rest_uses.hpp"
#include "offers/sweep_layer.hpp"
#include "offers/sweep_plan.hpp"

namespace cartwright::offers::search {

// One use of a unit: a rule of the plan and its set, or a free candidate.
struct Pick {
  std::uint32_t what = 0;
  std::uint8_t set = 0;
};

// The set of a free candidate's use.
inline constexpr std::uint8_t kFree = 0xff;

// The ways that a sweep went. A node knows the one before it and the picks of the unit between; a
// way is told by its last node, and what nothing bound uses by the plan.
template <std::size_t Words>
class SweepWays {
 public:
  // Both must outlive it.
  SweepWays(const Plan& plan, std::pmr::memory_resource* memory)
      : nodes(memory), picks(memory), plan_(plan) {
    if (hangs_on_shares()) compared_ = kMostCompared;
  }
  SweepWays(const SweepWays&) = delete;
  SweepWays& operator=(const SweepWays&) = delete;

  std::pmr::vector<Node<Words>> nodes;  // first the start
  std::pmr::vector<Pick> picks;

  // The uses on the way to a node, by class, then position.
  std::vector<Placed> trace(std::uint32_t end) const {
    std::vector<Placed> way;
    std::size_t units = 0;
    for (const PlannedClass& one : plan_.classes) units += one.facts->units.size();
    way.reserve(units);
    list(nodes[end], 0, 0, way);
    return way;
  }

  // Of two ways to one state that are equally good, both with the units of class `at` last: whether
  // the first has the lower keys. False once kMostCompared pairs were told apart.
  bool is_lower(std::size_t at, const Node<Words>& one, const Node<Words>& other) {
    if (++compared_ > kMostCompared) return false;
    std::uint32_t left = one.parent;
    std::uint32_t right = other.parent;
    auto first = static_cast<std::uint32_t>(at);
    // Back to where they part, and to where that class begins.
    while (left != right || (left != 0 && !nodes[left].closes)) {
      if (left >= right && nodes[left].closes) --first;
      const std::uint32_t before = std::max(left, right);
      if (left == before) left = nodes[left].parent;
      if (right == before) right = nodes[right].parent;
    }
    list(one, left, first, compared_ways_[0]);
    list(other, left, first, compared_ways_[1]);
    // Which of two lists is the smaller, one of them the longer, hangs on what they have in common.
    if (compared_ways_[0].size() != compared_ways_[1].size()) {
      list(one, 0, 0, compared_ways_[0]);
      list(other, 0, 0, compared_ways_[1]);
    }
    return has_lower_keys(*plan_.problem, *plan_.component, compared_ways_[0], compared_ways_[1]);
  }

 private:
  static constexpr int kMostCompared = 1024;

  // The uses on the way to a node from an earlier one, with which the class `at` begins.
  void list(const Node<Words>& end, std::uint32_t from, std::uint32_t at,
            std::vector<Placed>& way) const {
    way.clear();
    path_.clear();
    for (const Node<Words>* node = &end; node != &nodes[from]; node = &nodes[node->parent]) {
      path_.push_back(node);
    }
    std::uint32_t used = 0;
    for (std::size_t i = path_.size(); i-- > 0;) {
      const Node<Words>& node = *path_[i];
      for (std::uint32_t j = node.picks; j < node.picks + node.count; ++j) {
        const Pick& pick = picks[j];
        const bool free = pick.set == kFree;
        way.push_back({free ? pick.what : plan_.rules[pick.what].candidate, at, used,
                       free ? std::uint8_t{0} : pick.set});
      }
      if (node.count > 0) ++used;
      if (!node.closes) continue;
      append_rest(plan_.classes[at], at, used, way);
      ++at;
      used = 0;
    }
  }

  // Where a scope cuts what a discount is shared over, equally good ways leave it more or less:
  // then keys do not decide.
  bool hangs_on_shares() const {
    return is_cut(*plan_.component) && std::ranges::any_of(plan_.rules, [&](const auto& one) {
             return shares_out(*plan_.problem->items[one.candidate].offer);
           });
  }

  const Plan& plan_;
  int compared_ = 0;
  mutable std::vector<const Node<Words>*> path_;      // of the way that is listed
  std::array<std::vector<Placed>, 2> compared_ways_;  // that are told apart
};

}  // namespace cartwright::offers::search
