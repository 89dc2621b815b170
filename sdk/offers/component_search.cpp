#include "offers/component_search.hpp"

#include <algorithm>
#include <functional>

#include "offers/discount.hpp"

namespace cartwright::offers::search {
namespace {

// Where fewer bits are remembered, all is looked at in one go.
constexpr int kFewBits = 6;
// How far below the bound the best is first looked for: a part of it; then further, step by step.
constexpr std::int64_t kFirstPart = 256;
constexpr std::int64_t kFurther = 4;
// States that are kept at a time where the budget has not sufficed.
constexpr std::size_t kBeam = 32;

std::int64_t discounts(const std::vector<Application>& all) {
  std::int64_t sum = 0;
  for (const Application& one : all) {
    for (const Share& share : one.reward) sum += share.discount;
  }
  return sum;
}

// Within a class, the lowest keys go to the uses of the lowest offers.
void take_lowest_keys_first(std::vector<Placed>& way) {
  for (auto from = way.begin(); from != way.end();) {
    const auto to =
        std::find_if(from, way.end(), [&](const Placed& one) { return one.at != from->at; });
    // By old position: the lowest of its candidates.
    std::vector<std::pair<std::uint32_t, std::uint32_t>> order;
    for (auto one = from; one != to; ++one) {
      if (!order.empty() && order.back().second == one->position) {
        order.back().first = std::min(order.back().first, one->candidate);
      } else {
        order.emplace_back(one->candidate, one->position);
      }
    }
    std::ranges::stable_sort(order, {}, &std::pair<std::uint32_t, std::uint32_t>::first);
    for (auto one = from; one != to; ++one) {
      const auto place = std::ranges::find(order, one->position,
                                           &std::pair<std::uint32_t, std::uint32_t>::second);
      one->position = static_cast<std::uint32_t>(place - order.begin());
    }
    std::stable_sort(from, to,
                     [](const Placed& a, const Placed& b) { return a.position < b.position; });
    from = to;
  }
}

// Leaves out stacked offers that a unit's price has no room for.
void keep_within_prices(const Problem& problem, std::vector<Application>& all) {
  const auto stacks = [&](const Application& one) {
    return !problem.items[one.candidate].offer->exclusive;
  };
  if (std::ranges::none_of(all, stacks)) return;
  std::vector<std::int64_t> left;
  for (const Unit& unit : problem.units) left.push_back(unit.base);
  const auto fits = [&](const Application& one) {
    return std::ranges::all_of(
        one.reward, [&](const Share& share) { return share.discount <= left[share.unit]; });
  };
  std::ranges::stable_partition(all, std::not_fn(stacks));
  std::vector<Application> kept;
  for (Application& one : all) {
    if (!fits(one)) continue;
    for (const Share& share : one.reward) left[share.unit] -= share.discount;
    kept.push_back(std::move(one));
  }
  all = std::move(kept);
}

}  // namespace

void ComponentSearch::search(const Outside& outside, std::uint64_t budget) {
  states_ = 0;
  plan_ = std::make_unique<Plan>(make_plan(*problem_, *component_, most_, outside));
  bound_ = plan_->bound;
  if (!search_below_bound(outside, budget - budget / 4)) search_beam(outside, budget);
  const bool stacks = std::ranges::any_of(plan_->classes, [](const PlannedClass& one) {
    return !one.stackable.empty() || !one.stacked.empty();
  });
  if (stacks && effect(labels_.front()).gain < labels_.front().score.gain) {
    search_alone(outside, budget - std::min(budget, states_));
  }
}

// Looks for choices that come near the bound, and further from it until there is one: that one is
// the best, and little below it was looked at. False where the budget ended before.
bool ComponentSearch::search_below_bound(const Outside& outside, std::uint64_t budget) {
  std::int64_t gap = plan_->bits <= kFewBits ? bound_ : bound_ / kFirstPart;
  for (;; gap = gap * kFurther + 1) {
    const std::int64_t known = std::max<std::int64_t>(0, plan_->bound - gap);
    sweep_ = sweep(*plan_, Bundles::stacked, outside.window,
                   {.budget = budget - std::min(budget, states_), .known = known});
    states_ += sweep_->states();
    labels_ = sweep_->labels();
    is_whole_ = sweep_->is_whole();
    bound_ = std::min(bound_, std::max(known, sweep_->bound()));
    if (!is_whole_) return false;
    if (!labels_.empty() && labels_.front().score.gain >= known) break;
  }
  bound_ = labels_.front().score.gain;
  return true;
}

// What a narrow search finds.
void ComponentSearch::search_beam(const Outside& outside, std::uint64_t budget) {
  auto beam = sweep(*plan_, Bundles::stacked, outside.window,
                    {.budget = budget - std::min(budget, states_), .width = kBeam});
  states_ += beam->states();
  const bool is_better =
      labels_.empty() || beam->labels().front().score.is_better_than(labels_.front().score);
  if (is_better) {
    sweep_ = std::move(beam);
    labels_ = sweep_->labels();
  }
  bound_ = std::max(bound_, labels_.front().score.gain);
}

// Where the prices have no room for what stacks upon bundles: with nothing upon them.
void ComponentSearch::search_alone(const Outside& outside, std::uint64_t budget) {
  const std::int64_t gain = effect(labels_.front()).gain;
  auto alone = sweep(*plan_, Bundles::alone, outside.window, {.budget = budget});
  states_ += alone->states();
  is_whole_ = false;
  if (alone->labels().empty() || effect_of(*alone, alone->labels().front()).gain <= gain) return;
  sweep_ = std::move(alone);
  labels_ = sweep_->labels();
}

Effect ComponentSearch::effect(const Label& label) const {
  return effect_of(*sweep_, label);
}

Effect ComponentSearch::effect_of(const Sweep& sweep, const Label& label) const {
  std::vector<Placed> way = sweep.trace(label);
  take_lowest_keys_first(way);
  std::ranges::stable_sort(way, {}, &Placed::candidate);
  Effect effect;
  std::vector<Taken> taken;
  for (std::size_t from = 0; from < way.size();) {
    const std::uint32_t candidate = way[from].candidate;
    const Candidate& facts = problem_->items[candidate];
    taken.clear();
    std::size_t to = from;
    for (; to < way.size() && way[to].candidate == candidate; ++to) {
      taken.push_back({component_->classes[way[to].at].units[way[to].position], way[to].set});
    }
    from = to;
    std::ranges::stable_sort(taken, [&](const Taken& a, const Taken& b) {
      const Unit& left = problem_->units[a.unit];
      const Unit& right = problem_->units[b.unit];
      return left.base != right.base ? left.base > right.base : left.rank < right.rank;
    });
    const auto rule = make_rule(facts, most_[candidate], plan_->equals);
    for (Application& one : rule->assemble(taken, *problem_)) {
      one.candidate = candidate;
      std::ranges::sort(one.qualify);
      std::ranges::sort(one.reward, {}, &Share::unit);
      effect.applications.push_back(std::move(one));
    }
  }
  keep_within_prices(*problem_, effect.applications);
  effect.gain = discounts(effect.applications);
  return effect;
}

}  // namespace cartwright::offers::search
