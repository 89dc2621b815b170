#include "offers/ranking.hpp"

#include <algorithm>
#include <numeric>
#include <optional>
#include <queue>
#include <span>

#include "offers/basket_effect.hpp"
#include "offers/basket_terms.hpp"
#include "offers/discount.hpp"
#include "offers/shares.hpp"
#include "offers/wide.hpp"

namespace cartwright::offers::search {
namespace {

using Units = std::vector<UnitIndex>;

// Discount and units of some applications.
struct Value {
  std::int64_t discount = 0;
  std::int64_t units = 0;
  bool is_above(const Value& other) const {
    return static_cast<Wide>(discount) * other.units > static_cast<Wide>(other.discount) * units;
  }
};

// What was chosen so far, and what an offer could do next.
class Ranked {
 public:
  explicit Ranked(const Problem& problem)
      : problem_(problem),
        coupons_(problem.coupons),
        groups_(problem.groups, nullptr),
        uses_(problem.items.size(), 0),
        is_used_(problem.units.size(), false),
        own_(problem.items.size()) {
    for (const Unit& unit : problem.units) left_.push_back(unit.base);
    const auto is_dearer = [&](UnitIndex a, UnitIndex b) {
      const Unit& one = problem.units[a];
      const Unit& other = problem.units[b];
      if (one.base != other.base) return one.base > other.base;
      return one.rank != other.rank ? one.rank < other.rank : a < b;
    };
    sets_.reserve(problem.items.size());
    for (const Candidate& one : problem.items) {
      for (Units& set : sets_.emplace_back(one.sets)) std::ranges::sort(set, is_dearer);
    }
  }

  // The next application of a candidate, or, of the cheapest of all, all of them; or none.
  std::vector<Application> next(std::uint32_t candidate) {
    at_ = candidate;
    facts_ = &problem_.items[candidate];
    if (!is_open()) return {};
    std::vector<Application> made =
        std::visit([&](const auto& shape) { return of(shape); }, facts_->offer->shape);
    std::erase_if(made, [&](const Application& one) {
      return value_of({one}).discount == 0 ||
             std::ranges::any_of(one.reward, [&](const Share& share) {
               return share.discount > left_[share.unit];
             });
    });
    return made;
  }

  void take(std::vector<Application> applications) {
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
      made_.items.push_back(std::move(one));
    }
  }

  std::vector<Application> items() { return std::move(made_.items); }

  Solution finish() {
    sort_applications(made_.items);
    choose_baskets();
    made_.goods = 0;
    for (const std::int64_t left : left_) made_.goods += left;
    for (const BasketApplication& one : made_.baskets) {
      made_.goods -= discount_of(one.shares);
    }
    return std::move(made_);
  }

  static Value value_of(const std::vector<Application>& applications) {
    Value value;
    for (const Application& one : applications) {
      value.discount += discount_of(one.reward);
      value.units += std::ssize(one.qualify) + std::ssize(one.reward);
    }
    return value;
  }

 private:
  static bool rewards_only(const Offer& offer) {
    const auto* buy_get = std::get_if<BuyGet>(&offer.shape);
    return buy_get != nullptr && buy_get->consume == Consume::reward;
  }

  bool is_open() const {
    const Offer& offer = *facts_->offer;
    if (offer.limit && uses_[at_] >= *offer.limit) return false;
    if (std::holds_alternative<Tiers>(offer.shape) && uses_[at_] > 0) return false;
    if (facts_->coupon && coupons_[*facts_->coupon] <= 0) return false;
    return !facts_->group || groups_[*facts_->group] == nullptr ||
           groups_[*facts_->group] == facts_->offer;
  }

  // The units of a set that the candidate may still use, dearest first.
  Units free(std::size_t set, bool reward = true) const {
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

  std::int64_t base(UnitIndex unit) const { return problem_.units[unit].base; }
  std::int64_t sum(const Units& units) const {
    std::int64_t all = 0;
    for (const UnitIndex unit : units) all += base(unit);
    return all;
  }

  Application application(Units qualify, std::vector<Share> reward) const {
    std::ranges::sort(qualify);
    std::ranges::sort(reward, {}, &Share::unit);
    return {.candidate = at_, .qualify = std::move(qualify), .reward = std::move(reward)};
  }
  std::vector<Share> at_rate(std::span<const UnitIndex> units, std::int64_t bps) const {
    std::vector<Share> shares;
    for (const UnitIndex unit : units) shares.push_back({unit, percent_of(base(unit), bps)});
    return shares;
  }

  std::vector<Application> of(const UnitOffer& offer) const {
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

  std::vector<Application> of(const CheapestOf& offer) const {
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

  std::vector<Application> of(const NForPrice& offer) const {
    Units units = free(0);
    if (units.size() < static_cast<std::size_t>(offer.n)) return {};
    units.resize(static_cast<std::size_t>(offer.n));
    return bundle(units, offer.price.minor());
  }

  std::vector<Application> bundle(const Units& units, std::int64_t price) const {
    const std::int64_t discount = sum(units) - price;
    if (discount <= 0) return {};
    return {application({}, share_over(discount, units, problem_))};
  }

  // The dearest rewards that leave enough to qualify by; these are the cheapest there are.
  std::vector<Application> of(const BuyGet& offer) const {
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
      std::vector<Share> shares;
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
  std::vector<Application> of(const MealDeal& offer) const {
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

  std::vector<Application> of(const Tiers& offer) const {
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

  std::vector<Application> of(const BasketOffer&) const { return {}; }

  // Of all sets of basket offers that these items allow the one that takes off the most.
  void choose_baskets() {
    const BasketTerms terms(problem_);
    if (terms.empty()) return;
    std::vector<std::int64_t> taken(terms.scopes() + 1, 0);
    for (UnitIndex unit = 0; unit < left_.size(); ++unit) {
      const std::int64_t off = base(unit) - left_[unit];
      for (std::size_t bit = 0; bit < terms.scopes(); ++bit) {
        if ((terms.marks()[unit] >> bit & 1) != 0) taken[bit] += off;
      }
      taken.back() += off;
    }
    std::vector<bool> groups;
    for (const Offer* user : groups_) groups.push_back(user != nullptr);
    std::vector<std::pair<std::int64_t, TermSet>> order;
    for (const TermSet set : terms.sets()) {
      if (terms.holds(set, taken, groups, coupons_)) {
        order.emplace_back(terms.goods(set, taken), set);
      }
    }
    std::ranges::stable_sort(order, {}, &std::pair<std::int64_t, TermSet>::first);
    const std::int64_t before = terms.list().back() - taken.back();
    std::int64_t most = -1;
    for (const auto& [least, set] : order) {
      if (before - least <= most) break;
      std::vector<std::uint32_t> chosen;
      for (std::size_t i = 0; i < terms.terms().size(); ++i) {
        if ((set >> i & 1) != 0) chosen.push_back(terms.terms()[i].candidate);
      }
      auto made = effect_of_baskets(problem_, made_.items, chosen);
      std::int64_t off = 0;
      for (const BasketApplication& one : made) {
        off += discount_of(one.shares);
      }
      if (off <= most) continue;
      most = off;
      made_.baskets = std::move(made);
    }
  }

  const Problem& problem_;
  std::vector<UnitLists> sets_;  // by candidate, the dearest units first
  Solution made_;
  std::vector<std::int64_t> coupons_;
  std::vector<const Offer*> groups_;
  std::vector<std::int64_t> uses_;
  std::vector<bool> is_used_;
  std::vector<std::int64_t> left_;
  std::vector<Units> own_;  // by candidate: units that it uses
  std::uint32_t at_ = 0;
  const Candidate* facts_ = nullptr;
};

// What each candidate could do next, the most for a unit first; worked out anew only where
// something of it has changed.
class Nexts {
 public:
  // `order`: of equal ones the first.
  Nexts(const Problem& problem, Ranked& ranked, std::span<const std::uint32_t> order)
      : problem_(problem),
        ranked_(ranked),
        places_(problem.items.size()),
        nexts_(problem.items.size()),
        by_unit_(problem.units.size()) {
    for (std::uint32_t place = 0; place < order.size(); ++place) places_[order[place]] = place;
    for (std::uint32_t i = 0; i < problem.items.size(); ++i) {
      for (const auto& set : problem.items[i].sets) {
        for (const UnitIndex unit : set) by_unit_[unit].push_back(i);
      }
      renew(i);
    }
  }

  // Takes the one that is worth the most. False where none is left.
  bool take_best() {
    while (!heap_.empty() && heap_.top().version != nexts_[heap_.top().candidate].version) {
      heap_.pop();
    }
    if (heap_.empty()) return false;
    const std::vector<Application> taken = nexts_[heap_.top().candidate].applications;
    ranked_.take(taken);
    std::vector<std::uint32_t> changed;
    for (const Application& one : taken) list_changed(one, changed);
    std::ranges::sort(changed);
    changed.erase(std::ranges::unique(changed).begin(), changed.end());
    for (const std::uint32_t candidate : changed) renew(candidate);
    return true;
  }

 private:
  struct Next {
    std::vector<Application> applications;
    std::uint32_t version = 0;
  };
  struct Entry {
    Value value;
    std::uint32_t place;
    std::uint32_t candidate;
    std::uint32_t version;
    bool operator<(const Entry& other) const {
      if (other.value.is_above(value)) return true;
      return !value.is_above(other.value) && other.place < place;
    }
  };

  void renew(std::uint32_t candidate) {
    Next& next = nexts_[candidate];
    next.applications = ranked_.next(candidate);
    ++next.version;
    const Value value = Ranked::value_of(next.applications);
    if (value.discount > 0) heap_.push({value, places_[candidate], candidate, next.version});
  }

  void list_changed(const Application& one, std::vector<std::uint32_t>& changed) const {
    const auto add = [&](UnitIndex unit) {
      changed.insert(changed.end(), by_unit_[unit].begin(), by_unit_[unit].end());
    };
    for (const UnitIndex unit : one.qualify) add(unit);
    for (const Share& share : one.reward) add(share.unit);
    const Candidate& facts = problem_.items[one.candidate];
    if (!facts.group && !facts.coupon) return;
    for (std::uint32_t i = 0; i < problem_.items.size(); ++i) {
      const Candidate& other = problem_.items[i];
      if ((facts.group && facts.group == other.group) ||
          (facts.coupon && facts.coupon == other.coupon)) {
        changed.push_back(i);
      }
    }
  }

  const Problem& problem_;
  Ranked& ranked_;
  std::vector<std::uint32_t> places_;  // by candidate: in the order
  std::vector<Next> nexts_;
  std::vector<std::vector<std::uint32_t>> by_unit_;
  std::priority_queue<Entry> heap_;
};

}  // namespace

Solution by_ranking(const Problem& problem, Ranking ranking) {
  return with_best_baskets(problem, items_by_ranking(problem, ranking));
}

Solution with_best_baskets(const Problem& problem, std::vector<Application> items) {
  Ranked ranked(problem);
  ranked.take(std::move(items));
  return ranked.finish();
}

std::vector<Application> items_by_ranking(const Problem& problem, Ranking ranking) {
  Ranked ranked(problem);
  std::vector<std::uint32_t> order(problem.items.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::stable_sort(order, {},
                           [&](std::uint32_t one) { return problem.items[one].offer->priority; });
  if (ranking == Ranking::priority) {
    for (const std::uint32_t candidate : order) {
      for (auto next = ranked.next(candidate); !next.empty(); next = ranked.next(candidate)) {
        ranked.take(std::move(next));
      }
    }
    return ranked.items();
  }
  Nexts nexts(problem, ranked, order);
  while (nexts.take_best()) continue;
  return ranked.items();
}

}  // namespace cartwright::offers::search
