#pragma once

#include <memory_resource>
#include <span>
#include <vector>

#include "offers/sweep_plan.hpp"

namespace cartwright::offers::search {

// Of the offers that a component's classes see those that can matter, and how the search looks at
// them: class by class as rules, of which it decides unit by unit, or for the units that are left.
//
// Where choices are kept apart by what they take off, one that gains less may be wanted: all within
// the window are then rules.
class ClassOffers {
 public:
  // All arguments must outlive it.
  ClassOffers(const Problem& problem, const Component& component, const Outside& outside,
              std::pmr::memory_resource* memory);

  bool keeps_apart() const { return !outside_.marks.empty(); }
  // By class, ascending.
  std::span<const Eligible> rules(std::size_t at) const { return offers_[at].rules; }
  std::span<const Eligible> local(std::size_t at) const { return offers_[at].local; }
  std::span<const Eligible> free(std::size_t at) const { return offers_[at].free; }
  // All of them, each once, ascending.
  std::span<const std::uint32_t> candidates() const { return candidates_; }

  bool is_stackable(const Eligible& one) const {
    return !problem_.items[one.candidate].offer->exclusive;
  }

 private:
  struct OfClass {
    std::span<const Eligible> rules;
    std::span<const Eligible> local;
    std::span<const Eligible> free;
  };

  bool stacks_on(const UnitClass& one) const;
  OfClass of(const UnitClass& one) const;
  OfClass kept_apart(const UnitClass& one);
  std::vector<Eligible> within_window(const UnitClass& one) const;
  std::int64_t discount(const Eligible& one, std::int64_t base) const;

  const Problem& problem_;
  const Outside& outside_;
  std::pmr::vector<OfClass> offers_;
  std::vector<std::vector<Eligible>> apart_;  // by class: rules where choices are kept apart
  std::pmr::vector<std::uint32_t> candidates_;
};

}  // namespace cartwright::offers::search
