#include "offers/sweep_plan.hpp"

#include <algorithm>

#include "offers/discount.hpp"

namespace cartwright::offers::search {
namespace {

// More ways to combine stackable offers on one unit than this are not looked at one by one.
constexpr std::size_t kMostStacks = 4096;

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

// Rules stand in the order of their candidates.
std::size_t rule_of(const Plan& plan, std::uint32_t candidate) {
  const auto found = std::ranges::lower_bound(plan.rules, candidate, {}, &PlannedRule::candidate);
  return static_cast<std::size_t>(found - plan.rules.begin());
}

PlannedClass planned_class(const Problem& problem, const Weights& weights, const UnitClass& facts,
                           const Plan& plan) {
  PlannedClass made;
  made.facts = &facts;
  for (const Eligible& one : facts.bound) {
    const auto index = static_cast<std::uint32_t>(rule_of(plan, one.candidate));
    (plan.rules[index].exclusive ? made.exclusive : made.stackable).push_back({index, one.mask});
  }
  made.alone.emplace_back();
  FreePick best_alone;
  for (const Eligible& one : facts.free) {
    FreePick pick = free_pick(problem, weights, one.candidate, facts.base);
    if (pick.discount == 0) continue;
    if (!problem.items[one.candidate].offer->exclusive) {
      made.stacked.push_back(std::move(pick));
    } else {
      if (pick.score.is_better_than(best_alone.score)) best_alone = pick;
      made.alone.push_back(std::move(pick));
    }
  }
  // Without stacked offers only the best can matter.
  if (made.stacked.empty() && made.stackable.empty()) {
    made.alone.resize(1);
    if (!best_alone.candidates.empty()) made.alone.push_back(best_alone);
  }
  for (const FreePick& alone : made.alone) {
    FreePick pick = alone;
    add_to(pick, made.beside(facts.base - pick.discount));
    if (pick.score.is_better_than(made.best.score)) made.best = std::move(pick);
  }
  return made;
}

// The most that a unit of the class can be worth.
std::int64_t worth_of(const PlannedClass& one, const Plan& plan) {
  std::int64_t exclusive = 0;
  for (const FreePick& pick : one.alone) exclusive = std::max(exclusive, pick.discount * kParts);
  for (const auto& use : one.exclusive) {
    exclusive = std::max(exclusive, plan.rules[use.rule].rule->worth(one.facts->base, use.mask));
  }
  std::int64_t stacked = 0;
  for (const FreePick& pick : one.stacked) stacked += pick.discount * kParts;
  for (const auto& use : one.stackable) {
    stacked += plan.rules[use.rule].rule->worth(one.facts->base, use.mask);
  }
  return exclusive + stacked;
}

void plan_rules(const Problem& problem, const Component& component,
                const std::vector<std::int64_t>& most, const Weights& weights, Plan& plan) {
  for (const std::uint32_t candidate : component.candidates) {
    PlannedRule& made = plan.rules.emplace_back();
    made.candidate = candidate;
    made.rule = make_rule(problem.items[candidate], problem, most[candidate]);
    made.exclusive = problem.items[candidate].offer->exclusive;
    made.start = weights.of(candidate, 1);
    made.first = component.classes.size();
    const std::size_t sets = problem.items[candidate].sets.size();
    made.ahead.assign(component.classes.size() + 1, {std::vector<std::int64_t>(sets, 0), 0});
    made.seen.assign(component.classes.size(), 0);
  }
  for (std::size_t i = 0; i < component.classes.size(); ++i) {
    const UnitClass& facts = component.classes[i];
    for (const Eligible& one : facts.bound) {
      PlannedRule& rule = plan.rules[rule_of(plan, one.candidate)];
      rule.first = std::min(rule.first, i);
      rule.last = i;
      const auto count = static_cast<std::int64_t>(facts.units.size());
      if ((one.mask & 1) != 0) rule.seen[i] = count;
      for (std::size_t set = 0; set < rule.ahead[i].eligible.size(); ++set) {
        if ((one.mask >> set & 1) != 0) rule.ahead[i].eligible[set] = count;
      }
      rule.ahead[i].price = facts.base;
    }
  }
  for (PlannedRule& rule : plan.rules) {
    for (std::size_t i = 1; i < rule.seen.size(); ++i) rule.seen[i] += rule.seen[i - 1];
    for (std::size_t i = rule.seen.size(); i-- > 0;) {
      Ahead& here = rule.ahead[i];
      for (std::size_t set = 0; set < here.eligible.size(); ++set) {
        here.eligible[set] += rule.ahead[i + 1].eligible[set];
      }
      here.price = std::max(here.price, rule.ahead[i + 1].price);
    }
  }
}

// What the rules of a component share, or each has for itself: limits, coupons, groups.
class Sharing {
 public:
  Sharing(const Problem& problem, Plan& plan) : problem_(problem), plan_(plan) {}

  void plan_limits() {
    for (std::uint32_t i = 0; i < plan_.rules.size(); ++i) {
      const Candidate& candidate = problem_.items[plan_.rules[i].candidate];
      if (candidate.offer->limit) add_counter({i}, *candidate.offer->limit);
    }
    for (std::uint32_t coupon = 0; coupon < problem_.coupons.size(); ++coupon) {
      std::vector<std::uint32_t> rules;
      for (std::uint32_t i = 0; i < plan_.rules.size(); ++i) {
        if (problem_.items[plan_.rules[i].candidate].coupon == coupon) rules.push_back(i);
      }
      if (!rules.empty()) add_counter(rules, problem_.coupons[coupon]);
    }
  }

  void plan_groups() {
    for (std::uint32_t group = 0; group < problem_.groups; ++group) {
      std::vector<std::uint32_t> rules;
      for (std::uint32_t i = 0; i < plan_.rules.size(); ++i) {
        if (problem_.items[plan_.rules[i].candidate].group == group) rules.push_back(i);
      }
      if (rules.size() < 2) continue;
      Choice& made = plan_.groups.emplace_back();
      made.digit.bits =
          static_cast<std::uint8_t>(bits_for(static_cast<std::int64_t>(rules.size())));
      cover(rules, made.first, made.last);
      for (std::size_t i = 0; i < rules.size(); ++i) {
        plan_.rules[rules[i]].group = static_cast<std::uint32_t>(plan_.groups.size());
        plan_.rules[rules[i]].member = i + 1;
      }
    }
  }

 private:
  void add_counter(const std::vector<std::uint32_t>& rules, std::int64_t limit) {
    std::int64_t possible = 0;
    for (const std::uint32_t rule : rules) {
      const Candidate& candidate = problem_.items[plan_.rules[rule].candidate];
      for (const auto& set : candidate.sets) possible += static_cast<std::int64_t>(set.size());
    }
    if (limit >= possible) return;
    Counter& made = plan_.counters.emplace_back();
    made.most = static_cast<std::uint64_t>(limit);
    made.digit.bits = static_cast<std::uint8_t>(bits_for(limit));
    cover(rules, made.first, made.last);
    for (const std::uint32_t rule : rules) {
      plan_.rules[rule].counters.push_back(static_cast<std::uint32_t>(plan_.counters.size() - 1));
    }
  }
  void cover(const std::vector<std::uint32_t>& rules, std::size_t& first, std::size_t& last) const {
    first = plan_.rules[rules.front()].first;
    for (const std::uint32_t rule : rules) {
      first = std::min(first, plan_.rules[rule].first);
      last = std::max(last, plan_.rules[rule].last);
    }
  }

  const Problem& problem_;
  Plan& plan_;
};

// Gives each digit a place that no other needs at the same time.
class Places {
 public:
  bool place(Digit& digit, std::size_t first, std::size_t last) {
    if (digit.bits == 0) return true;
    for (std::uint8_t word = 0; word < kWords; ++word) {
      for (int shift = 0; shift + digit.bits <= 64; ++shift) {
        digit.word = word;
        digit.shift = static_cast<std::uint8_t>(shift);
        const auto clash = std::ranges::find_if(taken_, [&](const Taken& other) {
          return other.digit.word == word && other.digit.shift < shift + digit.bits &&
                 shift < other.digit.shift + other.digit.bits && other.first <= last &&
                 first <= other.last;
        });
        if (clash == taken_.end()) {
          taken_.push_back({digit, first, last});
          return true;
        }
        shift = clash->digit.shift + clash->digit.bits - 1;
      }
    }
    return false;
  }

 private:
  struct Taken {
    Digit digit;
    std::size_t first;
    std::size_t last;
  };
  std::vector<Taken> taken_;
};

void place_digits(Plan& plan) {
  Places places;
  for (PlannedRule& rule : plan.rules) {
    const int bits = rule.rule->bits();
    rule.digit.bits = static_cast<std::uint8_t>(bits);
    rule.is_placed = bits < 64 && places.place(rule.digit, rule.first, rule.last);
    plan.is_whole &= rule.is_placed;
  }
  for (Counter& one : plan.counters) {
    if (places.place(one.digit, one.first, one.last)) continue;
    one.most = 0;
    plan.is_whole = false;
  }
  for (Choice& one : plan.groups) {
    one.is_placed = places.place(one.digit, one.first, one.last);
    plan.is_whole &= one.is_placed;
  }
}

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
               const std::vector<std::int64_t>& most) {
  std::vector<std::uint32_t> all = component.candidates;
  std::size_t units = 0;
  for (const UnitClass& one : component.classes) {
    units += one.units.size();
    for (const Eligible& free : one.free) all.push_back(free.candidate);
  }
  std::ranges::sort(all);
  all.erase(std::ranges::unique(all).begin(), all.end());
  const Weights weights(problem, all, static_cast<std::int64_t>(units * 2));
  Plan plan;
  plan_rules(problem, component, most, weights, plan);
  Sharing sharing(problem, plan);
  sharing.plan_limits();
  sharing.plan_groups();
  place_digits(plan);
  for (const UnitClass& facts : component.classes) {
    plan.classes.push_back(planned_class(problem, weights, facts, plan));
    plan.classes.back().worth = worth_of(plan.classes.back(), plan);
  }
  plan.worth_after.assign(plan.classes.size(), 0);
  for (std::size_t i = plan.classes.size(); i-- > 1;) {
    plan.worth_after[i - 1] =
        plan.worth_after[i] +
        plan.classes[i].worth * static_cast<std::int64_t>(plan.classes[i].facts->units.size());
  }
  return plan;
}

}  // namespace cartwright::offers::search
