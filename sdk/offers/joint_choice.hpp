#pragma once

#include <deque>
#include <optional>
#include <span>
#include <vector>

#include "offers/joint_parts.hpp"
#include "offers/merit.hpp"

namespace cartwright::offers::search {

// Item offers and basket offers, chosen together. Every set of basket offers is looked at with the
// best items beside it; where a net threshold, a rate on a part of a component, a group or a coupon
// makes less off the items worth more, with all items that could be.
class JointChoice {
 public:
  // All arguments must outlive it. `budget`: states to expand. `memory`: null for none.
  JointChoice(const Problem& problem, std::span<const std::int64_t> most,
              std::span<const Component> components, const BasketTerms& terms, std::uint64_t budget,
              SearchMemory* memory);

  // The best found; its bound holds.
  Solution choose();
  // What a ranking makes of the same parts.
  Solution by_ranking(Ranking ranking) const { return parts_.by_ranking(ranking); }

 private:
  // Why the best items alone may not be the best beside a set of terms.
  struct Doubt {
    bool net = false;         // a threshold on what is left is not reached
    bool cut = false;         // a scope holds a part of a component
    TermSet hides = 0;        // terms that may hide it where less is taken off their scope
    std::int64_t hidden = 0;  // so much less
    bool any() const { return net || cut || hides != 0; }
  };

  std::uint64_t left() const { return budget_ - std::min(budget_, states_); }
  void look_at(TermSet set, std::int64_t& bound);
  void look_at_nothing(TermSet set);
  Doubt doubt(TermSet set, const Selection& best) const;
  std::int64_t hidden_by(std::size_t term, TermSet set, const Selection& best) const;
  std::int64_t window(TermSet set, const Doubt& doubt) const;
  std::vector<std::uint32_t> asked_marks(TermSet set, const JointParts::Part& part,
                                         const Doubt& doubt) const;
  void widen(TermSet set, const Doubt& doubt, const std::vector<const Option*>& base,
             std::int64_t& bound);
  std::optional<Solution> effect(TermSet set, const std::vector<const Option*>& chosen,
                                 const Selection& one) const;
  void offer(std::optional<Solution> solution);

  const Problem& problem_;
  const BasketTerms& terms_;
  std::uint64_t budget_;
  std::uint64_t states_ = 0;
  JointParts parts_;
  std::optional<Solution> best_;
  std::optional<Merit> merit_;  // of the best, once it was asked for
};

}  // namespace cartwright::offers::search
