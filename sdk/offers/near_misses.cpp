#include "offers/near_misses.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "offers/fitting.hpp"

namespace cartwright::offers {
namespace {

using Lacks = std::vector<Lack>;
using Sets = std::span<std::span<UnitIndex>>;

// What the next use lacks; nothing where units are not what it lacks.
class NextUse {
 public:
  NextUse(Sets sets, const std::vector<Unit>& units) : sets_(sets), units_(units) {}

  Lacks operator()(const UnitOffer&) const { return {}; }
  Lacks operator()(const CheapestOf& offer) const { return to_fill(offer.set, offer.n); }
  Lacks operator()(const NForPrice& offer) const { return to_fill(offer.set, offer.n); }

  Lacks operator()(const BuyGet& offer) const {
    Lacks lacks;
    add(lacks, offer.buy, offer.n - size(0), 0);
    add(lacks, offer.get, offer.m - size(1), 1);
    if (lacks.empty()) add(lacks, offer.get, offer.n + offer.m - together(), 1);
    return lacks;
  }

  Lacks operator()(const MealDeal& offer) const {
    Lacks lacks;
    for (std::uint32_t slot = 0; slot < offer.slots.size(); ++slot) {
      add(lacks, offer.slots[slot].set, offer.slots[slot].n - size(slot), slot);
    }
    return lacks;
  }

  Lacks operator()(const Tiers& offer) const {
    const bool spend = offer.by == TierBy::spend;
    const std::int64_t have = spend ? sum_of(sets_[0], units_).minor() : size(0);
    Lacks lacks;
    for (const TierStep& step : offer.steps) {
      if (step.at <= have) continue;
      const std::int64_t more = step.at - have;
      lacks.push_back({&offer.set, spend ? 0 : more, Money(spend ? more : 0), 0, {}});
      break;
    }
    return lacks;
  }

  Lacks operator()(const BasketOffer& offer) const {
    const Money have = sum_of(sets_[0], units_);
    if (have >= offer.threshold) return {};
    return {{offer.scope ? &*offer.scope : nullptr, 0, offer.threshold - have, 0, {}}};
  }

 private:
  std::int64_t size(std::size_t set) const { return static_cast<std::int64_t>(sets_[set].size()); }

  std::int64_t together() const {
    std::vector<UnitIndex> all(sets_[0].begin(), sets_[0].end());
    all.insert(all.end(), sets_[1].begin(), sets_[1].end());
    std::sort(all.begin(), all.end());
    return std::unique(all.begin(), all.end()) - all.begin();
  }

  static void add(Lacks& lacks, const ProductSet& set, std::int64_t units, std::uint32_t number) {
    if (units > 0) lacks.push_back({&set, units, {}, number, {}});
  }

  // Units of one set that come in groups of n.
  Lacks to_fill(const ProductSet& set, int n) const {
    Lacks lacks;
    if (size(0) % n != 0) add(lacks, set, n - size(0) % n, 0);
    return lacks;
  }

  Sets sets_;
  const std::vector<Unit>& units_;
};

std::int64_t units_of(const Lacks& lacks) {
  return std::accumulate(lacks.begin(), lacks.end(), std::int64_t{0},
                         [](std::int64_t sum, const Lack& lack) { return sum + lack.units; });
}

}  // namespace

std::vector<NearMiss> near_misses(const OfferBook& book, bool member, const Facts& facts,
                                  const BuiltProblem& built, std::span<const std::int64_t> net) {
  BasketUnits all = built.all;
  all.units = built.problem.units;
  Reasons ignored;
  std::vector<NearMiss> misses;
  const TouchedOffers all_touched = touched_offers(book, all, member, facts, ignored);
  for (const TouchedOffer& touched : all_touched.offers) {
    Lacks lacks = std::visit(NextUse(touched.sets, all.units), touched.offer->shape);
    if (lacks.empty() || units_of(lacks) > kMostNudgedUnits) continue;
    for (Lack& lack : lacks) {
      lack.there.assign(touched.sets[lack.number].begin(), touched.sets[lack.number].end());
    }
    const UseWorth worth = worth_of_next_use(*touched.offer, touched.sets, all.units, net, lacks);
    misses.push_back({touched.offer, std::move(lacks), {}, worth});
  }
  for (const Offer* offer : built.missing_gifts) {
    const std::string& product = std::get<Gift>(std::get<BasketOffer>(offer->shape).reward).product;
    misses.push_back({offer, {}, product, {}});
  }
  std::erase_if(misses, [&](const NearMiss& miss) {
    return std::find(facts.dismissed.begin(), facts.dismissed.end(), miss.offer->id) !=
           facts.dismissed.end();
  });
  std::sort(misses.begin(), misses.end(), [](const NearMiss& a, const NearMiss& b) {
    return std::make_tuple(units_of(a.lacks), std::string_view(a.offer->id)) <
           std::make_tuple(units_of(b.lacks), std::string_view(b.offer->id));
  });
  return misses;
}

}  // namespace cartwright::offers
