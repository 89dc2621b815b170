#include "offers/sweep_plan.hpp"

#include <algorithm>
#include <optional>

#include "offers/class_offers.hpp"
#include "offers/discount.hpp"
#include "offers/sweep_digits.hpp"
#include "offers/unit_rents.hpp"

namespace cartwright::offers::search {
namespace {

constexpr std::uint32_t kNone = ~std::uint32_t{0};

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

class Planner {
 public:
  Planner(const Problem& problem, const Component& component, std::span<const std::int64_t> most,
          const Outside& outside, std::pmr::memory_resource* memory)
      : problem_(problem),
        component_(component),
        most_(most),
        outside_(outside),
        memory_(memory),
        offers_(problem, component, outside, memory),
        plan_(memory),
        alone_(memory),
        upon_(memory),
        rules_(memory),
        passed_(memory) {
    plan_.problem = &problem;
    plan_.component = &component;
    look_at_stackable();
    weights_.emplace(problem_, candidates(), std::int64_t{2} * count_units(), memory_);
  }

  Plan make() {
    alone_.reserve(component_.classes.size());
    look_alone();
    make_rules();
    plan_.classes.reserve(component_.classes.size());
    for (std::size_t at = 0; at < component_.classes.size(); ++at) add_class(at);
    plan_digits(problem_, outside_, plan_);
    find_rents(plan_);
    return std::move(plan_);
  }

 private:
  // What stacks couples units, and classes of one price: it matters which of them is rewarded.
  void look_at_stackable() {
    const auto stacks = [&](const Eligible& one) { return offers_.is_stackable(one); };
    const bool any = std::ranges::any_of(
        candidates(), [&](std::uint32_t one) { return !problem_.items[one].offer->exclusive; });
    matters_ = any || offers_.keeps_apart();
    for (std::size_t at = 0; any && at < component_.classes.size(); ++at) {
      couples_ |= std::ranges::any_of(offers_.rules(at), stacks);
    }
  }

  std::span<const std::uint32_t> candidates() const { return offers_.candidates(); }

  std::int64_t count_units() const {
    std::int64_t units = 0;
    for (const UnitClass& one : component_.classes) units += std::ssize(one.units);
    return units;
  }

  // In the order of their candidates.
  void make_rules() {
    rules_.assign(candidates().size(), kNone);
    auto stops = stops_of_all();
    plan_.rules.reserve(stops.size());
    for (std::size_t i = 0; i < candidates().size(); ++i) {
      if (stops[i].empty()) continue;
      const std::uint32_t candidate = candidates()[i];
      const Candidate& facts = problem_.items[candidate];
      auto rule = make_rule(facts, most_[candidate], equals_of(candidate));
      if (is_surpassed(*rule, stops[i])) continue;
      const std::size_t first = stops[i].front().at;
      const std::size_t last = stops[i].back().at;
      look_ahead(stops[i], facts.sets.size());
      rules_[i] = static_cast<std::uint32_t>(plan_.rules.size());
      plan_.rules.push_back(
          {.candidate = candidate,
           .machine = Machine(std::move(rule), std::move(stops[i]), limit_of(candidate)),
           .exclusive = facts.offer->exclusive,
           .counters = {},
           .first = first,
           .last = last,
           .start = weights_->of(candidate, 1)});
    }
  }

  // Whether each unit brings more by itself, at any of its stops, than the rule makes of it.
  bool is_surpassed(const Rule& rule, std::span<const Stop> stops) const {
    return std::ranges::all_of(stops, [&](const Stop& stop) {
      return rule.worth(stop.base, stop.mask) < (alone_[stop.at] - outside_.window) * kParts;
    });
  }

  // What stacks upon an exclusive offer by itself.
  std::span<const std::int64_t> upon_of(std::size_t at, std::uint32_t candidate) const {
    if (offers_.keeps_apart() || !problem_.items[candidate].offer->exclusive) return {};
    return upon_[at];
  }

  // By class: what the best offer takes off a unit by itself, where nothing stacks; and what each
  // of those takes off that stack by themselves.
  void look_alone() {
    for (std::size_t at = 0; at < component_.classes.size(); ++at) {
      const UnitClass& one = component_.classes[at];
      std::int64_t& most = alone_.emplace_back(0);
      auto& upon = upon_.emplace_back();
      for (const Eligible& each : offers_.free(at)) {
        const Offer& offer = *problem_.items[each.candidate].offer;
        const std::int64_t discount =
            discount_of(std::get<UnitOffer>(offer.shape).reward, one.base);
        most = std::max(most, discount);
        if (!offer.exclusive && discount > 0) upon.push_back(discount);
      }
      const auto stacks = [&](const Eligible& each) { return offers_.is_stackable(each); };
      if (!upon.empty() || std::ranges::any_of(one.bound, stacks)) most = 0;
    }
  }

  // By place among the candidates.
  std::pmr::vector<std::pmr::vector<Stop>> stops_of_all() const {
    std::pmr::vector<std::pmr::vector<Stop>> stops(candidates().size(), memory_);
    for (std::uint32_t at = 0; at < component_.classes.size(); ++at) {
      const UnitClass& facts = component_.classes[at];
      for (const Eligible& one : offers_.rules(at)) {
        stops[place_of(one.candidate)].push_back({.at = at,
                                                  .mask = one.mask,
                                                  .base = facts.base,
                                                  .count = std::ssize(facts.units),
                                                  .upon = upon_of(at, one.candidate),
                                                  .ahead = {}});
      }
    }
    return stops;
  }

  // Without a stackable offer that remembers something, it is only between classes of one price
  // that it can matter which unit is rewarded.
  Equals equals_of(std::uint32_t candidate) const {
    if (couples_) return Equals::coupled;
    if (!matters_) return Equals::alike;
    std::int64_t last = -1;
    for (std::size_t at = 0; at < component_.classes.size(); ++at) {
      const bool sees = std::ranges::any_of(
          offers_.rules(at), [&](const Eligible& one) { return one.candidate == candidate; });
      if (!sees) continue;
      if (component_.classes[at].base == last) return Equals::apart;
      last = component_.classes[at].base;
    }
    return Equals::alike;
  }

  std::size_t place_of(std::uint32_t candidate) const {
    const auto found = std::ranges::lower_bound(candidates(), candidate);
    return static_cast<std::size_t>(found - candidates().begin());
  }
  std::uint32_t rule_of(std::uint32_t candidate) const { return rules_[place_of(candidate)]; }

  // Says of every stop what it and those after it offer, and adds the one after the last.
  void look_ahead(std::pmr::vector<Stop>& stops, std::size_t sets) const {
    stops.emplace_back();
    const std::span<std::int64_t> counts(
        std::pmr::polymorphic_allocator<>(memory_).allocate_object<std::int64_t>(stops.size() *
                                                                                 sets),
        stops.size() * sets);
    std::ranges::fill(counts, 0);
    for (std::size_t at = stops.size(); at-- > 0;) {
      Stop& stop = stops[at];
      stop.ahead.price = stop.base;
      stop.ahead.eligible = {counts.data() + at * sets, sets};
      if (at + 1 == stops.size()) continue;
      for (std::size_t set = 0; set < sets; ++set) {
        counts[at * sets + set] = counts[(at + 1) * sets + set];
        if ((stop.mask >> set & 1) != 0) counts[at * sets + set] += stop.count;
      }
    }
    for (Stop& one : stops) one.ahead.seen = counts[0] - one.ahead.eligible[0];
  }

  // What it alone may be applied; below 0: as often as its units allow.
  std::int64_t limit_of(std::uint32_t candidate) const {
    const Candidate& facts = problem_.items[candidate];
    std::int64_t limit = -1;
    const auto keep = [&](std::int64_t most) { limit = limit < 0 ? most : std::min(limit, most); };
    if (facts.offer->limit) keep(*facts.offer->limit);
    if (facts.coupon && is_alone(*facts.coupon)) keep(problem_.coupons[*facts.coupon]);
    std::int64_t possible = 0;
    for (const auto& set : facts.sets) possible += std::ssize(set);
    return limit < possible ? limit : -1;
  }

  // Whether one offer alone needs the coupon.
  bool is_alone(std::uint32_t coupon) const {
    return std::ranges::find(outside_.coupons, coupon) == outside_.coupons.end() &&
           std::ranges::count_if(candidates(), [&](std::uint32_t one) {
             return problem_.items[one].coupon == coupon;
           }) == 1;
  }

  void add_class(std::size_t at) {
    const UnitClass& facts = component_.classes[at];
    passed_.resize(plan_.rules.size(), 0);
    PlannedClass& made = plan_.classes.emplace_back(facts, memory_);
    for (const Eligible& one : offers_.rules(at)) {
      const std::uint32_t index = rule_of(one.candidate);
      if (index == kNone) continue;
      const Use use{index, passed_[index]++};
      (plan_.rules[index].exclusive ? made.exclusive : made.stackable).push_back(use);
    }
    add_free(at, made);
    std::vector<PackChoice> packs;
    for (const Eligible& one : offers_.local(at)) {
      packs.push_back(packs_of(problem_.items[one.candidate], one.candidate, facts.base,
                               std::ssize(facts.units), most_[one.candidate],
                               weights_->of(one.candidate, 1)));
    }
    made.rest = RestTable(std::move(packs), made.single.score, facts.units.size());
  }

  void add_free(std::size_t at, PlannedClass& made) const {
    const UnitClass& facts = component_.classes[at];
    FreePick best_alone;
    std::pmr::vector<FreePick> stacked(memory_);
    for (const Eligible& one : offers_.free(at)) {
      FreePick pick = free_pick(problem_, *weights_, one.candidate, facts.base);
      if (pick.discount == 0) continue;
      if (!problem_.items[one.candidate].offer->exclusive) {
        made.upon += pick.discount;
        stacked.push_back(std::move(pick));
      } else {
        if (pick.score.is_better_than(best_alone.score)) best_alone = pick;
        made.alone.push_back(std::move(pick));
      }
    }
    if (stacked.empty() && made.stackable.empty()) {
      made.alone.clear();
      made.single = std::move(best_alone);
      return;
    }
    made.stacked = StackTable(stacked, facts.base);
    made.alone.emplace(made.alone.begin());
    for (const FreePick& alone : made.alone) {
      FreePick pick = alone;
      pick.add(made.stacked.within(facts.base - pick.discount));
      if (pick.score.is_better_than(made.single.score)) made.single = std::move(pick);
    }
  }

  const Problem& problem_;
  const Component& component_;
  std::span<const std::int64_t> most_;
  const Outside& outside_;
  std::pmr::memory_resource* memory_;
  ClassOffers offers_;
  bool matters_ = false;  // which of equal units is rewarded
  bool couples_ = false;  // a stackable offer is among the rules
  std::optional<Weights> weights_;
  Plan plan_;
  std::pmr::vector<std::int64_t> alone_;
  std::pmr::vector<std::pmr::vector<std::int64_t>> upon_;
  std::pmr::vector<std::uint32_t> rules_;   // by place among the candidates
  std::pmr::vector<std::uint32_t> passed_;  // by rule: stops in the classes so far
};

}  // namespace

Plan make_plan(const Problem& problem, const Component& component,
               std::span<const std::int64_t> most, const Outside& outside,
               std::pmr::memory_resource* memory) {
  return Planner(problem, component, most, outside, memory).make();
}

}  // namespace cartwright::offers::search
