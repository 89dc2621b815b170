#include "cart/deals.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "cart/views.hpp"

namespace cartwright::cart {
namespace {

bool same(const std::vector<AppliedOffer>& a, const std::vector<AppliedOffer>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const AppliedOffer& x, const AppliedOffer& y) {
                      return x.offer == y.offer && x.applications == y.applications &&
                             x.discount_minor == y.discount_minor && x.points == y.points;
                    });
}

bool same(const Nudge& a, const Nudge& b) {
  const auto same_need = [](const Nudge::Need& x, const Nudge::Need& y) {
    return x.product == y.product && x.units == y.units;
  };
  return a.offer == b.offer && a.saves_minor == b.saves_minor &&
         std::equal(a.need.begin(), a.need.end(), b.need.begin(), b.need.end(), same_need);
}

bool same(const std::vector<Nudge>& a, const std::vector<Nudge>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const Nudge& x, const Nudge& y) { return same(x, y); });
}

}  // namespace

void Deals::set_member(bool member, const std::vector<std::string>& segments) {
  trip_.set_member(member, segments);
  looked();
}

void Deals::present_coupon(std::string_view coupon) {
  trip_.present_coupon(coupon);
  looked();
}

void Deals::take_back_coupon(std::string_view coupon) {
  trip_.take_back_coupon(coupon);
  looked();
}

void Deals::settle_coupon(std::string_view coupon, bool accepted, std::string_view by) {
  trip_.settle_coupon(coupon, accepted, by);
  looked();
}

void Deals::redeem_coupon(std::string_view coupon, bool redeem) {
  trip_.redeem_coupon(coupon, redeem);
  looked();
}

void Deals::dismiss_nudge(std::string_view offer) {
  trip_.dismiss_nudge(offer);
  looked();
}

void Deals::looked() {
  look();
  // A member's prices change totals without any offer.
  news_ = true;
  tell_news();
}

void Deals::look() {
  const trip::TripState& state = trip_.state();
  std::vector<AppliedOffer> applied = applied_of(state);
  std::vector<Nudge> nudges;
  for (const offers::Nudge& nudge :
       state.nudges([this](const offers::ProductSet& set) { return shopping_.suggest(set); })) {
    nudges.push_back(view_of(nudge));
  }
  news_ = news_ || !same(applied, applied_) || !same(nudges, nudges_);
  applied_ = std::move(applied);
  nudges_ = std::move(nudges);
}

void Deals::tell_news() {
  if (!std::exchange(news_, false) || trip_.state().trip_id().empty()) return;
  tell_(OffersChanged{applied_, nudges_, totals_of(trip_.state())});
}

Nudge Deals::view_of(const offers::Nudge& nudge) const {
  Nudge view;
  view.offer = nudge.offer;
  view.name = offer_name(trip_.state(), nudge.offer);
  view.saves_minor = nudge.saves.minor();
  for (const offers::Nudge::Need& need : nudge.need) {
    Nudge::Need one;
    one.product = need.product;
    one.units = need.units;
    if (const auto product = shopping_.product(need.product)) {
      one.name = product->name;
      one.location = product->location;
    }
    view.need.push_back(std::move(one));
  }
  return view;
}

}  // namespace cartwright::cart
