#include "offers/joint_choice.hpp"

#include <algorithm>
#include <tuple>

#include "offers/basket_effect.hpp"
#include "offers/shares.hpp"

namespace cartwright::offers::search {
namespace {

// Of choices that seem equally good so many are put into effect and compared.
constexpr std::size_t kMostCompared = 8;
// Rounding may hide so much beyond the cent that it is seen to hide.
constexpr std::int64_t kRounding = 2;

}  // namespace

JointChoice::JointChoice(const Problem& problem, std::span<const std::int64_t> most,
                         std::span<const Component> components, const BasketTerms& terms,
                         std::uint64_t budget, SearchMemory* memory)
    : problem_(problem),
      terms_(terms),
      budget_(budget),
      parts_(problem, most, components, terms, memory) {}

Solution JointChoice::choose() {
  states_ = parts_.search(budget_);
  std::vector<std::pair<std::int64_t, TermSet>> order;
  for (const TermSet set : terms_.sets()) order.emplace_back(parts_.lower_bound(set), set);
  std::ranges::sort(order);
  std::int64_t bound = terms_.list().back();
  for (const auto& [least, set] : order) {
    std::int64_t here = least;
    if (!best_ || least <= best_->goods) look_at(set, here);
    bound = std::min(bound, here);
    if (best_ && least > best_->goods) break;
  }
  best_->bound = std::clamp<std::int64_t>(bound - terms_.most_left_out(), 0, best_->goods);
  best_->states = std::min(states_, budget_);
  return std::move(*best_);
}

void JointChoice::look_at(TermSet set, std::int64_t& bound) {
  const std::vector<const Option*> base = parts_.best(set);
  if (!base.empty() || parts_.parts().empty()) {
    const OptionMerge plain(base, 0);
    const Selection& best = base.empty() ? parts_.nothing() : plain.selections().front();
    const Doubt doubt = this->doubt(set, best);
    if (!doubt.net) offer(effect(set, base, best));
    if (doubt.any() && !base.empty()) widen(set, doubt, base, bound);
  }
  look_at_nothing(set);
}

// Nothing off the items at all: the fewest applications.
void JointChoice::look_at_nothing(TermSet set) {
  const Selection none = parts_.nothing();
  if (best_ && terms_.goods(set, none.taken) > best_->goods) return;
  if (parts_.holds(set, none)) offer(effect(set, {}, none));
}

JointChoice::Doubt JointChoice::doubt(TermSet set, const Selection& best) const {
  Doubt doubt;
  for (std::size_t i = 0; i < terms_.terms().size(); ++i) {
    if ((set >> i & 1) == 0) continue;
    doubt.cut |= std::ranges::any_of(parts_.parts(), [&](const JointParts::Part& part) {
      return part.bound > 0 && parts_.is_cut(part, terms_.terms()[i].bit);
    });
  }
  doubt.net = !parts_.holds(set, best);
  for (std::size_t i = 0; !doubt.net && i < terms_.terms().size(); ++i) {
    const std::int64_t hidden = hidden_by(i, set, best);
    if (hidden == 0) continue;
    doubt.hides |= TermSet{1} << i;
    doubt.hidden += hidden + kRounding;
  }
  return doubt;
}

// So much less, or a little more, may be taken off the scope of a term and nobody sees it: rounding
// hides it, or the term takes all that is left.
std::int64_t JointChoice::hidden_by(std::size_t term, TermSet set, const Selection& best) const {
  const std::uint32_t bit = terms_.terms()[term].bit;
  const std::int64_t most = best.taken[bit];
  if ((set >> term & 1) == 0 || most == 0) return 0;
  const std::int64_t goods = terms_.goods(set, best.taken);
  Sums less = best.taken;
  const auto hides = [&](std::int64_t amount) {
    for (std::uint32_t scope = 0; scope < less.size(); ++scope) {
      const bool holds = scope == terms_.scopes() || terms_.within(bit, scope);
      less[scope] = best.taken[scope] - (holds ? amount : 0);
    }
    return terms_.goods(set, less) == goods;
  };
  if (!hides(1)) return 0;
  std::int64_t from = 1;
  std::int64_t to = most + 1;
  while (to - from > 1) {
    const std::int64_t middle = from + (to - from) / 2;
    (hides(middle) ? from : to) = middle;
  }
  return from;
}

// How much less may be taken off items for the sake of the terms.
std::int64_t JointChoice::window(TermSet set, const Doubt& doubt) const {
  std::int64_t window = doubt.hidden;
  for (std::size_t i = 0; i < terms_.terms().size(); ++i) {
    const Term& term = terms_.terms()[i];
    if ((set >> i & 1) == 0) continue;
    const bool cuts = std::ranges::any_of(parts_.parts(), [&](const JointParts::Part& part) {
      return parts_.is_cut(part, term.bit);
    });
    if ((doubt.net && term.net) || cuts) window += terms_.most(TermSet{1} << i);
  }
  return window;
}

// The scopes in which it matters what a part takes, beyond its sum.
std::vector<std::uint32_t> JointChoice::asked_marks(TermSet set, const JointParts::Part& part,
                                                    const Doubt& doubt) const {
  std::vector<std::uint32_t> marks;
  for (std::size_t i = 0; i < terms_.terms().size(); ++i) {
    const Term& term = terms_.terms()[i];
    const bool chosen = (set >> i & 1) != 0;
    if (!chosen && !(term.mandatory && term.net)) continue;
    if (part.list[term.bit] == 0) continue;
    const bool wanted = (doubt.net && term.net) || (chosen && parts_.is_cut(part, term.bit)) ||
                        (doubt.hides >> i & 1) != 0;
    // Scopes that hold the same units of the part say the same.
    const bool known = std::ranges::any_of(marks, [&](std::uint32_t bit) {
      return bit == term.bit || (!parts_.is_cut(part, bit) && !parts_.is_cut(part, term.bit));
    });
    if (wanted && !known) marks.push_back(term.bit);
  }
  return marks;
}

// Looks at choices that take less off items. Where a threshold is all that is in doubt, one that
// comes down to the bound is enough.
void JointChoice::widen(TermSet set, const Doubt& doubt, const std::vector<const Option*>& base,
                        std::int64_t& bound) {
  const std::int64_t window = this->window(set, doubt);
  const std::int64_t target = bound;
  OptionMerge merge(base, window);
  std::deque<std::vector<Option>> options;  // stay where they are
  bool is_whole = true;
  const auto reached = [&](const Selection& one) {
    return terms_.goods(set, one.taken) == target && parts_.holds(set, one);
  };
  std::size_t parts_left = parts_.order().size();
  for (const std::size_t at : parts_.order()) {
    const JointParts::Part& part = parts_.parts()[at];
    const std::uint64_t share = left() / parts_left--;
    is_whole &= part.is_whole;
    std::vector<std::uint32_t> marks = asked_marks(set, part, doubt);
    if (marks.empty() || part.bound == 0) continue;
    const Outside question = parts_.question(part, std::move(marks), window);
    const Found& here = parts_.search(part, question, share / 2).found;
    states_ += here.states;
    is_whole &= here.is_whole;
    options.push_back(parts_.options(set, part, question, here));
    const std::uint64_t before = merge.states();
    is_whole &= merge.add(at, options.back(), left());
    states_ += merge.states() - before;
    if (doubt.net && !doubt.cut && std::ranges::any_of(merge.selections(), reached)) break;
  }
  std::vector<std::pair<std::int64_t, const Selection*>> order;
  for (const Selection& one : merge.selections()) {
    if (parts_.holds(set, one)) order.emplace_back(terms_.goods(set, one.taken), &one);
  }
  std::ranges::stable_sort(order, [](const auto& a, const auto& b) {
    const Score& one = a.second->score;
    const Score& other = b.second->score;
    return std::tie(a.first, one.limited, one.applications) <
           std::tie(b.first, other.limited, other.applications);
  });
  std::size_t compared = 0;
  for (const auto& [goods, one] : order) {
    if (best_ && goods > best_->goods) break;
    if (++compared > kMostCompared) break;
    offer(effect(set, merge.options(*one), *one));
  }
  if (is_whole) bound = std::max(bound, order.empty() ? terms_.list().back() : order.front().first);
}

// What a choice comes to; nothing where it is not feasible. Without `chosen`, nothing off the
// items.
std::optional<Solution> JointChoice::effect(TermSet set, const std::vector<const Option*>& chosen,
                                            const Selection& one) const {
  Solution made;
  if (!chosen.empty()) made.items.reserve(problem_.units.size());
  for (std::size_t at = 0; at < chosen.size(); ++at) {
    parts_.put_into_effect(parts_.parts()[at], *chosen[at], made.items);
  }
  sort_applications(made.items);
  std::vector<std::uint32_t> baskets;
  for (std::size_t i = 0; i < terms_.terms().size(); ++i) {
    if ((set >> i & 1) != 0) baskets.push_back(terms_.terms()[i].candidate);
  }
  made.baskets = effect_of_baskets(problem_, made.items, baskets);
  made.goods = terms_.list().back() - discount_of(made.items);
  for (const BasketApplication& each : made.baskets) made.goods -= discount_of(each.shares);
  if (terms_.empty()) return made;
  // What it really takes off may pass a threshold by that seemed reached.
  Selection real = one;
  std::ranges::fill(real.taken, 0);
  parts_.add_effect(made.items, real.taken);
  if (!parts_.holds(set, real)) return std::nullopt;
  return made;
}

void JointChoice::offer(std::optional<Solution> solution) {
  if (!solution) return;
  if (best_ && solution->goods > best_->goods) return;
  if (best_ && solution->goods == best_->goods) {
    if (!merit_) merit_ = merit_of(problem_, *best_);
    Merit merit = merit_of(problem_, *solution);
    if (*merit_ <= merit) return;
    merit_ = std::move(merit);
  } else {
    merit_.reset();
  }
  best_ = std::move(solution);
}

}  // namespace cartwright::offers::search
