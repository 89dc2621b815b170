#include "offers/joint_choice.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "offers/basket_effect.hpp"

namespace cartwright::offers::search {
namespace {

// Of choices that seem equally good so many are put into effect and compared.
constexpr std::size_t kMostCompared = 8;
// How far below the best gain choices are looked at for ties after rounding.
constexpr std::int64_t kTieWindow = 3;

UnitIndex first_unit(const Application& one) {
  UnitIndex first = ~UnitIndex{0};
  for (const UnitIndex unit : one.qualify) first = std::min(first, unit);
  for (const Share& share : one.reward) first = std::min(first, share.unit);
  return first;
}

}  // namespace

JointChoice::JointChoice(const Problem& problem, std::span<const std::int64_t> most,
                         std::span<const Component> components, const BasketTerms& terms,
                         std::uint64_t budget)
    : problem_(problem), most_(most), terms_(terms), budget_(budget) {
  ask_for_flags();
  for (const Component& one : components) {
    Part& part = parts_.emplace_back();
    part.component = &one;
    part.list.assign(terms.scopes() + 1, 0);
    for (const UnitClass& facts : one.classes) {
      const std::int64_t price = facts.base * std::ssize(facts.units);
      for (std::size_t bit = 0; bit < terms.scopes(); ++bit) {
        if ((facts.mark >> bit & 1) != 0) part.list[bit] += price;
      }
      part.list.back() += price;
    }
    for (const std::uint32_t candidate : one.candidates) {
      const Candidate& facts = problem.items[candidate];
      part.is_flagged |=
          (facts.group && std::ranges::find(groups_, *facts.group) != groups_.end()) ||
          (facts.coupon && std::ranges::find(coupons_, *facts.coupon) != coupons_.end());
    }
  }
}

void JointChoice::ask_for_flags() {
  for (const Term& term : terms_.terms()) {
    const BasketCandidate& basket = problem_.baskets[term.candidate];
    for (const Candidate& item : problem_.items) {
      if (basket.group && item.group == basket.group) groups_.push_back(*basket.group);
      if (basket.coupon && item.coupon == basket.coupon) coupons_.push_back(*basket.coupon);
    }
  }
  for (auto* list : {&groups_, &coupons_}) {
    std::ranges::sort(*list);
    list->erase(std::ranges::unique(*list).begin(), list->end());
  }
}

std::uint64_t JointChoice::allotment(std::size_t parts_left) const {
  return (budget_ - std::min(budget_, states_)) / std::max<std::size_t>(parts_left, 1);
}

Solution JointChoice::choose() {
  search_parts();
  const std::vector<TermSet> sets = terms_.sets();
  std::vector<std::pair<std::int64_t, TermSet>> order;
  for (const TermSet set : sets) order.emplace_back(lower_bound(set), set);
  std::ranges::sort(order);
  std::int64_t bound = terms_.list().back();
  for (const auto& [least, set] : order) {
    if (best_ && least > best_->goods) {
      bound = std::min(bound, least);
      break;
    }
    std::int64_t here = least;
    look_at(set, here);
    bound = std::min(bound, here);
  }
  best_->bound = std::clamp<std::int64_t>(bound - terms_.most_left_out(), 0, best_->goods);
  best_->states = std::min(states_, budget_);
  return std::move(*best_);
}

void JointChoice::search_parts() {
  const Outside flags{.groups = groups_, .coupons = coupons_, .marks = {},
                      .window = terms_.most(~TermSet{0})};
  const Outside nothing;
  // The small ones first: what they leave of the budget is for the others.
  std::vector<Part*> order;
  for (Part& part : parts_) order.push_back(&part);
  std::ranges::stable_sort(order, {}, [](const Part* part) {
    return part->component->candidates.size() * part->component->classes.size();
  });
  std::size_t parts_left = parts_.size();
  for (Part* const each : order) {
    Part& part = *each;
    const Outside& outside = part.is_flagged ? flags : nothing;
    part.search.emplace(problem_, *part.component, most_);
    part.search->search(outside, allotment(parts_left--));
    states_ += part.search->states();
    part.bound = part.search->bound();
    const std::size_t count = part.is_flagged ? part.search->labels().size() : 1;
    part.effects.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
      const Label& label = part.search->labels()[i];
      Option option = option_of(part, outside, label);
      option.effect = &part.effects.emplace_back(part.search->effect(label));
      if (!terms_.empty()) {
        std::ranges::fill(option.taken, 0);
        add_effect(*option.effect, option.taken);
      }
      option.score.gain = option.effect->gain;
      part.options.push_back(std::move(option));
    }
    std::ranges::stable_sort(part.options, [](const Option& a, const Option& b) {
      return a.score.is_better_than(b.score);
    });
  }
}

// Where scopes cut the component, what is taken off them is what the search counted.
JointChoice::Option JointChoice::option_of(const Part& part, const Outside& outside,
                                           const Label& label) const {
  Option option{.score = label.score, .taken = {}, .flags = {}, .label = label};
  option.taken.assign(terms_.scopes() + 1, 0);
  option.taken.back() = label.score.gain;
  for (std::uint32_t bit = 0; bit < terms_.scopes(); ++bit) {
    if (part.list[bit] == part.list.back()) option.taken[bit] = label.score.gain;
  }
  option.flags.assign(groups_.size() + coupons_.size(), 0);
  std::size_t at = 0;
  for (std::size_t i = 0; i < outside.groups.size(); ++i) {
    option.flags[i] = label.outside[at++] == 0 ? 0 : 1;
  }
  for (std::size_t i = 0; i < outside.coupons.size(); ++i) {
    option.flags[groups_.size() + i] = label.outside[at++];
  }
  for (const std::uint32_t bit : outside.marks) option.taken[bit] = label.outside[at++];
  return option;
}

void JointChoice::add_effect(const Effect& effect, std::vector<std::int64_t>& taken) const {
  for (const Application& one : effect.applications) {
    for (const Share& share : one.reward) {
      for (std::uint32_t marks = terms_.marks()[share.unit], bit = 0; marks != 0;
           marks >>= 1, ++bit) {
        if ((marks & 1) != 0) taken[bit] += share.discount;
      }
      taken.back() += share.discount;
    }
  }
}

bool JointChoice::is_cut(const Part& part, std::uint32_t bit) const {
  return part.list[bit] != 0 && part.list[bit] != part.list.back();
}

// Whether groups and coupons let an option stand beside a set of terms.
bool JointChoice::admits(TermSet set, const Option& option) const {
  for (std::size_t i = 0; i < option.flags.size(); ++i) {
    if (option.flags[i] == 0) continue;
    std::int64_t uses = option.flags[i];
    for (std::size_t at = 0; at < terms_.terms().size(); ++at) {
      if ((set >> at & 1) == 0) continue;
      const BasketCandidate& basket = problem_.baskets[terms_.terms()[at].candidate];
      if (i < groups_.size()) {
        if (basket.group == groups_[i]) return false;
      } else if (basket.coupon == coupons_[i - groups_.size()]) {
        ++uses;
      }
    }
    if (i >= groups_.size() && uses > problem_.coupons[coupons_[i - groups_.size()]]) return false;
  }
  return true;
}

// Below what any choice of items leaves beside these terms.
std::int64_t JointChoice::lower_bound(TermSet set) const {
  std::vector<std::int64_t> taken(terms_.scopes() + 1, 0);
  for (const Part& part : parts_) {
    std::int64_t most = part.bound;
    if (part.is_flagged && part.search->is_whole()) {
      const auto first = std::ranges::find_if(
          part.options, [&](const Option& one) { return admits(set, one); });
      // A label may say more than its effect.
      if (first != part.options.end()) most = std::min(most, first->label.score.gain);
    }
    taken.back() += most;
    for (std::uint32_t bit = 0; bit < terms_.scopes(); ++bit) {
      if (part.list[bit] == part.list.back()) taken[bit] += most;
    }
  }
  return terms_.goods(set, taken);
}

JointChoice::Menu JointChoice::menu(TermSet set) const {
  Menu menu;
  for (const Part& part : parts_) {
    const auto first = std::ranges::find_if(
        part.options, [&](const Option& one) { return admits(set, one); });
    menu.options.emplace_back();
    if (first != part.options.end()) menu.options.back().push_back(*first);
    menu.is_whole &= part.search->is_whole();
  }
  menu.searches.resize(parts_.size());
  return menu;
}

// The scopes in which it matters what a part takes, beyond its sum.
std::vector<std::uint32_t> JointChoice::asked_marks(TermSet set, const Part& part, bool net,
                                                    bool ties) const {
  std::vector<std::uint32_t> marks;
  for (std::size_t i = 0; i < terms_.terms().size(); ++i) {
    const Term& term = terms_.terms()[i];
    const bool chosen = (set >> i & 1) != 0;
    if (!chosen && !(term.mandatory && term.net)) continue;
    if (part.list[term.bit] == 0) continue;
    const bool wanted = (net && term.net) || (chosen && is_cut(part, term.bit)) ||
                        (ties && chosen && term.bps > 0);
    // Scopes that hold the same units of the part say the same.
    const bool known = std::ranges::any_of(marks, [&](std::uint32_t bit) {
      return bit == term.bit || (!is_cut(part, bit) && !is_cut(part, term.bit));
    });
    if (wanted && !known) marks.push_back(term.bit);
  }
  return marks;
}

// Searches the parts again in which choices that gain less may be better for the terms.
void JointChoice::widen(TermSet set, Menu& menu, bool net, bool ties) {
  std::int64_t window = ties ? kTieWindow : 0;
  for (std::size_t i = 0; i < terms_.terms().size(); ++i) {
    const Term& term = terms_.terms()[i];
    if ((set >> i & 1) == 0) continue;
    const bool cuts = std::ranges::any_of(
        parts_, [&](const Part& part) { return is_cut(part, term.bit); });
    if ((net && term.net) || cuts) window += terms_.most(TermSet{1} << i);
  }
  std::size_t parts_left = parts_.size();
  for (std::size_t i = 0; i < parts_.size(); ++i, --parts_left) {
    const Part& part = parts_[i];
    Outside outside{.groups = {}, .coupons = {}, .marks = asked_marks(set, part, net, ties),
                    .window = window};
    if (outside.marks.empty() || part.bound == 0) continue;
    if (part.is_flagged) {
      outside.groups = groups_;
      outside.coupons = coupons_;
    }
    auto& search = menu.searches[i].emplace(problem_, *part.component, most_);
    search.search(outside, allotment(parts_left));
    states_ += search.states();
    menu.is_whole &= search.is_whole();
    menu.options[i].clear();
    for (const Label& label : search.labels()) {
      Option option = option_of(part, outside, label);
      if (admits(set, option)) menu.options[i].push_back(std::move(option));
    }
  }
}

// One option of each part: those whose sums differ, the best of each.
std::vector<JointChoice::Merged> JointChoice::merge(const Menu& menu, std::int64_t window,
                                                    bool& is_whole) {
  Merged start;
  start.taken.assign(terms_.scopes() + 1, 0);
  start.flags.assign(groups_.size() + coupons_.size(), 0);
  start.chosen.assign(parts_.size(), 0);
  std::vector<Merged> merged{std::move(start)};
  const auto add = [](Merged& to, const Option& option, std::size_t part, std::size_t index) {
    for (std::size_t i = 0; i < to.taken.size(); ++i) to.taken[i] += option.taken[i];
    for (std::size_t i = 0; i < to.flags.size(); ++i) to.flags[i] += option.flags[i];
    to.score += option.score;
    to.chosen[part] = static_cast<std::uint32_t>(index);
  };
  for (std::size_t part = 0; part < parts_.size(); ++part) {
    const auto& options = menu.options[part];
    if (options.empty()) return {};
    if (options.size() == 1) {
      for (Merged& one : merged) add(one, options.front(), part, 0);
      continue;
    }
    std::map<std::pair<std::vector<std::int64_t>, std::vector<std::int64_t>>, Merged> found;
    std::int64_t most = 0;
    const std::uint64_t left = budget_ - std::min(budget_, states_);
    std::uint64_t looked = 0;
    for (const Merged& one : merged) {
      for (std::size_t i = 0; i < options.size(); ++i) {
        if (++looked > left) {
          is_whole = false;
          break;
        }
        Merged more = one;
        add(more, options[i], part, i);
        most = std::max(most, more.score.gain);
        const auto [at, is_new] = found.try_emplace(std::pair{more.taken, more.flags}, more);
        if (!is_new && more.score.is_better_than(at->second.score)) at->second = std::move(more);
      }
    }
    states_ += looked;
    merged.clear();
    for (auto& [key, one] : found) {
      if (one.score.gain >= most - window) merged.push_back(std::move(one));
    }
  }
  return merged;
}

bool JointChoice::holds(TermSet set, const Merged& one) const {
  std::vector<bool> groups(problem_.groups, false);
  std::vector<std::int64_t> coupons = problem_.coupons;
  for (std::size_t i = 0; i < groups_.size(); ++i) groups[groups_[i]] = one.flags[i] != 0;
  for (std::size_t i = 0; i < coupons_.size(); ++i) {
    coupons[coupons_[i]] -= one.flags[groups_.size() + i];
  }
  return terms_.holds(set, one.taken, groups, coupons);
}

// Whether rounding could leave the same where a little less is taken off.
bool JointChoice::may_tie(TermSet set, const Merged& best) const {
  std::vector<std::int64_t> less = best.taken;
  bool rates = false;
  for (std::size_t i = 0; i < terms_.terms().size(); ++i) {
    rates |= (set >> i & 1) != 0 && terms_.terms()[i].bps > 0;
  }
  if (!rates || less.back() == 0) return false;
  for (std::int64_t& one : less) one = std::max<std::int64_t>(0, one - 1);
  return terms_.goods(set, less) == terms_.goods(set, best.taken);
}

void JointChoice::look_at(TermSet set, std::int64_t& bound) {
  Menu menu = this->menu(set);
  bool is_whole = true;
  std::vector<Merged> merged = merge(menu, 0, is_whole);
  bool net = false;
  bool ties = false;
  bool cut = false;
  for (std::size_t i = 0; i < terms_.terms().size(); ++i) {
    if ((set >> i & 1) == 0) continue;
    cut |= std::ranges::any_of(parts_, [&](const Part& part) {
      return part.bound > 0 && is_cut(part, terms_.terms()[i].bit);
    });
  }
  if (!merged.empty()) {
    merged.front().goods = terms_.goods(set, merged.front().taken);
    net = !holds(set, merged.front());
    ties = !net && may_tie(set, merged.front());
    if (!net) offer(effect(set, menu, merged.front()));
  }
  const bool bare = best_ && best_->items.empty() && best_->baskets.empty();
  if (!bare && set != 0) {
    // Nothing of the items at all: the fewest applications.
    Merged none{.taken = std::vector<std::int64_t>(terms_.scopes() + 1, 0),
                .flags = std::vector<std::int64_t>(groups_.size() + coupons_.size(), 0),
                .score = {},
                .chosen = {},
                .goods = 0};
    none.goods = terms_.goods(set, none.taken);
    if (holds(set, none) && (!best_ || none.goods <= best_->goods)) {
      offer(effect(set, menu, none));
    }
  }
  if (!net && !ties && !cut) return;
  widen(set, menu, net, ties);
  is_whole = menu.is_whole;
  merged = merge(menu, terms_.most(set) + kTieWindow, is_whole);
  std::erase_if(merged, [&](const Merged& one) { return !holds(set, one); });
  for (Merged& one : merged) one.goods = terms_.goods(set, one.taken);
  std::ranges::stable_sort(merged, [](const Merged& a, const Merged& b) {
    return a.goods != b.goods ? a.goods < b.goods
                              : std::tie(a.score.limited, a.score.applications) <
                                    std::tie(b.score.limited, b.score.applications);
  });
  std::size_t compared = 0;
  for (const Merged& one : merged) {
    if (best_ && one.goods > best_->goods) break;
    if (++compared > kMostCompared) break;
    offer(effect(set, menu, one));
  }
  if (is_whole) {
    bound = std::max(bound, merged.empty() ? terms_.list().back() : merged.front().goods);
  }
}

// What a choice comes to. Without `chosen`, nothing of the items.
Solution JointChoice::effect(TermSet set, const Menu& menu, const Merged& one) const {
  Solution made;
  for (std::size_t part = 0; part < one.chosen.size(); ++part) {
    const Option& option = menu.options[part][one.chosen[part]];
    Effect effect =
        option.effect != nullptr ? *option.effect : menu.searches[part]->effect(option.label);
    made.items.insert(made.items.end(), std::make_move_iterator(effect.applications.begin()),
                      std::make_move_iterator(effect.applications.end()));
  }
  std::ranges::sort(made.items, [](const Application& a, const Application& b) {
    return std::tuple(a.candidate, first_unit(a)) < std::tuple(b.candidate, first_unit(b));
  });
  std::vector<std::uint32_t> chosen;
  for (std::size_t i = 0; i < terms_.terms().size(); ++i) {
    if ((set >> i & 1) != 0) chosen.push_back(terms_.terms()[i].candidate);
  }
  std::vector<std::int64_t> taken(terms_.scopes() + 1, 0);
  if (!terms_.empty()) add_effect({.applications = made.items, .gain = 0}, taken);
  made.baskets = effect_of_baskets(problem_, made.items, chosen);
  made.goods = terms_.list().back();
  for (const Application& each : made.items) {
    for (const Share& share : each.reward) made.goods -= share.discount;
  }
  for (const BasketApplication& each : made.baskets) {
    for (const Share& share : each.shares) made.goods -= share.discount;
  }
  // What it really took off may pass a threshold by, or come short of what was thought.
  Merged real = one;
  real.taken = std::move(taken);
  if (!terms_.empty() && !holds(set, real)) made.goods = -1;
  return made;
}

void JointChoice::offer(Solution solution) {
  if (solution.goods < 0) return;
  if (best_ && solution.goods > best_->goods) return;
  if (best_ && solution.goods == best_->goods) {
    if (!merit_) merit_ = merit_of(problem_, *best_);
    Merit merit = merit_of(problem_, solution);
    if (*merit_ <= merit) return;
    merit_ = std::move(merit);
  } else {
    merit_.reset();
  }
  best_ = std::move(solution);
}

}  // namespace cartwright::offers::search
