// The part of the fold that is about prices: what beside the basket decides them, and what they
// come to.

#include <algorithm>

#include "base/error.hpp"
#include "offers/presented_coupons.hpp"
#include "trip/trip_state.hpp"

namespace cartwright::trip {
namespace {

constexpr std::size_t kMostCoupons = 1'000;  // that a trip may hold

void need(const std::string& text, const char* what) {
  if (text.empty())
    throw Error(ErrorKind::invalid_input, std::string("the ") + what + " is missing");
}

bool holds(const std::vector<std::string>& list, const std::string& word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

void set(std::vector<std::string>& list, const std::string& word, bool there) {
  if (!there) {
    std::erase(list, word);
  } else if (!holds(list, word)) {
    list.push_back(word);
  }
}

}  // namespace

void TripState::take(const v1::MembershipChanged& fact) {
  need_shopping();
  basket_.member = fact.member();
  facts_.segments.assign(fact.segments().begin(), fact.segments().end());
  reckon();
}

void TripState::take(const v1::CouponPresented& fact) {
  need_shopping();
  need(fact.coupon(), "coupon");
  if (!fact.taken_back()) {
    if (facts_.coupons.size() == kMostCoupons)
      throw Error(ErrorKind::conflict, "the trip holds " + std::to_string(kMostCoupons) +
                                           " coupons already; take one back first");
    facts_.coupons.push_back(fact.coupon());
  } else {
    const auto found = std::find(facts_.coupons.begin(), facts_.coupons.end(), fact.coupon());
    if (found == facts_.coupons.end())
      throw Error(ErrorKind::not_found, "coupon \"" + fact.coupon() + "\" was not presented");
    facts_.coupons.erase(found);
    if (!holds(facts_.coupons, fact.coupon())) {
      for (auto* list : {&facts_.redeem, &facts_.accepted, &facts_.refused})
        set(*list, fact.coupon(), false);
    }
  }
  reckon();
}

void TripState::take(const v1::CouponSettled& fact) {
  need_shopping();
  need(fact.by(), "server that settles a coupon");
  if (!offers::needs_server(fact.coupon()))
    throw Error(ErrorKind::invalid_input,
                "coupon \"" + fact.coupon() + "\" needs no server; those of AI (8112) do");
  if (!holds(facts_.coupons, fact.coupon()))
    throw Error(ErrorKind::not_found, "coupon \"" + fact.coupon() + "\" was not presented");
  set(facts_.accepted, fact.coupon(), fact.accepted());
  set(facts_.refused, fact.coupon(), !fact.accepted());
  reckon();
}

std::vector<std::string> TripState::unsettled_coupons() const {
  std::vector<std::string> unsettled;
  for (const std::string& coupon : facts_.coupons) {
    if (offers::needs_server(coupon) && !holds(facts_.accepted, coupon) &&
        !holds(facts_.refused, coupon) && !holds(unsettled, coupon))
      unsettled.push_back(coupon);
  }
  return unsettled;
}

void TripState::need_settled_coupons() const {
  const std::vector<std::string> unsettled = unsettled_coupons();
  if (!unsettled.empty())
    throw Error(ErrorKind::conflict, "coupon " + unsettled.front() +
                                         " waits for its server's word; settle it or take it back");
}

void TripState::take(const v1::CouponRedeemed& fact) {
  need_shopping();
  need(fact.coupon(), "coupon");
  if (!holds(facts_.coupons, fact.coupon()))
    throw Error(ErrorKind::not_found,
                "coupon \"" + fact.coupon() + "\" was not presented; present it first");
  set(facts_.redeem, fact.coupon(), fact.redeem());
  reckon();
}

void TripState::take(const v1::NudgeDismissed& fact) {
  need(fact.offer(), "offer");
  set(facts_.dismissed, fact.offer(), true);
}

void TripState::reckon() {
  priced_.reset();
}

const offers::PricedBasket& TripState::priced() const {
  static const offers::PricedBasket kNone;
  if (!tariff_) return kNone;
  if (!priced_)
    priced_ = std::make_shared<const offers::PricedBasket>(
        price(*tariff_, basket_, facts_, 0, {}, memory_.get()));
  return *priced_;
}

std::vector<offers::Nudge> TripState::nudges(const offers::Suggest& suggest) const {
  constexpr std::size_t kMost = 3;
  if (!tariff_ || tariff_->offers == nullptr || phase_ != Phase::shopping || basket_.empty())
    return {};
  return price(*tariff_, basket_, facts_, kMost, suggest, memory_.get()).nudges;
}

}  // namespace cartwright::trip
