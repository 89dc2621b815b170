#include "offers/component_search.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <tuple>

#include "offers/lowest_grouping.hpp"
#include "offers/rest_uses.hpp"
#include "offers/shares.hpp"

namespace cartwright::offers::search {
namespace {

// Where fewer bits are remembered, all is looked at in one go.
constexpr int kFewBits = 6;
// How far below the bound the best is first looked for: a part of it; then further, step by step.
constexpr std::int64_t kFirstPart = 256;
constexpr std::int64_t kFurther = 4;
// States that are kept at a time where the budget has not sufficed.
constexpr std::size_t kBeam = 32;

// Leaves out stacked offers that a unit's price has no room for.
void keep_within_prices(const Problem& problem, std::vector<Application>& all) {
  const auto stacks = [&](const Application& one) {
    return !problem.items[one.candidate].offer->exclusive;
  };
  if (std::ranges::none_of(all, stacks)) return;
  std::vector<Share> taken;  // by unit
  for (const Application& one : all)
    taken.insert(taken.end(), one.reward.begin(), one.reward.end());
  std::ranges::sort(taken, {}, &Share::unit);
  for (Share& one : taken) one.discount = 0;
  const auto off = [&](UnitIndex unit) -> std::int64_t& {
    return std::ranges::lower_bound(taken, unit, {}, &Share::unit)->discount;
  };
  const auto fits = [&](const Application& one) {
    return std::ranges::all_of(one.reward, [&](const Share& share) {
      return off(share.unit) + share.discount <= problem.units[share.unit].base;
    });
  };
  std::ranges::stable_partition(all, std::not_fn(stacks));
  std::erase_if(all, [&](const Application& one) {
    if (!fits(one)) return true;
    for (const Share& share : one.reward) off(share.unit) += share.discount;
    return false;
  });
}

// One search: a plan, and sweeps over it.
class Search {
 public:
  Search(const Problem& problem, const Component& component, std::span<const std::int64_t> most,
         const Outside& outside, std::uint64_t budget)
      : problem_(problem),
        component_(component),
        most_(most),
        outside_(outside),
        budget_(budget),
        plan_(make_plan(problem, component, most, outside, &memory_)) {}

  Found run() {
    if (plan_.rules.empty() && outside_.empty()) return take_rest();
    found_.bound = plan_.bound;
    if (!look_below_bound(budget_ - budget_ / 4)) look_along_beam();
    trace(*sweep_);
    const bool stacks = std::ranges::any_of(plan_.classes, [](const PlannedClass& one) {
      return !one.stackable.empty() || !one.stacked.empty();
    });
    if (stacks) look_alone();
    return std::move(found_);
  }

 private:
  std::uint64_t left(std::uint64_t budget) const {
    return budget - std::min(budget, found_.states);
  }
  std::int64_t best_gain() const { return sweep_->labels().front().score.gain; }

  // Nothing is remembered of any unit: each class takes what is best for it.
  Found take_rest() {
    Way way;
    for (std::uint32_t at = 0; at < plan_.classes.size(); ++at) {
      way.score += plan_.classes[at].rest.best(plan_.classes[at].facts->units.size());
      append_rest(plan_.classes[at], at, 0, way.placed);
    }
    found_.bound = way.score.gain;
    found_.states = plan_.classes.size();
    found_.ways.push_back(std::move(way));
    return std::move(found_);
  }

  // Looks for choices that come near the bound, and further from it until there is one: that one
  // is the best, and little below it was looked at. False where the budget ended before.
  bool look_below_bound(std::uint64_t budget) {
    std::int64_t gap = first_gap();
    for (;; gap = gap * kFurther + 1) {
      const std::int64_t known = std::max<std::int64_t>(0, plan_.bound - gap);
      sweep_ = sweep(plan_, &memory_, Bundles::stacked, outside_.window,
                     {.budget = left(budget), .known = known});
      found_.states += sweep_->states();
      found_.is_whole = sweep_->is_whole();
      found_.bound = std::min(found_.bound, std::max(known, sweep_->bound()));
      if (!found_.is_whole) return false;
      if (!sweep_->labels().empty() && best_gain() >= known) break;
    }
    found_.bound = best_gain();
    return true;
  }

  std::int64_t first_gap() const {
    if (plan_.bits <= kFewBits) return plan_.bound;
    if (outside_.gain < 0) return plan_.bound / kFirstPart;
    return std::max<std::int64_t>(0, plan_.bound - outside_.gain);
  }

  // What a narrow search finds.
  void look_along_beam() {
    auto beam = sweep(plan_, &memory_, Bundles::stacked, outside_.window,
                      {.budget = left(budget_), .width = kBeam});
    found_.states += beam->states();
    const bool is_better = sweep_->labels().empty() || beam->labels().front().score.is_better_than(
                                                           sweep_->labels().front().score);
    if (is_better) sweep_ = std::move(beam);
    found_.bound = std::max(found_.bound, best_gain());
  }

  // Where the prices have no room for what stacks upon bundles: with nothing upon them.
  void look_alone() {
    const std::int64_t gain = gain_of(found_.ways.front());
    if (gain >= found_.ways.front().score.gain) return;
    const auto alone = sweep(plan_, &memory_, Bundles::alone, outside_.window,
                             {.budget = left(budget_), .known = gain + 1});
    found_.states += alone->states();
    found_.is_whole = false;
    if (alone->labels().empty()) return;
    std::vector<Way> stacked = std::move(found_.ways);
    trace(*alone);
    if (gain_of(found_.ways.front()) <= gain) found_.ways = std::move(stacked);
  }

  std::int64_t gain_of(const Way& way) const {
    return effect_of(problem_, component_, most_, way).gain;
  }

  // Where nothing is asked from outside, the best is all that matters.
  void trace(const Sweep& sweep) {
    found_.ways.clear();
    for (const Label& label : sweep.labels()) {
      found_.ways.push_back(
          {.score = label.score, .outside = label.outside, .placed = sweep.trace(label)});
      if (outside_.empty()) break;
    }
  }

  const Problem& problem_;
  const Component& component_;
  std::span<const std::int64_t> most_;
  const Outside& outside_;
  std::uint64_t budget_;
  std::array<std::byte, 32768> first_;  // of the memory: enough for most components
  std::pmr::monotonic_buffer_resource memory_{first_.data(), first_.size()};
  Plan plan_;
  std::unique_ptr<Sweep> sweep_;  // the last, whose labels count
  Found found_;
};

// How the units of an offer are grouped into applications.
enum class Groups : std::uint8_t {
  runs,        // as the search has counted them
  lowest_keys  // of groupings that gain as much, that of the smallest list of keys
};

// Whether an offer's units may be grouped otherwise than in runs: that must not change what is left
// of a scope.
bool may_regroup(const Offer& offer, const Component& component) {
  if (std::holds_alternative<Tiers>(offer.shape)) return false;
  const auto* buy_get = std::get_if<BuyGet>(&offer.shape);
  if (buy_get != nullptr) return buy_get->consume == Consume::both;
  return !shares_out(offer) || !is_cut(component);
}

std::vector<Taken> dearest_first(const Problem& problem, const Component& component,
                                 std::span<const Placed> uses) {
  std::vector<Taken> taken;
  taken.reserve(uses.size());
  for (const Placed& one : uses) {
    taken.push_back({component.classes[one.at].units[one.position], one.set});
  }
  std::ranges::stable_sort(taken, [&](const Taken& a, const Taken& b) {
    const Unit& left = problem.units[a.unit];
    const Unit& right = problem.units[b.unit];
    return left.base != right.base ? left.base > right.base : left.rank < right.rank;
  });
  return taken;
}

// `way`: by candidate, then class, then position.
Effect put(const Problem& problem, const Component& component, std::span<const std::int64_t> most,
           std::span<const Placed> way, Groups groups) {
  Effect effect;
  effect.applications.reserve(way.size());
  for (auto from = way.begin(); from != way.end();) {
    const std::uint32_t candidate = from->candidate;
    const auto to = std::find_if(from, way.end(),
                                 [&](const Placed& one) { return one.candidate != candidate; });
    const std::span<const Placed> uses(from, to);
    from = to;
    const Candidate& facts = problem.items[candidate];
    if (const auto* offer = std::get_if<UnitOffer>(&facts.offer->shape)) {
      for (const Placed& one : uses) {
        const UnitIndex unit = component.classes[one.at].units[one.position];
        effect.applications.push_back(use_of(*offer, unit, problem));
        effect.applications.back().candidate = candidate;
      }
      continue;
    }
    const auto rule = make_rule(facts, most[candidate], Equals::alike);
    std::vector<Application> made =
        rule->assemble(dearest_first(problem, component, uses), problem);
    if (groups == Groups::lowest_keys && may_regroup(*facts.offer, component)) {
      made = group_lowest_keys_first(problem, component, *rule, uses, std::move(made));
    }
    for (Application& one : made) {
      one.candidate = candidate;
      std::ranges::sort(one.qualify);
      std::ranges::sort(one.reward, {}, &Share::unit);
      effect.applications.push_back(std::move(one));
    }
  }
  keep_within_prices(problem, effect.applications);
  effect.gain = discount_of(effect.applications);
  return effect;
}

}  // namespace

Found search_component(const Problem& problem, const Component& component,
                       std::span<const std::int64_t> most, const Outside& outside,
                       std::uint64_t budget) {
  return Search(problem, component, most, outside, budget).run();
}

Effect effect_of(const Problem& problem, const Component& component,
                 std::span<const std::int64_t> most, const Way& chosen) {
  std::vector<Placed> way = chosen.placed;
  take_lowest_keys_first(way);
  std::ranges::stable_sort(way, {}, &Placed::candidate);
  Effect lowest = put(problem, component, most, way, Groups::lowest_keys);
  if (lowest.gain == chosen.score.gain) return lowest;
  // There may be no room for other offers upon the units that are rewarded then.
  Effect runs = put(problem, component, most, way, Groups::runs);
  return runs.gain > lowest.gain ? std::move(runs) : std::move(lowest);
}

}  // namespace cartwright::offers::search
