#include "offers/problem_builder.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "offers/eligibility.hpp"
#include "offers/fitting.hpp"

namespace cartwright::offers {
namespace {

constexpr std::int64_t kWhole = 10'000;  // basis points

class Builder {
 public:
  Builder(const OfferBook& book, const Basket& basket, const Facts& facts,
          const BuildOptions& options)
      : book_(book), basket_(basket), facts_(facts), options_(options) {}

  BuiltProblem build() {
    built_.all = units_of(basket_, options_.zone);
    for (const std::string& coupon : facts_.coupons) ++allowances_.coupons[coupon];
    std::vector<TouchedOffer> touched =
        touched_offers(book_, built_.all, basket_.member, facts_, built_.reasons);
    leave_out(touched);
    built_.mandatory = apply_stage_zero(touched, basket_, built_.all, allowances_, built_.reasons);
    built_.problem.units = std::move(built_.all.units);
    built_.all.units.clear();
    for (TouchedOffer& offer : touched) {
      if (!is_stage_zero(*offer.offer)) settle(offer);
    }
    sort_baskets();
    explain_the_rest();
    return std::move(built_);
  }

 private:
  void leave_out(std::vector<TouchedOffer>& touched) {
    std::erase_if(touched, [&](const TouchedOffer& each) {
      if (!options_.without.contains(each.offer->id)) return false;
      built_.reasons[each.offer->id] = "its threshold is not reached after the other offers";
      return true;
    });
  }

  void settle(TouchedOffer& touched) {
    const Offer& offer = *touched.offer;
    if (auto why = why_it_is_used_up(offer)) {
      built_.reasons[offer.id] = std::move(*why);
    } else if (auto unfit = why_it_can_not_fire(touched, built_.problem.units, book_.currency())) {
      built_.reasons[offer.id] = std::move(*unfit);
    } else if (const auto* basket = std::get_if<BasketOffer>(&offer.shape)) {
      add_basket(offer, *basket, std::move(touched.sets.front()));
    } else {
      add_item(offer, std::move(touched.sets), offer);
    }
  }

  std::optional<std::string> why_it_is_used_up(const Offer& offer) const {
    const auto group = allowances_.used_groups.find(offer.group);
    if (!offer.group.empty() && group != allowances_.used_groups.end()) {
      return "offer " + group->second->id + " of its group is used";
    }
    if (!offer.coupon.empty() && allowances_.coupons.find(offer.coupon)->second == 0) {
      return "coupon " + offer.coupon + " is used already";
    }
    return std::nullopt;
  }

  // `shaped` is what the search sees: the offer itself, or what stands for it.
  void add_item(const Offer& offer, std::vector<std::vector<UnitIndex>> sets, const Offer& shaped) {
    built_.problem.items.push_back({.offer = &shaped,
                                    .sets = std::move(sets),
                                    .group = group_of(offer),
                                    .coupon = coupon_of(offer)});
  }

  void add_basket(const Offer& offer, const BasketOffer& shape, std::vector<UnitIndex> scope) {
    if (std::holds_alternative<Points>(shape.reward)) {
      built_.points.push_back({&offer, std::move(scope)});
    } else if (const auto* gift = std::get_if<Gift>(&shape.reward)) {
      add_gift(offer, *gift, std::move(scope));
    } else {
      built_.problem.baskets.push_back({.offer = &offer,
                                        .scope = std::move(scope),
                                        .group = group_of(offer),
                                        .coupon = coupon_of(offer)});
    }
  }

  void add_gift(const Offer& offer, const Gift& gift, std::vector<UnitIndex> scope) {
    std::vector<UnitIndex> units;
    for (const BasketUnits::OfProduct& product : built_.all.products) {
      if (product.product->id == gift.product) units = product.units;
    }
    std::erase_if(units, [&](UnitIndex unit) {
      return built_.problem.units[unit].base == 0 ||
             !sees(offer, built_.all.times[built_.problem.units[unit].line]);
    });
    if (units.empty()) {
      built_.missing_gifts.push_back(&offer);
      built_.reasons[offer.id] = "its gift " + gift.product + " is not in the basket";
      return;
    }
    Offer item = offer;
    item.mandatory = false;
    item.limit = 1;
    item.shape = UnitOffer{ProductSet{{gift.product}, {}, {}}, PercentReward{kWhole}};
    built_.derived.push_back(std::make_unique<const Offer>(std::move(item)));
    built_.gifts.push_back(
        {&offer, static_cast<std::uint32_t>(built_.problem.items.size()), std::move(scope)});
    add_item(offer, {std::move(units)}, *built_.derived.back());
  }

  std::optional<std::uint32_t> group_of(const Offer& offer) {
    if (offer.group.empty()) return std::nullopt;
    const auto [group, added] = groups_.try_emplace(offer.group, built_.problem.groups);
    if (added) ++built_.problem.groups;
    return group->second;
  }

  std::optional<std::uint32_t> coupon_of(const Offer& offer) {
    if (offer.coupon.empty()) return std::nullopt;
    const auto next = static_cast<std::uint32_t>(built_.problem.coupons.size());
    const auto [coupon, added] = coupons_.try_emplace(offer.coupon, next);
    if (added) {
      built_.problem.coupons.push_back(allowances_.coupons.find(offer.coupon)->second);
    }
    return coupon->second;
  }

  void sort_baskets() {
    const auto order = [](const Offer* offer) {
      return std::tie(std::get<BasketOffer>(offer->shape).order, offer->id);
    };
    const auto before = [&](const auto& a, const auto& b) {
      return order(a.offer) < order(b.offer);
    };
    std::sort(built_.problem.baskets.begin(), built_.problem.baskets.end(), before);
    std::sort(built_.points.begin(), built_.points.end(), before);
  }

  // Offers that touch nothing: those whose coupon was presented, or all.
  void explain_the_rest() {
    std::set<std::string_view> used;
    for (const Candidate& item : built_.problem.items) used.insert(item.offer->id);
    for (const BasketCandidate& basket : built_.problem.baskets) used.insert(basket.offer->id);
    for (const PointsUse& points : built_.points) used.insert(points.offer->id);
    for (const MandatoryUse& use : built_.mandatory) used.insert(use.offer->id);
    if (!options_.explain && facts_.coupons.empty()) return;
    for (const Offer& offer : book_.offers()) {
      if (used.contains(offer.id) || built_.reasons.contains(offer.id)) continue;
      const bool asked = !offer.coupon.empty() && presented(facts_, offer.coupon) > 0;
      if (!asked && !options_.explain) continue;
      built_.reasons[offer.id] =
          why_not(offer, basket_.member, facts_).value_or("the basket has none of its products");
    }
  }

  const OfferBook& book_;
  const Basket& basket_;
  const Facts& facts_;
  const BuildOptions& options_;
  BuiltProblem built_;
  Allowances allowances_;
  std::map<std::string, std::uint32_t, std::less<>> groups_;
  std::map<std::string, std::uint32_t, std::less<>> coupons_;
};

}  // namespace

BuiltProblem build_problem(const OfferBook& book, const Basket& basket, const Facts& facts,
                           const BuildOptions& options) {
  return Builder(book, basket, facts, options).build();
}

}  // namespace cartwright::offers
