#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "offers/part_ranking.hpp"
#include "offers/part_search.hpp"

namespace cartwright::offers::search {

// What searches found, for whoever solves a problem again and again of which little has changed:
// parts that are as they were are not searched anew. An answer from here is the one that
// search_part() gives, states and all. Not for two threads at once.
//
// Parts are told apart by all that a search and its effects read, compared in full: prices, numbers
// and order of units, the offers by address, how often each may be used, groups, coupons and what
// was asked. Offers must therefore stay where they are and as they are while the memory is used.
class SearchMemory {
 public:
  // Of an offer that is not among these nothing is remembered.
  explicit SearchMemory(std::span<const Offer> offers = {}) : offers_(offers) {}

  // A problem is about to be solved. What the last kKept problems did not ask for is forgotten.
  void begin();

  // As search_part(). The answer stays until begin().
  const Searched& search(const PartView& part, const Outside& outside, std::uint64_t budget,
                         Effects effects);

  // As rank_part(). The answer stays until begin().
  const Effect& rank(const PartView& part, Ranking ranking);

  std::uint64_t searches() const { return searches_; }  // that were not remembered

  // So many problems long something is kept that nothing asks for.
  static constexpr std::uint64_t kKept = 32;
  // With more than this all is forgotten.
  static constexpr std::size_t kMostKnown = 8'192;

 private:
  using Words = std::vector<std::uint64_t>;
  struct Known {
    Words signature;  // empty: good for this problem only
    Searched searched;
    std::uint64_t budget = 0;
    std::uint64_t asked = 0;  // the number of the problem that asked last
  };

  // What is asked of a part.
  enum class Task : std::uint8_t { search, search_with_effects, priority, average_value };

  const Searched& ask(const PartView& part, const Outside& outside, std::uint64_t budget, Task task,
                      const auto& work);
  bool sign(const PartView& part, const Outside& outside, Task task);
  bool sign_candidates(const PartView& part, bool all);
  void sign_classes(const PartView& part, const Outside& outside);
  Known* find(std::uint64_t hash, std::uint64_t budget);

  std::span<const Offer> offers_;
  std::unordered_multimap<std::uint64_t, Known> known_;  // by hash of the signature
  std::uint64_t problems_ = 0;
  std::uint64_t searches_ = 0;
  // Of the part that is asked about.
  Words signature_;
  std::vector<std::uint32_t> places_;  // by candidate of the problem: its own number
};

}  // namespace cartwright::offers::search
