#include "offers/sweep_plan.hpp"

#include <algorithm>
#include <optional>

#include "offers/discount.hpp"
#include "offers/sweep_digits.hpp"

namespace cartwright::offers::search {
namespace {

// More ways to combine stackable offers on one unit than this are not looked at one by one.
constexpr std::size_t kMostStacks = 4096;
// How often rules find their rents; more brings the bound hardly closer.
constexpr int kRounds = 3;

FreePick free_pick(const Problem& problem, const Weights& weights, std::uint32_t candidate,
                   std::int64_t base) {
  FreePick pick;
  const auto& offer = std::get<UnitOffer>(problem.items[candidate].offer->shape);
  pick.discount = discount_of(offer.reward, base);
  pick.score = weights.of(candidate, 1);
  pick.score.gain = pick.discount;
  pick.candidates = {candidate};
  return pick;
}

void add_to(FreePick& pick, const FreePick& other) {
  pick.score += other.score;
  pick.discount += other.discount;
  pick.candidates.insert(pick.candidates.end(), other.candidates.begin(), other.candidates.end());
}

class Planner {
 public:
  Planner(const Problem& problem, const Component& component, std::span<const std::int64_t> most,
          const Outside& outside)
      : problem_(problem), component_(component), most_(most), outside_(outside) {
    list_bound();
    weights_.emplace(problem_, candidates_, std::int64_t{2} * count_units());
  }

  Plan make() {
    make_rules();
    look_ahead();
    for (std::size_t at = 0; at < component_.classes.size(); ++at) add_class(at);
    tune();
    for (std::size_t i = 0; i + 1 < plan_.classes.size(); ++i) {
      plan_.classes[i].falls = component_.classes[i + 1].base < component_.classes[i].base;
    }
    if (!plan_.classes.empty()) plan_.classes.back().falls = true;
    plan_digits(problem_, outside_, plan_);
    plan_.worth_after.assign(plan_.classes.size(), 0);
    for (std::size_t i = plan_.classes.size(); i-- > 1;) {
      plan_.worth_after[i - 1] =
          plan_.worth_after[i] + plan_.classes[i].worth * std::ssize(plan_.classes[i].facts->units);
    }
    if (!plan_.classes.empty()) {
      const PlannedClass& first = plan_.classes.front();
      plan_.bound = (plan_.credit + first.worth * std::ssize(first.facts->units) +
                     plan_.worth_after.front()) /
                    kParts;
    }
    return std::move(plan_);
  }

 private:
  // Where choices are kept apart by what they take off, an offer may be declined though it gives
  // more: all of them are then choices of the search.
  bool keeps_apart() const { return !outside_.marks.empty(); }

  void list_bound() {
    for (const UnitClass& one : component_.classes) {
      for (const Eligible& each : one.bound) candidates_.push_back(each.candidate);
      for (const Eligible& each : one.local) candidates_.push_back(each.candidate);
      for (const Eligible& each : one.free) candidates_.push_back(each.candidate);
      if (!keeps_apart()) continue;
      auto& all = apart_.emplace_back(one.bound.begin(), one.bound.end());
      all.insert(all.end(), one.local.begin(), one.local.end());
      all.insert(all.end(), one.free.begin(), one.free.end());
      std::ranges::sort(all, {}, &Eligible::candidate);
    }
    std::ranges::sort(candidates_);
    candidates_.erase(std::ranges::unique(candidates_).begin(), candidates_.end());
    const bool stacks = std::ranges::any_of(
        candidates_, [&](std::uint32_t one) { return !problem_.items[one].offer->exclusive; });
    matters_ = stacks || keeps_apart();
    for (std::size_t at = 0; at < component_.classes.size(); ++at) {
      couples_ |= std::ranges::any_of(bound(at), [&](const Eligible& one) {
        return !problem_.items[one.candidate].offer->exclusive;
      });
    }
  }

  std::span<const Eligible> bound(std::size_t at) const {
    return keeps_apart() ? std::span<const Eligible>(apart_[at]) : component_.classes[at].bound;
  }

  std::int64_t count_units() const {
    std::int64_t units = 0;
    for (const UnitClass& one : component_.classes) units += std::ssize(one.units);
    return units;
  }

  // In the order of their candidates.
  void make_rules() {
    std::vector<bool> is_bound(candidates_.size(), false);
    for (std::size_t at = 0; at < component_.classes.size(); ++at) {
      for (const Eligible& each : bound(at)) is_bound[place_of(each.candidate)] = true;
    }
    rules_.assign(candidates_.size(), 0);
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      if (!is_bound[i]) continue;
      const std::uint32_t candidate = candidates_[i];
      rules_[i] = static_cast<std::uint32_t>(plan_.rules.size());
      PlannedRule& made = plan_.rules.emplace_back();
      made.candidate = candidate;
      made.rule = make_rule(problem_.items[candidate], most_[candidate], equals_of(candidate));
      made.exclusive = problem_.items[candidate].offer->exclusive;
      made.watches_price = made.rule->watches_price();
      made.start = weights_->of(candidate, 1);
      made.first = component_.classes.size();
      if (made.watches_price) plan_.watching.push_back(rules_[i]);
    }
  }

  // Without a stackable offer that remembers something, it is only between classes of one price
  // that it can matter which unit is rewarded.
  Equals equals_of(std::uint32_t candidate) const {
    if (couples_) return Equals::apart;
    if (!matters_) return Equals::alike;
    std::int64_t last = -1;
    for (std::size_t at = 0; at < component_.classes.size(); ++at) {
      const bool sees = std::ranges::any_of(
          bound(at), [&](const Eligible& one) { return one.candidate == candidate; });
      if (!sees) continue;
      if (component_.classes[at].base == last) return Equals::apart;
      last = component_.classes[at].base;
    }
    return Equals::alike;
  }

  std::size_t place_of(std::uint32_t candidate) const {
    const auto found = std::ranges::lower_bound(candidates_, candidate);
    return static_cast<std::size_t>(found - candidates_.begin());
  }
  std::uint32_t rule_of(std::uint32_t candidate) const { return rules_[place_of(candidate)]; }

  // For every rule and each of its classes what it and those after it offer.
  void look_ahead() {
    std::vector<std::uint32_t> uses(plan_.rules.size(), 0);
    for (std::size_t at = 0; at < component_.classes.size(); ++at) {
      for (const Eligible& one : bound(at)) {
        const std::uint32_t index = rule_of(one.candidate);
        PlannedRule& rule = plan_.rules[index];
        if (uses[index]++ == 0) rule.first = at;
        rule.last = at;
      }
    }
    ends_.assign(plan_.rules.size(), 0);
    std::size_t aheads = 0;
    std::size_t counts = 0;
    for (std::size_t i = 0; i < plan_.rules.size(); ++i) {
      counts += (uses[i] + 1) * sets_of(plan_.rules[i]);
      aheads += uses[i] + 1;
      ends_[i] = static_cast<std::uint32_t>(aheads - 1);
    }
    plan_.aheads.resize(aheads);
    supplies_.resize(aheads);
    homes_.resize(aheads);
    plan_.eligible.assign(counts, 0);
    counts = 0;
    for (std::size_t i = 0; i < plan_.rules.size(); ++i) {
      const std::size_t sets = sets_of(plan_.rules[i]);
      for (std::uint32_t at = ends_[i] - uses[i]; at <= ends_[i]; ++at, counts += sets) {
        plan_.aheads[at].eligible = {plan_.eligible.data() + counts, sets};
      }
    }
    for (std::size_t at = component_.classes.size(); at-- > 0;) count_class(at);
    starts_ = ends_;
    finish_ahead();
  }

  std::size_t sets_of(const PlannedRule& rule) const {
    return problem_.items[rule.candidate].sets.size();
  }

  // Classes come last to first: ends_ goes down to the first of each rule.
  void count_class(std::size_t at) {
    const UnitClass& facts = component_.classes[at];
    for (const Eligible& one : bound(at)) {
      std::uint32_t& end = ends_[rule_of(one.candidate)];
      const Ahead& after = plan_.aheads[end--];
      Ahead& here = plan_.aheads[end];
      here.price = facts.base;
      supplies_[end] = {
          .base = facts.base, .count = std::ssize(facts.units), .mask = one.mask, .other = 0};
      homes_[end] = at;
      std::int64_t* counts = plan_.eligible.data() + (here.eligible.data() - plan_.eligible.data());
      for (std::size_t set = 0; set < here.eligible.size(); ++set) {
        counts[set] = after.eligible[set];
        if ((one.mask >> set & 1) != 0) counts[set] += std::ssize(facts.units);
      }
    }
  }

  // Now ends_ stands at the first of each rule.
  void finish_ahead() {
    for (std::size_t i = 0; i < plan_.rules.size(); ++i) {
      for (Ahead& one : aheads_of(i)) {
        one.seen = plan_.aheads[ends_[i]].eligible[0] - one.eligible[0];
      }
    }
  }

  std::span<Ahead> aheads_of(std::size_t rule) {
    const std::size_t end = rule + 1 < plan_.rules.size() ? starts_[rule + 1] : plan_.aheads.size();
    return {plan_.aheads.data() + starts_[rule], end - starts_[rule]};
  }

  // Lets each rule find its rents, against what units are worth to the others; where there are
  // several, again, now that the others have theirs.
  void tune() {
    const int rounds = plan_.rules.size() > 1 ? kRounds : 1;
    for (int round = 0; round < rounds; ++round) {
      for (std::uint32_t rule = 0; rule < plan_.rules.size(); ++rule) tune_rule(rule, round > 0);
    }
    for (std::size_t i = 0; i < plan_.rules.size(); ++i) {
      for (Ahead& one : aheads_of(i)) one.idle = plan_.rules[i].rule->credit(0, one);
      plan_.credit += aheads_of(i).front().idle;
    }
    for (PlannedClass& one : plan_.classes) one.worth = worth_of(one);
  }

  void tune_rule(std::uint32_t index, bool all) {
    const std::size_t first = starts_[index];
    const std::size_t count = aheads_of(index).size() - 1;
    for (std::size_t i = first; i < first + count; ++i) {
      const PlannedClass& one = plan_.classes[homes_[i]];
      std::int64_t other = one.rest.worth();
      for (const Use& use : one.exclusive) {
        if (!all || use.rule == index) continue;
        other = std::max(other, plan_.rules[use.rule].rule->worth(one.facts->base, use.mask));
      }
      supplies_[i].other = plan_.rules[index].exclusive ? other : 0;
    }
    plan_.rules[index].rule->tune({supplies_.data() + first, count});
  }

  void add_class(std::size_t at) {
    const UnitClass& facts = component_.classes[at];
    PlannedClass& made = plan_.classes.emplace_back();
    made.facts = &facts;
    for (const Eligible& one : bound(at)) {
      const std::uint32_t index = rule_of(one.candidate);
      const Use use{index, one.mask, ends_[index]++};
      (plan_.rules[index].exclusive ? made.exclusive : made.stackable).push_back(use);
    }
    if (!keeps_apart()) add_free(facts, made);
    if (keeps_apart() && !made.stackable.empty()) made.alone.emplace_back();
    std::vector<PackChoice> packs;
    for (const Eligible& one : keeps_apart() ? std::span<const Eligible>() : facts.local) {
      packs.push_back(packs_of(problem_.items[one.candidate], one.candidate, facts.base,
                               std::ssize(facts.units), most_[one.candidate],
                               weights_->of(one.candidate, 1)));
    }
    made.rest = RestTable(std::move(packs), made.single.score, facts.units.size());
  }

  void add_free(const UnitClass& facts, PlannedClass& made) const {
    FreePick best_alone;
    for (const Eligible& one : facts.free) {
      FreePick pick = free_pick(problem_, *weights_, one.candidate, facts.base);
      if (pick.discount == 0) continue;
      if (!problem_.items[one.candidate].offer->exclusive) {
        made.stacked.push_back(std::move(pick));
      } else {
        if (pick.score.is_better_than(best_alone.score)) best_alone = pick;
        made.alone.push_back(std::move(pick));
      }
    }
    if (made.stacked.empty() && made.stackable.empty()) {
      made.alone.clear();
      made.single = std::move(best_alone);
      return;
    }
    made.alone.emplace(made.alone.begin());
    for (const FreePick& alone : made.alone) {
      FreePick pick = alone;
      add_to(pick, made.beside(facts.base - pick.discount));
      if (pick.score.is_better_than(made.single.score)) made.single = std::move(pick);
    }
  }

  // The most that a unit of the class can be worth.
  std::int64_t worth_of(const PlannedClass& one) const {
    const std::int64_t base = one.facts->base;
    std::int64_t exclusive = one.rest.worth();
    for (const Use& use : one.exclusive) {
      exclusive = std::max(exclusive, plan_.rules[use.rule].rule->worth(base, use.mask));
    }
    if (one.stacked.empty() && one.stackable.empty()) return exclusive;
    for (const FreePick& pick : one.alone) exclusive = std::max(exclusive, pick.discount * kParts);
    std::int64_t stacked = 0;
    for (const FreePick& pick : one.stacked) stacked += pick.discount * kParts;
    for (const Use& use : one.stackable) {
      stacked += plan_.rules[use.rule].rule->worth(base, use.mask);
    }
    return exclusive + stacked;
  }

  const Problem& problem_;
  const Component& component_;
  std::span<const std::int64_t> most_;
  const Outside& outside_;
  std::vector<std::uint32_t> candidates_;     // all, ascending
  std::vector<std::vector<Eligible>> apart_;  // by class: all of its candidates
  bool matters_ = false;                      // which of equal units is rewarded
  bool couples_ = false;                      // a stackable offer is among the bound ones
  std::optional<Weights> weights_;
  Plan plan_;
  std::vector<std::uint32_t> rules_;   // by place among the candidates
  std::vector<std::uint32_t> ends_;    // by rule, into the aheads
  std::vector<std::uint32_t> starts_;  // by rule, into the aheads
  std::vector<Supply> supplies_;       // beside the aheads
  std::vector<std::size_t> homes_;     // beside the aheads: the class
};

}  // namespace

FreePick PlannedClass::beside(std::int64_t room) const {
  std::vector<FreePick> found(1);
  for (const FreePick& one : stacked) {
    const std::size_t before = found.size();
    for (std::size_t i = 0; i < before && found.size() < kMostStacks; ++i) {
      if (found[i].discount + one.discount > room) continue;
      found.push_back(found[i]);
      add_to(found.back(), one);
    }
  }
  FreePick most;
  for (FreePick& one : found) {
    if (one.score.is_better_than(most.score)) most = std::move(one);
  }
  return most;
}

Plan make_plan(const Problem& problem, const Component& component,
               std::span<const std::int64_t> most, const Outside& outside) {
  return Planner(problem, component, most, outside).make();
}

}  // namespace cartwright::offers::search
