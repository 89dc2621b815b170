#include "offers/ranked_choice.hpp"

#include <algorithm>
#include <optional>

#include "offers/discount.hpp"
#include "offers/shares.hpp"
#include "offers/wide.hpp"

namespace cartwright::offers::search {
namespace {

bool rewards_only(const Offer& offer) {
  const auto* buy_get = std::get_if<BuyGet>(&offer.shape);
  return buy_get != nullptr && buy_get->consume == Consume::reward;
}

}  // namespace

bool RankedValue::is_above(const RankedValue& other) const {
  return static_cast<Wide>(discount) * other.units > static_cast<Wide>(other.discount) * units;
}

RankedValue value_of(std::span<const Application> applications) {
  RankedValue value;
  for (const Application& one : applications) {
    value.discount += discount_of(one.reward);
    value.units += std::ssize(one.qualify) + std::ssize(one.reward);
  }
  return value;
}

RankedChoice::RankedChoice(const Problem& problem)
    : problem_(problem),
      sets_(problem.items.size()),
      coupons_(problem.coupons),
      groups_(problem.groups, nullptr),
      uses_(problem.items.size(), 0),
      is_used_(problem.units.size(), false),
      own_(problem.items.size()) {
  for (const Unit& unit : problem.units) left_.push_back(unit.base);
}

UnitLists RankedChoice::dearest_first(UnitLists sets) const {
  const auto is_dearer = [&](UnitIndex a, UnitIndex b) {
    const Unit& one = problem_.units[a];
    const Unit& other = problem_.units[b];
    if (one.base != other.base) return one.base > other.base;
    return one.rank != other.rank ? one.rank < other.rank : a < b;
  };
  for (Units& set : sets) std::ranges::sort(set, is_dearer);
  return sets;
}

std::vector<Application> RankedChoice::next(std::uint32_t candidate) {
  at_ = candidate;
  facts_ = &problem_.items[candidate];
  if (!is_open()) return {};
  if (sets_[candidate].empty()) sets_[candidate] = dearest_first(facts_->sets);
  std::vector<Application> made =
      std::visit([&](const auto& shape) { return of(shape); }, facts_->offer->shape);
  std::erase_if(made, [&](const Application& one) {
    return value_of({&one, 1}).discount == 0 ||
           std::ranges::any_of(
               one.reward, [&](const Share& share) { return share.discount > left_[share.unit]; });
  });
  return made;
}

void RankedChoice::take(std::vector<Application> applications) {
  for (Application& one : applications) {
    const Candidate& facts = problem_.items[one.candidate];
    ++uses_[one.candidate];
    if (facts.coupon) --coupons_[*facts.coupon];
    if (facts.group) groups_[*facts.group] = facts.offer;
    for (const UnitIndex unit : one.qualify) {
      own_[one.candidate].push_back(unit);
      if (facts.offer->exclusive && !rewards_only(*facts.offer)) is_used_[unit] = true;
    }
    for (const Share& share : one.reward) {
      own_[one.candidate].push_back(share.unit);
      if (facts.offer->exclusive) is_used_[share.unit] = true;
      left_[share.unit] -= share.discount;
    }
    items_.push_back(std::move(one));
  }
}

std::vector<bool> RankedChoice::groups() const {
  std::vector<bool> used;
  for (const Offer* user : groups_) used.push_back(user != nullptr);
  return used;
}

bool RankedChoice::is_open() const {
  const Offer& offer = *facts_->offer;
  if (offer.limit && uses_[at_] >= *offer.limit) return false;
  if (std::holds_alternative<Tiers>(offer.shape) && uses_[at_] > 0) return false;
  if (facts_->coupon && coupons_[*facts_->coupon] <= 0) return false;
  return !facts_->group || groups_[*facts_->group] == nullptr ||
         groups_[*facts_->group] == facts_->offer;
}

// The units of a set that the candidate may still use, dearest first.
RankedChoice::Units RankedChoice::free(std::size_t set, bool reward) const {
  const Offer& offer = *facts_->offer;
  const bool alone = offer.exclusive && (reward || !rewards_only(offer));
  Units found;
  found.reserve(sets_[at_][set].size());
  for (const UnitIndex unit : sets_[at_][set]) {
    if (alone && is_used_[unit]) continue;
    const bool own = std::ranges::find(own_[at_], unit) != own_[at_].end();
    if (!own) found.push_back(unit);
  }
  return found;
}

std::int64_t RankedChoice::sum(const Units& units) const {
  std::int64_t all = 0;
  for (const UnitIndex unit : units) all += base(unit);
  return all;
}

Application RankedChoice::application(Units qualify, Shares reward) const {
  std::ranges::sort(qualify);
  std::ranges::sort(reward, {}, &Share::unit);
  return {.candidate = at_, .qualify = std::move(qualify), .reward = std::move(reward)};
}
Shares RankedChoice::at_rate(std::span<const UnitIndex> units, std::int64_t bps) const {
  Shares shares;
  for (const UnitIndex unit : units) shares.push_back({unit, percent_of(base(unit), bps)});
  return shares;
}

std::vector<Application> RankedChoice::of(const UnitOffer& offer) const {
  std::optional<Share> best;
  for (const UnitIndex unit : free(0)) {
    const std::int64_t discount = discount_of(offer.reward, base(unit));
    if (discount > 0 && discount <= left_[unit] && (!best || discount > best->discount)) {
      best = Share{unit, discount};
    }
  }
  if (!best) return {};
  return {application({}, {*best})};
}

std::vector<Application> RankedChoice::of(const CheapestOf& offer) const {
  const Units units = free(0);
  const auto n = static_cast<std::size_t>(offer.n);
  const auto k = static_cast<std::size_t>(offer.k);
  std::size_t count = std::min<std::size_t>(units.size() / n, 1);
  if (offer.cheapest == CheapestIn::overall) {
    if (uses_[at_] > 0) return {};
    count = units.size() / n;
    if (facts_->offer->limit) {
      count = std::min(count, static_cast<std::size_t>(*facts_->offer->limit));
    }
    if (facts_->coupon) count = std::min<std::size_t>(count, 1);
  }
  std::vector<Application> made;
  const std::span all(units);
  for (std::size_t i = 0; i < count; ++i) {
    const auto qualify = all.subspan(i * (n - k), n - k);
    const auto reward = all.subspan(count * (n - k) + i * k, k);
    made.push_back(application({qualify.begin(), qualify.end()}, at_rate(reward, offer.bps)));
  }
  return made;
}

std::vector<Application> RankedChoice::of(const NForPrice& offer) const {
  Units units = free(0);
  if (units.size() < static_cast<std::size_t>(offer.n)) return {};
  units.resize(static_cast<std::size_t>(offer.n));
  return bundle(units, offer.price.minor());
}

std::vector<Application> RankedChoice::bundle(const Units& units, std::int64_t price) const {
  const std::int64_t discount = sum(units) - price;
  if (discount <= 0) return {};
  return {application({}, share_over(discount, units, problem_))};
}

// The dearest rewards that leave enough to qualify by; these are the cheapest there are.
std::vector<Application> RankedChoice::of(const BuyGet& offer) const {
  const Units get = free(1);
  const Units buy = free(0, false);
  const auto m = static_cast<std::size_t>(offer.m);
  for (std::size_t from = 0; from + m <= get.size(); ++from) {
    const auto reward = std::span(get).subspan(from, m);
    Units qualify;
    for (auto unit = buy.rbegin(); unit != buy.rend(); ++unit) {
      if (qualify.size() == static_cast<std::size_t>(offer.n)) break;
      if (std::ranges::find(reward, *unit) != reward.end()) continue;
      if (!offer.lesser || base(*unit) >= base(reward.front())) qualify.push_back(*unit);
    }
    if (qualify.size() < static_cast<std::size_t>(offer.n)) continue;
    Shares shares;
    std::int64_t discount = 0;
    bool may = true;
    for (const UnitIndex unit : reward) {
      shares.push_back({unit, discount_of(offer.reward, base(unit))});
      discount += shares.back().discount;
      may &= shares.back().discount <= left_[unit];
      may &= shares.back().discount > 0 || !std::holds_alternative<PriceReward>(offer.reward);
    }
    if (may && discount > 0) return {application(std::move(qualify), std::move(shares))};
  }
  return {};
}

// Slot by slot the dearest that is free.
std::vector<Application> RankedChoice::of(const MealDeal& offer) const {
  Units chosen;
  for (std::size_t slot = 0; slot < offer.slots.size(); ++slot) {
    int wanted = offer.slots[slot].n;
    for (const UnitIndex unit : free(slot)) {
      if (wanted == 0) break;
      if (std::ranges::find(chosen, unit) != chosen.end()) continue;
      chosen.push_back(unit);
      --wanted;
    }
    if (wanted > 0) return {};
  }
  if (const auto* price = std::get_if<Money>(&offer.reward)) {
    return bundle(chosen, price->minor());
  }
  return {application({}, at_rate(chosen, std::get<PercentReward>(offer.reward).bps))};
}

std::vector<Application> RankedChoice::of(const Tiers& offer) const {
  const Units units = free(0);
  const std::int64_t reached = offer.by == TierBy::quantity ? std::ssize(units) : sum(units);
  const TierStep* step = nullptr;
  for (const TierStep& one : offer.steps) {
    if (one.at <= reached) step = &one;
  }
  if (step == nullptr) return {};
  if (const auto* amount = std::get_if<Money>(&step->reward)) {
    return {application({}, share_over(std::min(amount->minor(), sum(units)), units, problem_))};
  }
  return {application({}, at_rate(units, std::get<PercentReward>(step->reward).bps))};
}

}  // namespace cartwright::offers::search
