#include "offers/rest_table.hpp"

#include <algorithm>

#include "offers/discount.hpp"
#include "offers/search_rule.hpp"

namespace cartwright::offers::search {
namespace {

using Sets = std::vector<std::uint8_t>;

Sets sets_of(const Shape& shape) {
  Sets sets;
  const auto add = [&](int count, std::size_t set) {
    sets.insert(sets.end(), static_cast<std::size_t>(count), static_cast<std::uint8_t>(set));
  };
  if (const auto* cheapest = std::get_if<CheapestOf>(&shape)) {
    add(cheapest->n - cheapest->k, 0);
    add(cheapest->k, 1);
  } else if (const auto* bundle = std::get_if<NForPrice>(&shape)) {
    add(bundle->n, 0);
  } else if (const auto* buy_get = std::get_if<BuyGet>(&shape)) {
    // With `reward` the others need only be there.
    if (buy_get->consume == Consume::both) add(buy_get->n, 0);
    add(buy_get->m, 1);
  } else if (const auto* meal = std::get_if<MealDeal>(&shape)) {
    for (std::size_t slot = 0; slot < meal->slots.size(); ++slot) add(meal->slots[slot].n, slot);
  } else {
    add(1, 0);
  }
  return sets;
}

// What one application takes off units of that price; 0 or less where it may not be.
std::int64_t gain_of(const Shape& shape, std::int64_t base, std::int64_t units) {
  if (const auto* unit = std::get_if<UnitOffer>(&shape)) return discount_of(unit->reward, base);
  if (const auto* cheapest = std::get_if<CheapestOf>(&shape)) {
    return cheapest->k * percent_of(base, cheapest->bps);
  }
  if (const auto* bundle = std::get_if<NForPrice>(&shape)) {
    return base * units - bundle->price.minor();
  }
  if (const auto* buy_get = std::get_if<BuyGet>(&shape)) {
    return buy_get->m * discount_of(buy_get->reward, base);
  }
  const auto& meal = std::get<MealDeal>(shape);
  if (const auto* price = std::get_if<Money>(&meal.reward)) return base * units - price->minor();
  return units * percent_of(base, std::get<PercentReward>(meal.reward).bps);
}

// Of any number of units the highest step that they reach.
PackChoice tiers_of(const Tiers& offer, std::uint32_t index, std::int64_t base, std::int64_t units,
                    const Score& start) {
  PackChoice made{.packs = {}, .most = 1};
  for (std::int64_t count = 1; count <= units; ++count) {
    const std::int64_t reached = offer.by == TierBy::quantity ? count : count * base;
    const TierStep* step = nullptr;
    for (const TierStep& one : offer.steps) {
      if (one.at <= reached) step = &one;
    }
    if (step == nullptr) continue;
    Score score = start;
    if (const auto* amount = std::get_if<Money>(&step->reward)) {
      score.gain = std::min(amount->minor(), count * base);
    } else {
      score.gain = count * percent_of(base, std::get<PercentReward>(step->reward).bps);
    }
    if (score.gain > 0)
      made.packs.push_back({index, Sets(static_cast<std::size_t>(count), 0), score});
  }
  return made;
}

}  // namespace

PackChoice packs_of(const Candidate& candidate, std::uint32_t index, std::int64_t base,
                    std::int64_t units, std::int64_t most, const Score& start) {
  const Shape& shape = candidate.offer->shape;
  if (const auto* tiers = std::get_if<Tiers>(&shape)) {
    return tiers_of(*tiers, index, base, units, start);
  }
  PackChoice made{.packs = {{.candidate = index, .sets = sets_of(shape), .score = start}},
                  .most = most};
  Pack& pack = made.packs.front();
  pack.score.gain = gain_of(shape, base, std::ssize(pack.sets));
  if (const auto* buy_get = std::get_if<BuyGet>(&shape)) {
    made.most = std::min(most, units / (buy_get->n + buy_get->m));
  }
  if (pack.score.gain <= 0 || made.most == 0) made.packs.clear();
  return made;
}

RestTable::RestTable(std::vector<PackChoice> choices, const Score& single, std::size_t units)
    : choices_(std::move(choices)), single_(single) {
  std::erase_if(choices_, [](const PackChoice& one) { return one.packs.empty(); });
  if (choices_.empty()) return;
  for (std::size_t i = 0; i <= units; ++i) {
    best_.push_back(single_ * static_cast<std::int64_t>(i));
  }
  for (const PackChoice& one : choices_) add(one);
}

void RestTable::add(const PackChoice& choice) {
  std::vector<Step>& steps = steps_.emplace_back(best_.size());
  const std::vector<Score> before = best_;
  for (std::size_t i = 0; i < choice.packs.size(); ++i) {
    const Pack& pack = choice.packs[i];
    const std::size_t size = pack.sets.size();
    const auto most = static_cast<std::uint32_t>(
        std::min(choice.most, static_cast<std::int64_t>(best_.size() / size)));
    const bool ends = choice.packs.size() > 1 || most < (best_.size() - 1) / size;
    for (std::size_t units = size; units < best_.size(); ++units) {
      const auto look = [&](const Score& rest, std::uint32_t count) {
        Score score = rest;
        score += pack.score * count;
        if (!score.is_better_than(best_[units])) return;
        best_[units] = score;
        steps[units] = {static_cast<std::uint32_t>(i), count};
      };
      // Without an end, one more pack upon the best that is known of it.
      if (!ends) {
        const Step& under = steps[units - size];
        look(before[units - size * (1 + under.count)], under.count + 1);
      }
      for (std::uint32_t count = 1; ends && count <= most && count * size <= units; ++count) {
        look(before[units - size * count], count);
      }
    }
  }
}

std::vector<RestTable::Use> RestTable::choice(std::size_t units) const {
  std::vector<Use> uses;
  for (std::size_t i = steps_.size(); i-- > 0;) {
    const Step& step = steps_[i][units];
    if (step.count == 0) continue;
    const Pack& pack = choices_[i].packs[step.pack];
    uses.push_back({&pack, step.count});
    units -= pack.sets.size() * step.count;
  }
  return uses;
}

std::int64_t RestTable::worth() const {
  std::int64_t most = single_.gain * kParts;
  for (const PackChoice& choice : choices_) {
    for (const Pack& pack : choice.packs) {
      most = std::max(most, parts_up(pack.score.gain, 1, std::ssize(pack.sets)));
    }
  }
  return most;
}

}  // namespace cartwright::offers::search
