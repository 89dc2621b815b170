#include "offers/unit_rents.hpp"

#include <algorithm>

namespace cartwright::offers::search {
namespace {

// Steps go down by a part each round.
constexpr int kRounds = 24;
constexpr std::int64_t kFirstStep = 4;  // of the rent: a fourth
constexpr std::int64_t kStepNumerator = 4;
constexpr std::int64_t kStepDivisor = 5;

class Landlord {
 public:
  explicit Landlord(Plan& plan)
      : plan_(plan),
        best_(plan.rents.get_allocator()),
        least_(plan.rents.get_allocator()),
        none_(plan.rents.get_allocator()) {}

  void find() {
    set_least();
    std::int64_t best = settle();
    if (!plan_.rules.empty()) {
      std::pmr::vector<std::int64_t> rents(plan_.rents, memory());
      std::pmr::vector<std::int64_t> steps(memory());
      for (std::size_t at = 0; at < rents.size(); ++at) {
        steps.push_back(std::max(rents[at], plan_.classes[at].rest.worth()) / kFirstStep);
      }
      for (int round = 0; round < kRounds; ++round) {
        if (!step(steps)) break;
        const std::int64_t bound = settle();
        if (bound < best) {
          best = bound;
          rents = plan_.rents;
        }
      }
      if (plan_.rents != rents) {
        plan_.rents = rents;
        settle();
      }
    }
    write(best);
  }

 private:
  std::pmr::polymorphic_allocator<> memory() const { return plan_.rents.get_allocator(); }

  // Least is what a unit brings where nothing that is remembered uses it.
  void set_least() {
    for (const PlannedClass& one : plan_.classes) {
      std::int64_t least = one.alone.empty() ? one.single.discount * kParts : 0;
      for (const FreePick& pick : one.alone) least = std::max(least, pick.discount * kParts);
      least_.push_back(least);
      plan_.rents.push_back(first_rent(one, least));
    }
    none_.assign(plan_.classes.size(), 0);
    for (PlannedRule& rule : plan_.rules) {
      if (!rule.exclusive) rule.machine.pay(none_);
    }
  }

  // Where rules compete for units, to begin with what these are worth to them by their own word.
  std::int64_t first_rent(const PlannedClass& one, std::int64_t least) const {
    if (plan_.rules.size() < 2 || one.exclusive.empty()) return least;
    std::int64_t rent = std::max(least, one.rest.worth());
    for (const Use& use : one.exclusive) {
      const Machine& machine = plan_.rules[use.rule].machine;
      rent = std::max(rent, machine.rule().worth(one.facts->base, machine.stop(use.stop).mask));
    }
    return rent;
  }

  // The bound at these rents.
  std::int64_t settle() {
    for (PlannedRule& rule : plan_.rules) {
      if (rule.exclusive) rule.machine.pay(plan_.rents);
    }
    std::int64_t bound = profit();
    for (std::size_t at = 0; at < plan_.classes.size(); ++at) {
      bound += worth_of(at, plan_.classes[at].facts->units.size()).worth;
    }
    return bound;
  }

  // What all rules gain, of each group the best.
  std::int64_t profit() {
    best_.assign(plan_.groups.size(), nullptr);
    std::int64_t sum = 0;
    for (PlannedRule& rule : plan_.rules) {
      const std::int64_t its = rule.machine.profit(0, 0);
      if (rule.group == 0) {
        sum += its;
        continue;
      }
      const PlannedRule*& best = best_[rule.group - 1];
      if (best == nullptr || its > best->machine.profit(0, 0)) best = &rule;
    }
    for (const PlannedRule* rule : best_) sum += rule->machine.profit(0, 0);
    return sum;
  }

  // What so many units of a class are worth, and how many of them are let.
  struct Worth {
    std::int64_t worth = 0;
    std::int64_t let = 0;
  };
  Worth worth_of(std::size_t at, std::size_t units) const {
    const PlannedClass& one = plan_.classes[at];
    const std::int64_t each = plan_.rents[at] + one.upon * kParts;
    Worth most{.worth = each * static_cast<std::int64_t>(units),
               .let = static_cast<std::int64_t>(units)};
    for (std::size_t rest = 1; rest <= units; ++rest) {
      const auto let = static_cast<std::int64_t>(units - rest);
      const std::int64_t worth = one.rest.best(rest).gain * kParts + each * let;
      if (worth > most.worth) most = {worth, let};
    }
    return most;
  }

  // One step towards rents at which as much is wanted as there is. False where it is so.
  bool step(std::pmr::vector<std::int64_t>& steps) {
    std::pmr::vector<std::int64_t> demand(plan_.classes.size(), 0, memory());
    for (PlannedRule& rule : plan_.rules) {
      const bool is_used = rule.group == 0 || best_[rule.group - 1] == &rule;
      if (rule.exclusive && is_used) rule.machine.add_demand(plan_.rents, demand);
    }
    bool moves = false;
    for (std::size_t at = 0; at < plan_.classes.size(); ++at) {
      const std::int64_t let = worth_of(at, plan_.classes[at].facts->units.size()).let;
      std::int64_t& rent = plan_.rents[at];
      const std::int64_t before = rent;
      // No use of a unit is worth more than its price.
      const std::int64_t most = std::max(least_[at], plan_.classes[at].facts->base * kParts);
      if (demand[at] > let) rent = std::min(most, rent + steps[at]);
      if (demand[at] < let) rent = std::max(least_[at], rent - steps[at]);
      moves |= rent != before;
      steps[at] = steps[at] * kStepNumerator / kStepDivisor;
    }
    return moves;
  }

  void write(std::int64_t bound) {
    plan_.bound = bound / kParts;
    plan_.credit = profit();
    for (Choice& group : plan_.groups) group.idle.assign(plan_.classes.size() + 1, 0);
    for (const PlannedRule& rule : plan_.rules) {
      if (rule.group != 0) write_idle(rule, plan_.groups[rule.group - 1]);
    }
    std::int64_t after = 0;
    for (std::size_t at = plan_.classes.size(); at-- > 0;) {
      PlannedClass& one = plan_.classes[at];
      one.worth.resize(one.facts->units.size() + 1);
      for (std::size_t units = 0; units < one.worth.size(); ++units) {
        one.worth[units] = worth_of(at, units).worth + after;
      }
      after = one.worth.back();
    }
  }

  static void write_idle(const PlannedRule& rule, Choice& group) {
    std::size_t stop = rule.machine.stops();
    for (std::size_t at = group.idle.size(); at-- > 0;) {
      if (stop > 0 && rule.machine.stop(stop - 1).at == at) --stop;
      group.idle[at] = std::max(group.idle[at], rule.machine.profit(stop, 0));
    }
  }

  Plan& plan_;
  std::pmr::vector<const PlannedRule*> best_;  // of each group, at these rents
  std::pmr::vector<std::int64_t> least_;
  std::pmr::vector<std::int64_t> none_;
};

}  // namespace

void find_rents(Plan& plan) {
  Landlord(plan).find();
}

}  // namespace cartwright::offers::search
