#include "offers/use_worth.hpp"

#include <algorithm>
#include <functional>

#include "offers/discount.hpp"
#include "offers/near_misses.hpp"

namespace cartwright::offers {
namespace {

struct Priced {
  std::int64_t base = 0;
  std::int64_t off = 0;  // now
};

class Worth {
 public:
  Worth(std::span<const std::span<UnitIndex>> sets, const std::vector<Unit>& units,
        std::span<const std::int64_t> net, const std::vector<Lack>& lacks)
      : sets_(sets), units_(units), net_(net), lacks_(lacks) {}

  UseWorth operator()(const UnitOffer&) const { return {}; }

  // The groups so far stay; the next is made of the cheapest.
  UseWorth operator()(const CheapestOf& offer) const {
    const std::vector<Priced> all = priced(0);
    std::int64_t most = 0;
    for (const Priced& one : last(all, offer.k)) most += percent_of(one.base, offer.bps);
    return {most, most - off(last(all, offer.n))};
  }

  UseWorth operator()(const NForPrice& offer) const {
    const std::vector<Priced> all = priced(0);
    const std::int64_t most = base(last(all, offer.n)) - offer.price.minor();
    return {most, most - off(last(all, offer.n))};
  }

  UseWorth operator()(const BuyGet& offer) const {
    const std::vector<Priced> all = priced(1);
    std::int64_t most = 0;
    for (const Priced& one : first(all, offer.m)) most += discount_of(offer.reward, one.base);
    return {most, most - off(first(all, offer.m))};
  }

  UseWorth operator()(const MealDeal& offer) const {
    const auto* rate = std::get_if<PercentReward>(&offer.reward);
    UseWorth worth;
    for (std::size_t slot = 0; slot < offer.slots.size(); ++slot) {
      const std::vector<Priced> all = priced(slot);
      for (const Priced& one : first(all, offer.slots[slot].n)) {
        const std::int64_t more = rate != nullptr ? percent_of(one.base, rate->bps) : one.base;
        worth.most += more;
        worth.likely += more - one.off;
      }
    }
    const std::int64_t price = rate != nullptr ? 0 : std::get<Money>(offer.reward).minor();
    return {worth.most - price, worth.likely - price};
  }

  UseWorth operator()(const Tiers& offer) const {
    const std::vector<Priced> all = priced(0);
    const bool spend = offer.by == TierBy::spend;
    const std::int64_t sum = base(all) + (spend ? lacked() : 0);
    const std::int64_t most = at_step(offer, spend ? sum : std::ssize(all), sum);
    return {most, most - off(all)};
  }

  UseWorth operator()(const BasketOffer& offer) const {
    const auto* amount = std::get_if<Money>(&offer.reward);
    const auto* rate = std::get_if<PercentReward>(&offer.reward);
    std::int64_t most = amount != nullptr ? amount->minor() : 0;
    if (rate != nullptr) most = percent_of(base(priced(0)) + lacked(), rate->bps);
    return {most, most};
  }

 private:
  using Some = std::span<const Priced>;
  static Some first(Some all, int n) {
    return all.first(std::min(static_cast<std::size_t>(n), all.size()));
  }
  static Some last(Some all, int n) {
    return all.last(std::min(static_cast<std::size_t>(n), all.size()));
  }
  static std::int64_t base(Some some) {
    std::int64_t sum = 0;
    for (const Priced& one : some) sum += one.base;
    return sum;
  }
  static std::int64_t off(Some some) {
    std::int64_t sum = 0;
    for (const Priced& one : some) sum += one.off;
    return sum;
  }

  // The amount that is lacked.
  std::int64_t lacked() const { return lacks_.empty() ? 0 : lacks_.front().amount.minor(); }

  // The units of the set and those that it lacks, the dearest first.
  std::vector<Priced> priced(std::size_t number) const {
    std::vector<Priced> all;
    for (const UnitIndex unit : sets_[number]) {
      all.push_back({units_[unit].base, units_[unit].base - net_[unit]});
    }
    std::ranges::sort(all, std::greater{}, &Priced::base);
    const Priced cheapest{.base = all.empty() ? 0 : all.back().base, .off = 0};
    for (const Lack& lack : lacks_) {
      if (lack.number != number) continue;
      all.insert(all.end(), static_cast<std::size_t>(lack.units), cheapest);
    }
    return all;
  }

  static std::int64_t at_step(const Tiers& offer, std::int64_t reached, std::int64_t sum) {
    const TierStep* step = nullptr;
    for (const TierStep& one : offer.steps) {
      if (one.at <= reached) step = &one;
    }
    if (step == nullptr) return 0;
    if (const auto* amount = std::get_if<Money>(&step->reward)) {
      return std::min(amount->minor(), sum);
    }
    return percent_of(sum, std::get<PercentReward>(step->reward).bps);
  }

  std::span<const std::span<UnitIndex>> sets_;
  const std::vector<Unit>& units_;
  std::span<const std::int64_t> net_;
  const std::vector<Lack>& lacks_;
};

}  // namespace

UseWorth worth_of_next_use(const Offer& offer, std::span<const std::span<UnitIndex>> sets,
                           const std::vector<Unit>& units, std::span<const std::int64_t> net,
                           const std::vector<Lack>& lacks) {
  return std::visit(Worth(sets, units, net, lacks), offer.shape);
}

}  // namespace cartwright::offers
