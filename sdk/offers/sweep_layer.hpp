#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory_resource>
#include <unordered_map>
#include <vector>

#include "offers/search_score.hpp"

namespace cartwright::offers::search {

// A joint state after some units, and the best way to it.
template <std::size_t Words>
struct Node {
  std::array<std::uint64_t, Words> joint{};
  Score score;
  std::uint64_t uses = 0;   // ways that use the same have the same
  std::int64_t credit = 0;  // of all that is open, in kParts
  std::uint32_t parent = 0;
  std::uint32_t picks = 0;  // of its last unit, in the pool of picks
  std::uint16_t count = 0;  // of these picks
  bool closes = false;      // its last units are the rest of a class
};

// States are kept apart by what basket offers want to know, though they go on alike. One that gains
// less than another such by more than a window can not come within it of the best.
template <std::size_t Words>
struct KeptApart {
  std::array<std::uint64_t, Words> bits{};  // of a joint state: what does not change how it goes on
  std::int64_t window = 0;

  bool any() const {
    return std::ranges::any_of(bits, [](std::uint64_t word) { return word != 0; });
  }
};

// The joint states after equally many units, each once, with the best way to it. Nodes live in one
// vector for the whole search.
template <std::size_t Words>
class Layer {
 public:
  using Nodes = std::pmr::vector<Node<Words>>;
  // Takes its memory from where the nodes have theirs.
  Layer(Nodes& nodes, const KeptApart<Words>& apart)
      : nodes_(&nodes),
        apart_(&apart),
        is_apart_(apart.any()),
        members_(nodes.get_allocator()),
        slots_(nodes.get_allocator()),
        most_(nodes.get_allocator()) {}

  bool empty() const { return members_.empty(); }
  std::size_t size() const { return members_.size(); }
  const std::pmr::vector<std::uint32_t>& members() const { return members_; }
  void clear() {
    members_.clear();
    slots_.clear();
    most_.clear();
  }

  // False where it can not matter, or where a way as good to the same state is known; `lower` says
  // of one that is equally good whether it is to be preferred to the known.
  template <typename Lower>
  bool add(const Node<Words>& node, const Lower& lower) {
    if (is_apart_ && !raise(node)) return false;
    std::uint32_t* slot = nullptr;
    if (members_.size() < kFew) {
      for (std::uint32_t& member : members_) {
        if ((*nodes_)[member].joint == node.joint) return improve(member, node, lower);
      }
    } else {
      if (2 * (members_.size() + 1) > slots_.size()) grow();
      slot = &find(node.joint);
      if (*slot != 0) return improve(*slot - 1, node, lower);
    }
    nodes_->push_back(node);
    members_.push_back(static_cast<std::uint32_t>(nodes_->size() - 1));
    if (slot != nullptr) *slot = static_cast<std::uint32_t>(nodes_->size());
    return true;
  }

  // Leaves out members that one which came later has outdone. Nothing is added after that.
  void drop_outdone() {
    if (!is_apart_) return;
    std::erase_if(members_, [&](std::uint32_t index) { return !raise((*nodes_)[index]); });
  }

  // Keeps `width` members of the largest bound, and of all others the first that may stay. Returns
  // the largest bound of the others. `width`: less than there are.
  template <typename Bound, typename Stays>
  std::int64_t keep(std::size_t width, const Bound& bound, const Stays& stays) {
    struct Ranked {
      std::int64_t bound;
      std::uint32_t index;
    };
    std::vector<Ranked> ranked;
    ranked.reserve(members_.size());
    for (const std::uint32_t index : members_) ranked.push_back({bound((*nodes_)[index]), index});
    const auto before = [](const Ranked& a, const Ranked& b) {
      return a.bound != b.bound ? a.bound > b.bound : a.index < b.index;
    };
    const auto rest = ranked.begin() + static_cast<std::ptrdiff_t>(width);
    std::ranges::nth_element(ranked, rest, before);
    const std::int64_t lost = rest->bound;
    std::sort(ranked.begin(), rest, before);
    clear();
    for (auto one = ranked.begin(); one != rest; ++one) members_.push_back(one->index);
    const Ranked* kept = nullptr;
    for (auto one = rest; one != ranked.end(); ++one) {
      const bool is_first = kept == nullptr || before(*one, *kept);
      if (is_first && stays((*nodes_)[one->index])) kept = &*one;
    }
    if (kept != nullptr) members_.push_back(kept->index);
    return lost;
  }

 private:
  using Joint = std::array<std::uint64_t, Words>;
  struct Hash {
    std::size_t operator()(const Joint& joint) const {
      std::uint64_t hash = 0;
      for (const std::uint64_t word : joint) {
        hash = (hash ^ word) * 0x9E3779B97F4A7C15;
        hash ^= hash >> 29;
      }
      return hash ^ hash >> 32;
    }
  };
  static constexpr std::size_t kFew = 8;  // up to which looking at all is faster than hashing

  template <typename Lower>
  bool improve(std::uint32_t member, const Node<Words>& node, const Lower& lower) {
    Node<Words>& known = (*nodes_)[member];
    if (!node.score.is_better_than(known.score)) {
      if (node.uses == known.uses || node.score != known.score || !lower(node, known)) return false;
    }
    known = node;
    return true;
  }
  // False where the node is outdone; else it counts for others.
  bool raise(const Node<Words>& node) {
    Joint alike = node.joint;
    for (std::size_t i = 0; i < Words; ++i) alike[i] &= ~apart_->bits[i];
    std::int64_t& most = most_.try_emplace(alike, node.score.gain).first->second;
    most = std::max(most, node.score.gain);
    return node.score.gain >= most - apart_->window;
  }
  std::uint32_t& find(const Joint& joint) {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = Hash()(joint) & mask;
    while (slots_[at] != 0 && (*nodes_)[slots_[at] - 1].joint != joint) at = (at + 1) & mask;
    return slots_[at];
  }
  void grow() {
    slots_.assign(std::max<std::size_t>(4 * kFew, slots_.size() * 2), 0);
    for (const std::uint32_t index : members_) find((*nodes_)[index].joint) = index + 1;
  }

  Nodes* nodes_;
  const KeptApart<Words>* apart_;
  bool is_apart_;
  std::pmr::vector<std::uint32_t> members_;
  std::pmr::vector<std::uint32_t> slots_;                    // index + 1 into the nodes; 0: free
  std::pmr::unordered_map<Joint, std::int64_t, Hash> most_;  // gain, by what is not kept apart
};

}  // namespace cartwright::offers::search
