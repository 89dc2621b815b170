#include "offers/ranking.hpp"

#include <algorithm>
#include <numeric>
#include <queue>
#include <span>

#include "offers/basket_effect.hpp"
#include "offers/basket_terms.hpp"
#include "offers/ranked_choice.hpp"
#include "offers/shares.hpp"

namespace cartwright::offers::search {
namespace {

// What each candidate could do next, the most for a unit first; worked out anew only where
// something of it has changed.
class Nexts {
 public:
  // `order`: of equal ones the first.
  Nexts(const Problem& problem, RankedChoice& ranked, std::span<const std::uint32_t> order)
      : problem_(problem),
        ranked_(ranked),
        places_(problem.items.size()),
        nexts_(problem.items.size()),
        by_unit_(problem.units.size()) {
    for (std::uint32_t place = 0; place < order.size(); ++place) places_[order[place]] = place;
    for (std::uint32_t i = 0; i < problem.items.size(); ++i) {
      for (const auto& set : problem.items[i].sets) {
        for (const UnitIndex unit : set) by_unit_[unit].push_back(i);
      }
      renew(i);
    }
  }

  // Takes the one that is worth the most. False where none is left.
  bool take_best() {
    while (!heap_.empty() && heap_.top().version != nexts_[heap_.top().candidate].version) {
      heap_.pop();
    }
    if (heap_.empty()) return false;
    const std::vector<Application> taken = nexts_[heap_.top().candidate].applications;
    ranked_.take(taken);
    std::vector<std::uint32_t> changed;
    for (const Application& one : taken) list_changed(one, changed);
    std::ranges::sort(changed);
    changed.erase(std::ranges::unique(changed).begin(), changed.end());
    for (const std::uint32_t candidate : changed) renew(candidate);
    return true;
  }

 private:
  struct Next {
    std::vector<Application> applications;
    std::uint32_t version = 0;
  };
  struct Entry {
    RankedValue value;
    std::uint32_t place;
    std::uint32_t candidate;
    std::uint32_t version;
    bool operator<(const Entry& other) const {
      if (other.value.is_above(value)) return true;
      return !value.is_above(other.value) && other.place < place;
    }
  };

  void renew(std::uint32_t candidate) {
    Next& next = nexts_[candidate];
    next.applications = ranked_.next(candidate);
    ++next.version;
    const RankedValue value = value_of(next.applications);
    if (value.discount > 0) heap_.push({value, places_[candidate], candidate, next.version});
  }

  void list_changed(const Application& one, std::vector<std::uint32_t>& changed) const {
    const auto add = [&](UnitIndex unit) {
      changed.insert(changed.end(), by_unit_[unit].begin(), by_unit_[unit].end());
    };
    for (const UnitIndex unit : one.qualify) add(unit);
    for (const Share& share : one.reward) add(share.unit);
    const Candidate& facts = problem_.items[one.candidate];
    if (!facts.group && !facts.coupon) return;
    for (std::uint32_t i = 0; i < problem_.items.size(); ++i) {
      const Candidate& other = problem_.items[i];
      if ((facts.group && facts.group == other.group) ||
          (facts.coupon && facts.coupon == other.coupon)) {
        changed.push_back(i);
      }
    }
  }

  const Problem& problem_;
  RankedChoice& ranked_;
  std::vector<std::uint32_t> places_;  // by candidate: in the order
  std::vector<Next> nexts_;
  std::vector<std::vector<std::uint32_t>> by_unit_;
  std::priority_queue<Entry> heap_;
};

// Of all sets of basket offers that these items allow the one that takes off the most.
std::vector<BasketApplication> best_baskets(const Problem& problem, const RankedChoice& choice,
                                            std::span<const Application> items) {
  std::vector<BasketApplication> best;
  const BasketTerms terms(problem);
  if (terms.empty()) return best;
  std::vector<std::int64_t> taken(terms.scopes() + 1, 0);
  for (UnitIndex unit = 0; unit < problem.units.size(); ++unit) {
    const std::int64_t off = problem.units[unit].base - choice.left()[unit];
    for (std::size_t bit = 0; bit < terms.scopes(); ++bit) {
      if ((terms.marks()[unit] >> bit & 1) != 0) taken[bit] += off;
    }
    taken.back() += off;
  }
  const std::vector<bool> groups = choice.groups();
  std::vector<std::pair<std::int64_t, TermSet>> order;
  for (const TermSet set : terms.sets()) {
    if (terms.holds(set, taken, groups, choice.coupons())) {
      order.emplace_back(terms.goods(set, taken), set);
    }
  }
  std::ranges::stable_sort(order, {}, &std::pair<std::int64_t, TermSet>::first);
  const std::int64_t before = terms.list().back() - taken.back();
  std::int64_t most = -1;
  for (const auto& [least, set] : order) {
    if (before - least <= most) break;
    std::vector<std::uint32_t> chosen;
    for (std::size_t i = 0; i < terms.terms().size(); ++i) {
      if ((set >> i & 1) != 0) chosen.push_back(terms.terms()[i].candidate);
    }
    auto made = effect_of_baskets(problem, items, chosen);
    std::int64_t off = 0;
    for (const BasketApplication& one : made) off += discount_of(one.shares);
    if (off <= most) continue;
    most = off;
    best = std::move(made);
  }
  return best;
}

}  // namespace

Solution by_ranking(const Problem& problem, Ranking ranking) {
  return with_best_baskets(problem, items_by_ranking(problem, ranking));
}

Solution with_best_baskets(const Problem& problem, std::vector<Application> items) {
  RankedChoice choice(problem);
  choice.take(std::move(items));
  Solution made;
  made.items = choice.items();
  sort_applications(made.items);
  made.baskets = best_baskets(problem, choice, made.items);
  for (const std::int64_t left : choice.left()) made.goods += left;
  for (const BasketApplication& one : made.baskets) made.goods -= discount_of(one.shares);
  return made;
}

std::vector<Application> items_by_ranking(const Problem& problem, Ranking ranking) {
  RankedChoice choice(problem);
  std::vector<std::uint32_t> order(problem.items.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::stable_sort(order, {},
                           [&](std::uint32_t one) { return problem.items[one].offer->priority; });
  if (ranking == Ranking::priority) {
    for (const std::uint32_t candidate : order) {
      for (auto next = choice.next(candidate); !next.empty(); next = choice.next(candidate)) {
        choice.take(std::move(next));
      }
    }
    return choice.items();
  }
  Nexts nexts(problem, choice, order);
  while (nexts.take_best()) continue;
  return choice.items();
}

}  // namespace cartwright::offers::search
