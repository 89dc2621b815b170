#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <vector>

#include "offers/basket_terms.hpp"
#include "offers/option_merge.hpp"
#include "offers/part_views.hpp"
#include "offers/plain_part.hpp"
#include "offers/search_memory.hpp"

namespace cartwright::offers::search {

// The components of a problem beside its basket offers: what each can do at its best, and what it
// shares with them.
class JointParts {
 public:
  struct Part {
    PartView view;
    std::optional<PlainChoice> plain;                   // where it needs no search
    std::int64_t bound = 0;                             // no choice has a larger gain
    bool is_whole = true;                               // all choices were looked at
    boost::container::small_vector<Option, 1> options;  // those that gain the most, the best first
    Sums list;                // the prices of its units in each scope; last, of all
    bool is_flagged = false;  // groups or coupons of basket offers are among its own
  };

  // All arguments must outlive it. `memory`: null for none.
  JointParts(const Problem& problem, std::span<const std::int64_t> most,
             std::span<const Component> components, const BasketTerms& terms, SearchMemory* memory);
  JointParts(const JointParts&) = delete;
  JointParts& operator=(const JointParts&) = delete;

  // Searches them all, the small ones first: what those leave of the budget is for the others.
  // Returns the states expanded.
  std::uint64_t search(std::uint64_t budget);

  const std::vector<Part>& parts() const { return parts_; }
  // What a ranking makes of them all.
  Solution by_ranking(Ranking ranking) const;
  // Indexes of the parts, the small ones first.
  const std::vector<std::size_t>& order() const { return order_; }
  bool is_cut(const Part& part, std::uint32_t bit) const {
    return part.list[bit] != 0 && part.list[bit] != part.list.back();
  }

  // Whether groups and coupons let an option stand beside a set of terms.
  bool admits(TermSet set, const Option& option) const;
  // The best option of each part beside a set of terms; empty where a part has none.
  std::vector<const Option*> best(TermSet set) const;
  // Below what any choice of items leaves beside these terms.
  std::int64_t lower_bound(TermSet set) const;
  // Whether thresholds, groups and coupons of a set hold beside what was selected.
  bool holds(TermSet set, const Selection& one) const;
  // Nothing selected at all.
  Selection nothing() const;

  // Searches one again, by that question. The budget is rounded down a little: what other parts
  // needed then seldom shows in it, and what is remembered of this part holds.
  const Searched& search(const Part& part, const Outside& question, std::uint64_t budget,
                         Effects effects = Effects::no);

  // What to ask of a search for which choices are kept apart by `marks`.
  Outside question(const Part& part, std::vector<std::uint32_t> marks, std::int64_t window) const;
  // The options that a search found by that question, those that the set admits. `found` must stay.
  std::vector<Option> options(TermSet set, const Part& part, const Outside& question,
                              const Found& found) const;
  // Appends what an option of the part comes to.
  void put_into_effect(const Part& part, const Option& option, std::vector<Application>& all) const;
  // Adds up what applications take off each scope and, last, off all.
  void add_effect(std::span<const Application> applications, Sums& taken) const;

 private:
  void ask_for_flags();
  Part part_of(const PartView& view) const;
  void choose(Part& part) const;
  std::uint64_t search(Part& part, std::uint64_t budget);
  void add_taken(const Part& part, Option& option) const;
  const Option* first_admitted(TermSet set, const Part& part) const;
  Option option_of(const Part& part, const Score& score) const;
  Option option_of(const Part& part, const Outside& question, const Way& way) const;

  const Problem& problem_;
  std::span<const std::int64_t> most_;
  const BasketTerms& terms_;
  SearchMemory* memory_;
  PartViews views_;
  std::vector<std::uint32_t> groups_;   // that basket offers share with item offers
  std::vector<std::uint32_t> coupons_;  // the same
  std::deque<Searched> searched_;       // without a memory
  std::vector<Part> parts_;
  std::vector<std::size_t> order_;
};

}  // namespace cartwright::offers::search
