#include "offers/joint_parts.hpp"

#include <algorithm>
#include <bit>
#include <iterator>
#include <numeric>

namespace cartwright::offers::search {
namespace {

// So many of a budget's highest bits count.
constexpr int kBitsOfBudget = 5;

std::uint64_t rounded(std::uint64_t budget) {
  const int rest = std::max(0, static_cast<int>(std::bit_width(budget)) - kBitsOfBudget);
  return budget >> rest << rest;
}

}  // namespace

JointParts::JointParts(const Problem& problem, std::span<const std::int64_t> most,
                       std::span<const Component> components, const BasketTerms& terms,
                       SearchMemory* memory)
    : problem_(problem),
      most_(most),
      terms_(terms),
      memory_(memory),
      views_(problem, most, components) {
  ask_for_flags();
  parts_.reserve(components.size());
  for (const PartView& one : views_.views()) parts_.push_back(part_of(one));
  order_.resize(parts_.size());
  std::iota(order_.begin(), order_.end(), std::size_t{0});
  std::ranges::stable_sort(order_, {}, [&](std::size_t at) {
    const Component& component = *parts_[at].view.component;
    return component.candidates.size() * component.classes.size();
  });
}

void JointParts::ask_for_flags() {
  for (const Term& term : terms_.terms()) {
    const BasketCandidate& basket = problem_.baskets[term.candidate];
    if (!basket.group && !basket.coupon) continue;
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

JointParts::Part JointParts::part_of(const PartView& view) const {
  Part part;
  part.view = view;
  part.plain = plain_choice(problem_, *view.component);
  const Component& component = *view.component;
  part.list.assign(terms_.scopes() + 1, 0);
  for (const UnitClass& one : component.classes) {
    const std::int64_t price = one.base * std::ssize(one.units);
    for (std::size_t bit = 0; bit < terms_.scopes(); ++bit) {
      if ((one.mark >> bit & 1) != 0) part.list[bit] += price;
    }
    part.list.back() += price;
  }
  if (groups_.empty() && coupons_.empty()) return part;
  const auto has = [](const auto& list, const auto& one) {
    return one && std::ranges::find(list, *one) != list.end();
  };
  for (const std::uint32_t candidate : component.candidates) {
    const Candidate& facts = problem_.items[candidate];
    part.is_flagged |= has(groups_, facts.group) || has(coupons_, facts.coupon);
  }
  return part;
}

std::uint64_t JointParts::search(std::uint64_t budget) {
  std::uint64_t states = 0;
  std::size_t parts_left = parts_.size();
  for (const std::size_t at : order_) {
    const std::uint64_t share = (budget - std::min(budget, states)) / parts_left--;
    if (parts_[at].plain) {
      choose(parts_[at]);
      ++states;
    } else {
      states += search(parts_[at], share);
    }
  }
  return states;
}

void JointParts::choose(Part& part) const {
  part.bound = part.plain->gain();
  Score score;
  score.gain = part.bound;
  if (part.bound > 0) score.applications = static_cast<std::int32_t>(part.plain->units);
  part.options.push_back(option_of(part, score));
}

std::uint64_t JointParts::search(Part& part, std::uint64_t budget) {
  const Outside question =
      part.is_flagged ? this->question(part, {}, terms_.most(~TermSet{0})) : Outside();
  const Searched& searched = search(part, question, budget, Effects::yes);
  part.bound = searched.found.bound;
  part.is_whole = searched.found.is_whole;
  part.options.reserve(searched.found.ways.size());
  for (std::size_t i = 0; i < searched.found.ways.size(); ++i) {
    Option& option = part.options.emplace_back(option_of(part, question, searched.found.ways[i]));
    option.effect = &searched.effects[i];
    option.score.gain = option.effect->gain;
    if (!terms_.empty()) add_taken(part, option);
  }
  std::ranges::stable_sort(part.options, [](const Option& a, const Option& b) {
    return a.score.is_better_than(b.score);
  });
  return searched.found.states;
}

const Searched& JointParts::search(const Part& part, const Outside& question, std::uint64_t budget,
                                   Effects effects) {
  budget = rounded(budget);
  if (memory_ != nullptr) return memory_->search(part.view, question, budget, effects);
  return searched_.emplace_back(search_part(part.view, question, budget, effects));
}

Solution JointParts::by_ranking(Ranking ranking) const {
  std::vector<Application> items;
  for (const PartView& part : views_.views()) {
    if (memory_ != nullptr) {
      append(part, memory_->rank(part, ranking).applications, items);
    } else {
      append(part, rank_part(part, ranking).applications, items);
    }
  }
  return with_best_baskets(problem_, std::move(items));
}

// What the option takes off each scope in effect.
void JointParts::add_taken(const Part& part, Option& option) const {
  std::ranges::fill(option.taken, 0);
  option.taken.back() = option.effect->gain;
  for (std::uint32_t bit = 0; bit < terms_.scopes(); ++bit) {
    if (part.list[bit] == part.list.back()) option.taken[bit] = option.effect->gain;
    if (!is_cut(part, bit)) continue;
    for (const Application& one : option.effect->applications) {
      for (const Share& share : one.reward) {
        const bool is_in = (terms_.marks()[part.view.units[share.unit]] >> bit & 1) != 0;
        if (is_in) option.taken[bit] += share.discount;
      }
    }
  }
}

void JointParts::put_into_effect(const Part& part, const Option& option,
                                 std::vector<Application>& all) const {
  if (option.way == nullptr) return search::put_into_effect(*part.plain, *part.view.component, all);
  if (option.effect != nullptr) return append(part.view, option.effect->applications, all);
  Effect effect = effect_of(problem_, *part.view.component, most_, way_of(part.view, *option.way));
  all.insert(all.end(), std::make_move_iterator(effect.applications.begin()),
             std::make_move_iterator(effect.applications.end()));
}

Outside JointParts::question(const Part& part, std::vector<std::uint32_t> marks,
                             std::int64_t window) const {
  Outside question{
      .groups = {}, .coupons = {}, .marks = std::move(marks), .window = window, .gain = -1};
  for (const Option& one : part.options) {
    if (one.way != nullptr) question.gain = std::max(question.gain, one.way->score.gain);
  }
  if (!part.is_flagged) return question;
  question.groups = groups_;
  question.coupons = coupons_;
  return question;
}

// Off scopes that hold all of the part.
Option JointParts::option_of(const Part& part, const Score& score) const {
  Option option{.score = score,
                .taken = Sums(terms_.scopes() + 1, 0),
                .flags = Sums(groups_.size() + coupons_.size(), 0)};
  option.taken.back() = score.gain;
  for (std::uint32_t bit = 0; bit < terms_.scopes(); ++bit) {
    if (part.list[bit] == part.list.back()) option.taken[bit] = score.gain;
  }
  return option;
}

// Where scopes cut the component, what is taken off them is what the search counted.
Option JointParts::option_of(const Part& part, const Outside& question, const Way& way) const {
  Option option = option_of(part, way.score);
  option.way = &way;
  std::size_t at = 0;
  for (std::size_t i = 0; i < question.groups.size(); ++i) {
    option.flags[i] = way.outside[at++] == 0 ? 0 : 1;
  }
  for (std::size_t i = 0; i < question.coupons.size(); ++i) {
    option.flags[groups_.size() + i] = way.outside[at++];
  }
  for (const std::uint32_t bit : question.marks) option.taken[bit] = way.outside[at++];
  return option;
}

std::vector<Option> JointParts::options(TermSet set, const Part& part, const Outside& question,
                                        const Found& found) const {
  std::vector<Option> options;
  for (const Way& way : found.ways) {
    Option option = option_of(part, question, way);
    if (admits(set, option)) options.push_back(std::move(option));
  }
  return options;
}

void JointParts::add_effect(std::span<const Application> applications, Sums& taken) const {
  for (const Application& one : applications) {
    for (const Share& share : one.reward) {
      std::uint32_t bit = 0;
      for (std::uint32_t marks = terms_.marks()[share.unit]; marks != 0; marks >>= 1, ++bit) {
        if ((marks & 1) != 0) taken[bit] += share.discount;
      }
      taken.back() += share.discount;
    }
  }
}

bool JointParts::admits(TermSet set, const Option& option) const {
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

const Option* JointParts::first_admitted(TermSet set, const Part& part) const {
  const auto first =
      std::ranges::find_if(part.options, [&](const Option& one) { return admits(set, one); });
  return first == part.options.end() ? nullptr : &*first;
}

std::vector<const Option*> JointParts::best(TermSet set) const {
  std::vector<const Option*> best;
  for (const Part& part : parts_) {
    best.push_back(first_admitted(set, part));
    if (best.back() == nullptr) return {};
  }
  return best;
}

std::int64_t JointParts::lower_bound(TermSet set) const {
  Sums taken(terms_.scopes() + 1, 0);
  for (const Part& part : parts_) {
    std::int64_t most = part.bound;
    if (part.is_flagged && part.is_whole) {
      const Option* first = first_admitted(set, part);
      // A way may say more than its effect.
      if (first != nullptr) most = std::min(most, first->way->score.gain);
    }
    taken.back() += most;
    for (std::uint32_t bit = 0; bit < terms_.scopes(); ++bit) {
      if (part.list[bit] == part.list.back()) taken[bit] += most;
    }
  }
  // A net threshold leaves so much to be taken off and no more; where that is given up, it may be
  // in any scope.
  for (std::size_t i = 0; i < terms_.terms().size(); ++i) {
    const Term& term = terms_.terms()[i];
    if ((set >> i & 1) == 0 || !term.net) continue;
    const std::int64_t over = taken[term.bit] - (terms_.list()[term.bit] - term.threshold);
    if (over <= 0) continue;
    taken.back() -= over;
    for (std::uint32_t bit = 0; bit < terms_.scopes(); ++bit) {
      taken[bit] = std::max<std::int64_t>(0, taken[bit] - over);
    }
  }
  return terms_.goods(set, taken);
}

bool JointParts::holds(TermSet set, const Selection& one) const {
  std::vector<bool> groups(problem_.groups, false);
  std::vector<std::int64_t> coupons = problem_.coupons;
  for (std::size_t i = 0; i < groups_.size(); ++i) groups[groups_[i]] = one.flags[i] != 0;
  for (std::size_t i = 0; i < coupons_.size(); ++i) {
    coupons[coupons_[i]] -= one.flags[groups_.size() + i];
  }
  return terms_.holds(set, one.taken, groups, coupons);
}

Selection JointParts::nothing() const {
  return {.taken = Sums(terms_.scopes() + 1, 0),
          .flags = Sums(groups_.size() + coupons_.size(), 0),
          .score = {},
          .last = 0};
}

}  // namespace cartwright::offers::search
