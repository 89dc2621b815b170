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
    TouchedOffers touched =
        touched_offers(book_, built_.all, basket_.member, facts_, built_.reasons, options_.memory);
    if (!options_.without.empty()) leave_out(touched.offers);
    built_.mandatory =
        apply_stage_zero(touched.offers, basket_, built_.all, allowances_, built_.reasons);
    built_.problem.units = std::move(built_.all.units);
    built_.all.units.clear();
    built_.problem.items.reserve(touched.offers.size());
    for (TouchedOffer& offer : touched.offers) {
      if (!offer.brief->is_mandatory || !is_stage_zero(*offer.offer)) settle(offer);
    }
    sort_baskets();
    explain_the_rest(touched.numbers);
    return std::move(built_);
  }

 private:
  void leave_out(std::vector<TouchedOffer>& touched) {
    std::erase_if(touched, [&](const TouchedOffer& each) {
      if (!options_.without.contains(each.offer->id)) return false;
      refuse(*each.offer, {Why::Case::threshold_lost});
      return true;
    });
  }

  void settle(TouchedOffer& touched) {
    const Offer& offer = *touched.offer;
    const auto used_up = touched.brief->is_bound ? why_it_is_used_up(offer) : std::nullopt;
    if (used_up) {
      refuse(offer, *used_up);
    } else if (const auto unfit = why_it_can_not_fire(touched, built_.problem.units)) {
      refuse(offer, *unfit);
    } else if (const auto* basket = std::get_if<BasketOffer>(&offer.shape)) {
      add_basket(offer, *basket, {touched.sets.front().begin(), touched.sets.front().end()});
    } else {
      Candidate& item = add_item(offer, touched.brief->is_bound, offer);
      item.sets.reserve(touched.sets.size());
      for (const auto& set : touched.sets) item.sets.emplace_back(set.begin(), set.end());
    }
  }

  void refuse(const Offer& offer, Why why) { built_.reasons.push_back({&offer, why}); }

  std::optional<Why> why_it_is_used_up(const Offer& offer) const {
    if (!offer.group.empty()) {
      const auto group = allowances_.used_groups.find(offer.group);
      if (group != allowances_.used_groups.end()) {
        return Why{.what = Why::Case::group_used, .other = group->second};
      }
    }
    if (!offer.coupon.empty() && allowances_.coupons.find(offer.coupon)->second == 0) {
      return Why{Why::Case::coupon_used};
    }
    return std::nullopt;
  }

  // `shaped` is what the search sees: the offer itself, or what stands for it. Its sets are empty.
  Candidate& add_item(const Offer& offer, bool is_bound, const Offer& shaped) {
    Candidate& item = built_.problem.items.emplace_back();
    item.offer = &shaped;
    if (is_bound) {  // else nothing more of the offer is read
      item.group = group_of(offer);
      item.coupon = coupon_of(offer);
    }
    return item;
  }

  void add_basket(const Offer& offer, const BasketOffer& shape, UnitSet scope) {
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

  void add_gift(const Offer& offer, const Gift& gift, UnitSet scope) {
    UnitSet units;
    for (std::uint32_t i = 0; i < built_.all.products.size(); ++i) {
      if (built_.all.products[i].product->id != gift.product) continue;
      const auto of_gift = built_.all.of_product(i);
      units.assign(of_gift.begin(), of_gift.end());
    }
    const auto may_not_be_it = [&](UnitIndex unit) {
      return built_.problem.units[unit].base == 0 ||
             !sees(offer, built_.all.times[built_.problem.units[unit].line]);
    };
    units.erase(std::remove_if(units.begin(), units.end(), may_not_be_it), units.end());
    if (units.empty()) {
      built_.missing_gifts.push_back(&offer);
      refuse(offer, {Why::Case::no_gift});
      return;
    }
    Offer item = offer;
    item.mandatory = false;
    item.limit = 1;
    item.shape = UnitOffer{ProductSet{{gift.product}, {}, {}}, PercentReward{kWhole}};
    built_.derived.push_back(std::make_unique<const Offer>(std::move(item)));
    built_.gifts.push_back(
        {&offer, static_cast<std::uint32_t>(built_.problem.items.size()), std::move(scope)});
    add_item(offer, true, *built_.derived.back()).sets.push_back(std::move(units));
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
  void explain_the_rest(const std::vector<std::uint32_t>& touched) {
    const auto explain = [&](std::uint32_t number) {
      if (std::binary_search(touched.begin(), touched.end(), number)) return;
      const Offer& offer = book_.offers()[number];
      refuse(offer, why_not(offer, basket_.member, facts_).value_or(Why{Why::Case::no_product}));
    };
    if (options_.explain) {
      for (std::uint32_t number = 0; number < book_.offers().size(); ++number) explain(number);
      return;
    }
    for (const auto& [coupon, count] : allowances_.coupons) {
      for (const std::uint32_t number : book_.index().asking_for(coupon)) explain(number);
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
