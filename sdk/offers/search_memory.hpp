#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "offers/component_search.hpp"

namespace cartwright::offers::search {

// What searches found, for whoever solves a problem again and again of which little has changed:
// components that are as they were are not searched anew. An answer from here is the one that
// search_component() gives, states and all. Not for two threads at once.
//
// Components are told apart by all that a search reads, compared in full: the prices and numbers of
// units, the offers by address, what each may be used, groups, coupons and what was asked. Offers
// must therefore stay where they are and as they are while the memory is used; clear() it before
// others come.
class SearchMemory {
 public:
  // Of an offer that is in none of these nothing is remembered.
  explicit SearchMemory(std::span<const Offer> offers = {}) : offers_(offers) {}

  // As search_component().
  Found search(const Problem& problem, const Component& component,
               std::span<const std::int64_t> most, const Outside& outside, std::uint64_t budget);

  // A problem is about to be solved. What the last kKept problems did not ask for is forgotten.
  void begin();

  std::size_t size() const { return known_.size(); }
  std::uint64_t searches() const { return searches_; }  // that were not remembered

  // So many problems long something is kept that nothing asks for.
  static constexpr std::uint64_t kKept = 32;
  // At most so many searches are remembered.
  static constexpr std::size_t kMostKnown = 4'096;

 private:
  using Words = std::vector<std::uint64_t>;
  struct Known {
    Words signature;
    Found found;  // candidates by their place in the component
    std::uint64_t budget = 0;
    std::uint64_t asked = 0;  // the number of the problem that asked last
  };

  bool sign(const Problem& problem, const Component& component, std::span<const std::int64_t> most,
            const Outside& outside);
  void list_candidates(const Component& component);
  bool sign_candidates(const Problem& problem, std::span<const std::int64_t> most, bool all);
  void sign_classes(const Component& component, const Outside& outside);
  std::uint64_t place_of(std::uint32_t candidate) const { return places_[candidate]; }
  Known* find(std::uint64_t hash, std::uint64_t budget);
  void remember(std::uint64_t hash, const Found& found, std::uint64_t budget);

  std::span<const Offer> offers_;
  std::unordered_multimap<std::uint64_t, Known> known_;  // by hash of the signature
  std::uint64_t problems_ = 0;
  std::uint64_t searches_ = 0;
  // Of the component that is asked about.
  std::vector<std::uint32_t> candidates_;  // all of them, ascending
  std::vector<std::uint32_t> places_;      // by candidate of the problem: where it stands there
  Words signature_;
};

// By the memory, or without one.
inline Found search_component(SearchMemory* memory, const Problem& problem,
                              const Component& component, std::span<const std::int64_t> most,
                              const Outside& outside, std::uint64_t budget) {
  return memory == nullptr ? search_component(problem, component, most, outside, budget)
                           : memory->search(problem, component, most, outside, budget);
}

}  // namespace cartwright::offers::search
