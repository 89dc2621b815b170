#pragma once

#include <optional>
#include <span>
#include <vector>

#include "offers/basket_terms.hpp"
#include "offers/component_search.hpp"
#include "offers/merit.hpp"

namespace cartwright::offers::search {

// Item offers and basket offers, chosen together. Every set of basket offers is looked at with the
// best items beside it; where a net threshold, a rate on a part of a component, a group or a coupon
// makes less off the items worth more, with all items that could be.
class JointChoice {
 public:
  // All arguments must outlive it. `budget`: states to expand.
  JointChoice(const Problem& problem, std::span<const std::int64_t> most,
              std::span<const Component> components, const BasketTerms& terms,
              std::uint64_t budget);

  // The best found; its bound holds.
  Solution choose();

 private:
  // One choice for a component, and what it is to basket offers.
  struct Option {
    Score score;
    std::vector<std::int64_t> taken;  // off each scope; last, off all
    std::vector<std::int64_t> flags;  // by asked group (0, 1) and coupon (times)
    Label label;
    const Effect* effect = nullptr;  // where it is known
  };
  struct Part {
    const Component* component = nullptr;
    std::optional<ComponentSearch> search;  // for what it gains at most
    std::vector<Option> options;            // of that search
    std::vector<Effect> effects;            // of the options; empty where nobody asks
    std::int64_t bound = 0;
    std::vector<std::int64_t> list;  // the prices of its units in each scope; last, of all
    bool is_flagged = false;         // groups or coupons of basket offers are among its own
  };
  // Options for a set of terms, by part.
  struct Menu {
    std::vector<std::vector<Option>> options;
    std::vector<std::optional<ComponentSearch>> searches;  // where another was needed
    bool is_whole = true;
  };
  struct Merged {
    std::vector<std::int64_t> taken;
    std::vector<std::int64_t> flags;
    Score score;
    std::vector<std::uint32_t> chosen;  // by part
    std::int64_t goods = 0;
  };

  void ask_for_flags();
  void search_parts();
  std::uint64_t allotment(std::size_t parts_left) const;
  Option option_of(const Part& part, const Outside& outside, const Label& label) const;
  void add_effect(const Effect& effect, std::vector<std::int64_t>& taken) const;
  bool admits(TermSet set, const Option& option) const;
  bool is_cut(const Part& part, std::uint32_t bit) const;

  std::int64_t lower_bound(TermSet set) const;
  std::vector<std::uint32_t> asked_marks(TermSet set, const Part& part, bool net, bool ties) const;
  Menu menu(TermSet set) const;
  bool may_tie(TermSet set, const Merged& best) const;
  void widen(TermSet set, Menu& menu, bool net, bool ties);
  std::vector<Merged> merge(const Menu& menu, std::int64_t window, bool& is_whole);
  bool holds(TermSet set, const Merged& one) const;

  void look_at(TermSet set, std::int64_t& bound);
  Solution effect(TermSet set, const Menu& menu, const Merged& one) const;
  void offer(Solution solution);

  const Problem& problem_;
  std::span<const std::int64_t> most_;
  const BasketTerms& terms_;
  std::uint64_t budget_;
  std::uint64_t states_ = 0;
  std::vector<std::uint32_t> groups_;   // that basket offers share with item offers
  std::vector<std::uint32_t> coupons_;  // the same
  std::vector<Part> parts_;
  std::optional<Solution> best_;
  std::optional<Merit> merit_;  // of the best, once it was asked for
};

}  // namespace cartwright::offers::search
